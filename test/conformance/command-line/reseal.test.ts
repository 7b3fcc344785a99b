import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CreateKeyCommand, DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { holdfast, type Outcome } from '../../command.ts';
import { hasProcessTable, processesOf, visiblePartsOf } from '../../process-table.ts';
import { clientsOf } from '../../sdk-clients.ts';
import { until } from '../../until.ts';
import { passphraseDescriptor, startWorld, type World } from '../../world.ts';

// One installation, sealed with a passphrase, then with another, then with a file: what was encrypted at first is
// decrypted at last.

const [first, second] = ['three blind mice in Kent', 'a pound of tuppenny rice'];
let scratch: string;
let world: World;
let keyId: string | undefined;
let ciphertext: Uint8Array | undefined;

before(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'holdfast-reseal-'));
  write('now', first);
  const options = {
    '--data': join(scratch, 'data'),
    '--seal': 'passphrase',
    '--passphrase-fd': String(passphraseDescriptor),
  };
  world = await startWorld(options, undefined, file('now'));
});
after(async () => {
  await world[Symbol.asyncDispose]();
  rmSync(scratch, { recursive: true });
});

test('an AWS SDK works with a server whose seal is a passphrase', async () => {
  using clients = clientsOf(world);
  const created = await clients.kms.send(new CreateKeyCommand({}));
  keyId = created.KeyMetadata?.KeyId;
  const Plaintext = new TextEncoder().encode('hello');
  const encrypted = await clients.kms.send(new EncryptCommand({ KeyId: keyId, Plaintext }));
  ciphertext = encrypted.CiphertextBlob;
  assert.ok(existsSync(join(world.dataDirectory, 'passphrase-1.seal')));
});

test(
  'a vault that is killed is started again without the passphrase, which nobody else sees',
  { skip: !hasProcessTable },
  async () => {
    const before = processesOf(world.pid);
    const vault = before.get('vault') ?? assert.fail('no vault');
    rmSync(file('now'));
    process.kill(vault, 'SIGKILL');
    const text = await until('the vault is back', 120, async () => {
      const now = processesOf(world.pid).get('vault');
      return now === undefined || now === vault ? undefined : decrypted();
    });
    assert.equal(text, 'hello');
    for (const pid of [world.pid, ...processesOf(world.pid).values()])
      assert.ok(!visiblePartsOf(pid).includes(first));
    assert.ok(!world.log().includes(first));
  },
);

test('a running server is not re-sealed', async () => {
  const { status, errors } = await reseal('passphrase', [first, second]);
  assert.equal(status, 1);
  assert.match(errors, /^holdfast: the data folder .* is in use by another process\n$/);
});

test('a wrong passphrase, and a weak new one, change nothing', async () => {
  assert.equal(await world.stop(), 0);
  const seal = readFileSync(join(world.dataDirectory, 'passphrase-1.seal'));
  const wrong = await reseal('passphrase', [second, second]);
  assert.match(wrong.errors, /^holdfast: the passphrase does not open the seal .*\n$/);
  const weak = await reseal('passphrase', [first, 'tuppence']);
  assert.match(weak.errors, /^holdfast: the passphrase is too weak: .*\n$/);
  assert.deepEqual([wrong.status, weak.status], [1, 1]);
  assert.deepEqual(readFileSync(join(world.dataDirectory, 'passphrase-1.seal')), seal);
});

test('under another passphrase, then in a file: what was encrypted is decrypted', async () => {
  assert.equal((await reseal('passphrase', [first, second])).status, 0);
  const again = await reseal('passphrase', [first, second]);
  assert.match(again.errors, /does not open the seal/);
  const path = join(scratch, 'apart', 'the.seal');
  const { status, output } = await reseal(`file:${path}`, [second]);
  assert.equal(output, `The root key of ${world.dataDirectory} is now in ${path}.\n`);
  assert.equal(status, 0);
  assert.ok(!readdirSync(world.dataDirectory).some((name) => name.endsWith('.seal')));

  await using later = await startWorld({
    '--data': world.dataDirectory,
    '--seal': `file:${path}`,
    '--listen': new URL(world.endpoint).host,
  });
  using clients = clientsOf(later);
  const { Plaintext } = await clients.kms.send(new DecryptCommand({ CiphertextBlob: ciphertext }));
  assert.equal(Buffer.from(Plaintext ?? []).toString(), 'hello');
});

function file(name: string): string {
  return join(scratch, name);
}

function write(name: string, passphrase: string): void {
  writeFileSync(file(name), `${passphrase}\n`, { mode: 0o600 });
}

async function reseal(to: string, [now, then = '']: readonly string[]): Promise<Outcome> {
  write('now', now ?? '');
  write('then', then);
  const descriptors = ['--passphrase-fd', '3', '--new-passphrase-fd', '4'];
  const args = ['reseal', '--data', world.dataDirectory, '--to', to, ...descriptors];
  return holdfast(args, scratch, [file('now'), file('then')]);
}

async function decrypted(): Promise<string | undefined> {
  using clients = clientsOf(world);
  try {
    const answer = await clients.kms.send(new DecryptCommand({ CiphertextBlob: ciphertext }));
    return Buffer.from(answer.Plaintext ?? []).toString();
  } catch {
    // The vault is not back yet.
    return undefined;
  }
}
