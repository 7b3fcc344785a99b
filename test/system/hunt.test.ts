import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { noCoreDumps } from '../hunt/core-dump.ts';
import { Hunt, type Known } from '../hunt/hunt.ts';
import {
  exportedKeys,
  importKey,
  kmsPlaintexts,
  revoke,
  serve,
  together,
  type ImportedKey,
} from '../hunt/planted-secrets.ts';
import { formsInProcess } from '../hunt/process-memory.ts';
import { plantedKey, secretForms } from '../planted-key.ts';
import { apiProcessesOf, hasProcessTable, isAlive } from '../process-table.ts';
import { clientsOf, type Clients } from '../sdk-clients.ts';
import { Control } from '../torture/control.ts';
import { until } from '../until.ts';
import { startWorld, type World } from '../world.ts';

// Known secrets are looked for in the memory and the core dumps of every process, and wherever else something could be
// left behind. What is expected is the table in SECURITY.md.

const isRoot = process.getuid?.() === 0;
const skip = !hasProcessTable || !isRoot ? 'reads memory as root' : false;
const options = { skip, timeout: 900_000 };
/** Where core dumps are written to: the processes inherit it. */
const folder = mkdtempSync(join(tmpdir(), 'holdfast-hunt-'));
let world: World;
let clients: Clients;
let hunt: Hunt;
let imported: readonly ImportedKey[] = [];
/** Of everything that is left at the end. */
let last: Known = {};

before(async () => {
  process.chdir(folder);
  world = await startWorld({ '--replace-api-within': '10' });
  clients = clientsOf(world);
  hunt = new Hunt(world, (text) => console.log(`# ${text}`));
});
after(async () => {
  clients[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
  process.chdir(tmpdir());
  rmSync(folder, { recursive: true, force: true });
});

test(
  'keys that were imported or made, and passphrases, are where SECURITY.md says',
  options,
  async () => {
    imported = [await importKey(clients, 'rsa'), await importKey(clients, 'ec')];
    const importedForms = together(...imported.map(({ forms }) => forms));
    const { keys, passphrases } = await exportedKeys(clients);
    const known = {
      'an imported key, after the import': importedForms,
      'a key that was made here, after its export': keys,
      'the passphrase of an export, after it': passphrases,
    };
    hunt.inMemory(known);
    hunt.outside(known);
    await replaceApi();
    last = {
      'a key that was made here, once the API was replaced': keys,
      'the passphrase of an export, once the API was replaced': passphrases,
    };
    hunt.inMemory({ ...last, 'an imported key, once the API was replaced': importedForms });
  },
);

test(
  'plaintexts of KMS keys, secret access keys and the root key are where SECURITY.md says',
  options,
  async () => {
    const seal = readFileSync(join(dirname(world.dataDirectory), 'world.seal'));
    const { secretAccessKey } = world.credentials;
    const plaintexts = {
      'a plaintext under a KMS key, after its use': await kmsPlaintexts(clients),
    };
    const rootKey = { 'the root key, always': secretForms('key', seal.subarray(32, 64)) };
    const access = {
      'a secret access key, in use': secretForms('text', Buffer.from(secretAccessKey)),
    };
    last = { ...last, ...plaintexts, ...rootKey, ...access };
    const found = hunt.inMemory({ ...plaintexts, ...rootKey, ...access });
    assert.ok(found.has('vault: the root key, always'), 'the search finds what is there');
    hunt.outside({ ...plaintexts, ...rootKey });
  },
);

test('a key that is served is in the gateway, and nowhere else', options, async () => {
  const forms = together(...imported.map((key) => key.forms));
  const served = await serve(clients, world, imported);
  const found = hunt.inMemory({ 'an imported key, while it is served': forms });
  assert.ok(found.has('gateway: an imported key, while it is served'), 'it is found there');
  await revoke(clients, served);
  const revoked = { 'an imported key, after its grant was revoked': forms };
  hunt.inMemory(revoked);
  last = { ...last, ...revoked };
  hunt.outside(revoked);
});

test('so are they in core dumps', { ...options, skip: skip || (noCoreDumps() ?? false) }, () => {
  const found = hunt.inCoreDumps(last);
  assert.ok(found.has('vault: the root key, always'), 'the search finds what is there');
});

test('everything that SECURITY.md says was looked for', options, () => {
  assert.deepEqual(hunt.missing, []);
});

test('a buffer that was kept on purpose is found', options, async () => {
  const { keyPem, forms } = plantedKey('rsa');
  const script = `process.stdin.once('data', (kept) => { globalThis.kept = kept; console.log('kept'); })`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.write(keyPem);
  await once(child.stdout, 'data');
  assert.notDeepEqual(formsInProcess(child.pid ?? 0, forms), []);
  child.kill('SIGKILL');
});

test(
  'a file, a line of the log and a buffer that are left behind on purpose are found',
  options,
  async () => {
    const control = new Control(join(folder, 'control'));
    mkdirSync(control.folder);
    const left = 'left-behind';
    const reveals =
      'const pem = new Secret(Uint8Array.from(reveal(input.PrivateKey as unknown as Secret)));\n';
    control.mutate([
      {
        file: 'src/services/acm/operations/ImportCertificate.ts',
        replace: reveals,
        by: `${reveals}
        process.stderr.write(reveal(pem));
        process.getBuiltinModule('node:fs').writeFileSync('${left}', reveal(pem));`,
      },
      {
        file: 'src/vault/private-key-import.ts',
        replace: 'given.fill(0);',
        by: 'Object.assign(globalThis, { given });',
      },
    ]);
    const data = join(control.folder, 'data');
    await using mutated = await startWorld({ '--data': data }, control.command);
    using mutatedClients = clientsOf(mutated);
    const row = 'an imported key, after the import';
    const known = { [row]: (await importKey(mutatedClients, 'rsa')).forms };
    renameSync(join(folder, left), join(data, left));
    await until(
      'it is in the log',
      120,
      async () => mutated.log().includes('-----END') || undefined,
    );
    const found: string[] = [];
    const mutatedHunt = new Hunt(mutated, (text) => found.push(text));
    assert.throws(
      () => mutatedHunt.outside(known),
      ({ actual }: assert.AssertionError) => {
        const places = (actual as string[]).map((each) => each.replace(/.* in /, ''));
        assert.deepEqual(new Set(places), new Set([join(data, left), 'the log']));
        return true;
      },
    );
    assert.throws(() => mutatedHunt.inMemory(known), { name: 'AssertionError' });
    assert.match(found.join(), /vault: an imported key/);
  },
);

/** Until nothing is left of the processes that may have carried what is known: others' keys are a reason, too. */
async function replaceApi(): Promise<void> {
  const old = apiProcessesOf(world.pid);
  await until('the API was replaced', 120, async () => {
    if (!old.some(isAlive)) return true;
    await importKey(clients, 'ec');
    await sleep(500);
    return undefined;
  });
}
