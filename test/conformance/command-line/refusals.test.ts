import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { holdfast } from '../../command.ts';
import { freePort } from '../../loopback.ts';
import { startWorld, type World } from '../../world.ts';

// What stands in the way of a command is one line on stderr and an exit status that is not 0; what the command
// would have changed is as it was.

let world: World;
let scratch: string;

before(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'holdfast-refusals-'));
  world = await startWorld();
});
after(async () => {
  await world[Symbol.asyncDispose]();
  rmSync(scratch, { recursive: true });
});

test('a data folder in use', async () => {
  await refused(['serve', '--data', world.dataDirectory], /data folder .* is in use by another/);
});

test('an occupied port, whichever it is', async () => {
  const occupied: readonly [option: string, port: number][] = [
    ['--listen', Number(new URL(world.endpoint).port)],
    ['--dns', world.dnsPort],
    ['--http', world.plainPort],
  ];
  for (const [option, port] of occupied) {
    const args = ['serve', '--data', join(scratch, `port${option}`), ...(await freeEndpoints())];
    args[args.indexOf(option) + 1] = `127.0.0.1:${port}`;
    await refused(args, new RegExp(`^holdfast: .*127\\.0\\.0\\.1.*${port}.* in use`));
  }
});

test('the same port twice', async () => {
  const args = ['serve', '--data', join(scratch, 'twice'), ...(await freeEndpoints())];
  args[args.indexOf('--http') + 1] = args[args.indexOf('--listen') + 1] ?? '';
  await refused(args, /--http: .* in use|--listen: .* in use/);
});

test('an operator command without a server leaves nothing behind', async () => {
  const data = join(scratch, 'nobody');
  const file = join(scratch, 'new-client.env');
  const isDown = /^holdfast: no server is running on .*nobody$/;
  await refused(['domain', 'list', '--data', data], isDown);
  await refused(['domain', 'allow', '123456789012', 'a.test', '--data', data], isDown);
  await refused(['account', 'list', '--data', data], isDown);
  await refused(['account', 'create', '--client-env', file, '--data', data], isDown);
  assert.ok(!existsSync(file));
  assert.ok(!existsSync(data));
});

test('an operator command that the server refuses', async () => {
  const data = ['--data', world.dataDirectory];
  await refused(['domain', 'allow', '000000000000', 'a.test', ...data], /there is no account/);
  const [account = ''] = (await holdfast(['account', 'list', ...data])).output.split('\n');
  await refused(
    ['domain', 'allow', account, 'not a name', ...data],
    /'not a name' is not a domain/,
  );
  await refused(['domain', 'remove', account, 'b.test', ...data], /b\.test is not assigned to/);
  const taken = join(scratch, 'taken.env');
  writeFileSync(taken, '');
  await refused(['account', 'create', '--client-env', taken, ...data], /taken\.env exists already/);
  assert.doesNotMatch(world.log(), /"level":"error"/);
});

test('options that say nothing or too much', async () => {
  const mistakes = [
    ['serve', '--data'],
    ['serve', '--frob'],
    ['serve', 'elsewhere'],
    ['serve', '--listen', 'nowhere'],
    ['serve', '--listen', '127.0.0.1:99999'],
    ['serve', '--offline-limit', '1'],
    ['serve', '--region', 'mars'],
    ['serve', '--seal', 'post-it'],
    ['serve', '--config', join(scratch, 'absent.json')],
    ['domain', '--frob'],
    ['account', 'create', '--client-env'],
    ['frobnicate'],
  ];
  await Promise.all(
    mistakes.map(async (args) => {
      const { status, errors } = await refused(args, /^holdfast: /);
      assert.equal(status, 2, `${args.join(' ')}: ${errors}`);
    }),
  );
});

test('SIGTERM ends it with status 0', async () => {
  assert.equal(await world.stop(), 0);
});

test('a missing, foreign, damaged or readable seal changes nothing', async () => {
  const seal = join(dirname(world.dataDirectory), 'world.seal');
  const other = join(scratch, 'other.seal');
  const args = ['serve', '--data', world.dataDirectory, ...(await freeEndpoints())];
  const withSeal = (path: string) => [...args, '--seal', `file:${path}`];
  const before = fingerprints(world.dataDirectory);

  await refused(withSeal(join(scratch, 'absent.seal')), /the seal .* is missing/);
  // Where it is looked for without --seal.
  await refused(args, /the seal .*\.holdfast\/.*\.seal is missing/);
  const content = readFileSync(seal);
  writeFileSync(other, content.with(40, (content[40] ?? 0) ^ 1), { mode: 0o600 });
  await refused(withSeal(other), /the seal .* is damaged/);
  writeFileSync(other, 'my dear seal', { mode: 0o600 });
  await refused(withSeal(other), /is not a seal of holdfast/);
  writeFileSync(other, forged(content), { mode: 0o600 });
  await refused(withSeal(other), /the seal is not the one of this data folder/);
  writeFileSync(other, foreign(content), { mode: 0o600 });
  await refused(withSeal(other), /belongs to another installation/);
  chmodSync(seal, 0o644);
  await refused(withSeal(seal), /others may read the seal/);
  chmodSync(seal, 0o600);

  assert.deepEqual(fingerprints(world.dataDirectory), before);
  assert.ok(!existsSync(join(scratch, 'absent.seal')));
});

test('a data folder of a newer version changes nothing', async () => {
  const seal = ['--seal', `file:${join(dirname(world.dataDirectory), 'world.seal')}`];
  const args = ['serve', '--data', world.dataDirectory, ...seal, ...(await freeEndpoints())];
  const file = join(world.dataDirectory, 'holdfast.db');
  {
    using database = new DatabaseSync(file);
    database.exec("INSERT INTO schema_migration (name) VALUES ('acm-9999')");
  }
  const before = fingerprints(world.dataDirectory);
  await refused(args, /newer version/);
  assert.deepEqual(fingerprints(world.dataDirectory), before);

  const description = join(world.dataDirectory, 'installation.json');
  const content = readFileSync(description, 'utf8');
  writeFileSync(description, content.replace('"format": 1', '"format": 2'));
  await refused(args, /newer version/);
  writeFileSync(description, content.slice(1));
  await refused(args, /damaged/);
});

test('a folder of somebody else', async () => {
  const folder = join(scratch, 'letters');
  mkdirSync(folder, { mode: 0o755 });
  writeFileSync(join(folder, 'letter.txt'), 'Dear Ann');
  await refused(['serve', '--data', folder], /is no data folder/);
  assert.deepEqual(readdirSync(folder), ['letter.txt']);
  assert.equal(statSync(folder).mode & 0o777, 0o755);
  await refused(['serve', '--data', join(folder, 'letter.txt')], /cannot be made or opened/);
  await refused(['serve', '--data', join(folder, 'letter.txt/x')], /cannot be made or opened/);
});

test('a database that is none', async () => {
  const seal = ['--seal', `file:${join(dirname(world.dataDirectory), 'world.seal')}`];
  const args = ['serve', '--data', world.dataDirectory, ...seal, ...(await freeEndpoints())];
  const description = join(world.dataDirectory, 'installation.json');
  writeFileSync(description, `{${readFileSync(description, 'utf8')}`);
  renameSync(join(world.dataDirectory, 'holdfast.db'), join(scratch, 'kept.db'));
  writeFileSync(join(world.dataDirectory, 'holdfast.db'), 'Dear Ann, '.repeat(1_000));
  await refused(args, /holdfast\.db: the database cannot be opened: file is not a database/);
});

/** One line, which begins with the program's name, and a status that says so. */
async function refused(args: readonly string[], line: RegExp) {
  const outcome = await holdfast(args, scratch);
  const lines = outcome.errors.split('\n').filter((each) => each !== '' && !isLogLine(each));
  assert.equal(lines.length, 1, `${args.join(' ')} said:\n${outcome.errors}`);
  assert.match(lines[0] ?? '', line);
  assert.match(lines[0] ?? '', /^holdfast: /);
  assert.ok(outcome.status === 1 || outcome.status === 2, `status ${outcome.status}`);
  assert.equal(outcome.output, '');
  assert.doesNotMatch(outcome.errors, /"level":"error"|^\s+at /m);
  return outcome;
}

/** What the processes say of themselves meanwhile. */
function isLogLine(line: string): boolean {
  return line.startsWith('{"time":');
}

async function freeEndpoints(): Promise<string[]> {
  const options = ['--listen', '--dns', '--http'];
  const endpoints = await Promise.all(
    options.map(async (o) => [o, `127.0.0.1:${await freePort()}`]),
  );
  return endpoints.flat();
}

/** Of every file; SQLite's shared memory is no content. */
function fingerprints(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => !name.endsWith('-shm'));
  const sha256 = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return Object.fromEntries(names.toSorted().map((name) => [name, sha256(name)]));
}

/** The same installation, another root key, a checksum that is right. */
function forged(seal: Buffer): Buffer {
  return sealed(seal, 32);
}

function foreign(seal: Buffer): Buffer {
  return sealed(seal, 16);
}

/** @see docs/formats.md: magic (15), version (1), installation (16), root key (32), SHA-256 (32) */
function sealed(seal: Buffer, changed: number): Buffer {
  const body = Buffer.from(seal.subarray(0, 64));
  body[changed] = (body[changed] ?? 0) ^ 1;
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}
