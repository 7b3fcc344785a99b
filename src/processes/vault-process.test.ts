import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Secret } from '../lib/secret.ts';
import { connectVault } from '../vault-client/client.ts';
import { VaultUnavailable } from '../vault-client/vault.ts';
import { acmKeyName as name, claim, context } from '../vault/test-vault.ts';
import { spawnVault, vaultNodeOptions, type VaultProcess } from './vault-process.ts';

const rootKey = (fill = 1): Secret => new Secret(new Uint8Array(32).fill(fill));

function start(t: TestContext, secret = rootKey(), channels = ['api', 'worker']): VaultProcess {
  const vault = spawnVault({ rootKey: secret, channels, stderr: 'pipe' });
  t.after(() => vault.child.kill('SIGKILL'));
  return vault;
}

const clientUrl = new URL('../vault-client/client.ts', import.meta.url).href;
const channelOf = ({ channels }: VaultProcess, client: string): Socket =>
  channels[client] ?? assert.fail();

test('answers a thousand requests of two clients at once', async (t) => {
  const vault = start(t);
  const clients = ['api', 'worker'].map((client) => connectVault(channelOf(vault, client)));
  const usage = 'encrypt-decrypt';
  const ordinary = { ...name, usage } as const;
  const { wrapped } = await (clients[0] ?? assert.fail()).createBackingKey(ordinary, claim);
  const key = { ...ordinary, wrapped };
  await Promise.all(
    clients.flatMap((client, which) =>
      Array.from({ length: 500 }, async (_, i) => {
        const plaintext = new TextEncoder().encode(`${which} ${i}`);
        const { ciphertext } = await client.encrypt(key, plaintext, { i: `${i}` }, claim);
        assert.deepEqual(
          (await client.decrypt(key, ciphertext, { i: `${i}` }, claim)).plaintext,
          plaintext,
        );
      }),
    ),
  );
  assert.ok(clients.every(({ epoch }) => epoch === clients[0]?.epoch));
});

test('a killed vault is replaced by another, for which old ciphertexts still open', async (t) => {
  const first = start(t);
  const client = connectVault(channelOf(first, 'api'));
  const { wrapped } = await client.createBackingKey(name, claim);
  const key = { ...name, wrapped };
  const made = await client.generatePrivateKey(
    key,
    'EC_prime256v1',
    context,
    { isExportable: true },
    claim,
  );
  const epoch = client.epoch;
  const inFlight = client.generatePrivateKey(
    key,
    'RSA_4096',
    context,
    { isExportable: true },
    claim,
  );
  first.child.kill('SIGKILL');
  await assert.rejects(inFlight, VaultUnavailable);
  await assert.rejects(client.generateRandom(8), VaultUnavailable);
  const second = start(t);
  client.replace(channelOf(second, 'api'));
  await client.exportPrivateKey(
    key,
    made.ciphertext,
    context,
    new Secret(Uint8Array.from(Buffer.from('pass'))),
    claim,
  );
  assert.notEqual(client.epoch, epoch);
});

test('another root key opens nothing', async (t) => {
  const client = connectVault(channelOf(start(t), 'api'));
  const { wrapped } = await client.createBackingKey(name, claim);
  client.replace(channelOf(start(t, rootKey(2)), 'api'));
  const options = { isExportable: true };
  const made = client.generatePrivateKey(
    { ...name, wrapped },
    'EC_prime256v1',
    context,
    options,
    claim,
  );
  await assert.rejects(made, { name: 'VaultRefusal', reason: 'invalid-ciphertext' });
});

test('a client that comes just as the vault has ended is no error of the supervisor', async (t) => {
  const vault = start(t, rootKey(), []);
  const client = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  t.after(() => client.kill('SIGKILL'));
  const ended = once(vault.child, 'exit');
  vault.child.kill('SIGKILL');
  await ended;
  vault.forward('api', unread(client.stdio[3] as Socket));
  // An `error` that nobody hears would end this process.
  await sleep(50);
});

test('takes a client that was started after it, by the pipe that the supervisor forwards', async (t) => {
  const vault = start(t, rootKey(), []);
  const late = `
    import { Socket } from 'node:net';
    import { connectVault } from ${JSON.stringify(clientUrl)};
    const vault = connectVault(new Socket({ fd: 3 }));
    console.log((await vault.generateRandom(16)).length);
    process.exit(0);
  `;
  const client = spawn(process.execPath, ['--input-type=module', '-e', late], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  vault.forward('api', unread(client.stdio[3] as Socket));
  assert.equal(await textOf(client.stdout ?? assert.fail()), '16\n');
});

test('a client that lives already gets its way to a new vault sent', async (t) => {
  const vault = start(t, rootKey(), ['api']);
  const code = `
    import { connectVault } from ${JSON.stringify(clientUrl)};
    process.once('message', async (message, socket) => {
      const vault = connectVault(socket);
      const all = await Promise.all(Array.from({ length: 500 }, () => vault.generateRandom(16)));
      console.log(all.length);
      process.exit(0);
    });
  `;
  const client = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  await once(client, 'spawn');
  client.send({}, unread(channelOf(vault, 'api')));
  assert.equal(await textOf(client.stdout ?? assert.fail()), '500\n');
});

test('a client that dies amidst a frame costs the vault nothing', async (t) => {
  const vault = start(t);
  const api = channelOf(vault, 'api');
  api.write(Uint8Array.of(0, 0, 1, 0, 9, 9, 9));
  api.destroy();
  assert.equal((await connectVault(channelOf(vault, 'worker')).generateRandom(8)).length, 8);
});

test('only the supervisor can say who is a holder', async (t) => {
  const vault = start(t);
  await assert.rejects(vault.control.enrolHolder({ holderId: 'x', publicKey: new Uint8Array(1) }), {
    reason: 'malformed-request',
  });
  await vault.control.removeHolder('x');
});

test('serves on when a signal reaches the whole group: others may still need it', async (t) => {
  const vault = start(t);
  const client = connectVault(channelOf(vault, 'api'));
  await client.generateRandom(8);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) vault.child.kill(signal);
  await sleep(100);
  assert.equal((await client.generateRandom(8)).length, 8);
});

test('ends with its supervisor', async (t) => {
  const vault = start(t);
  await connectVault(channelOf(vault, 'api')).generateRandom(8);
  const ended = once(vault.child, 'exit', { signal: AbortSignal.timeout(60_000) });
  vault.child.disconnect();
  const [code] = await ended;
  assert.equal(code, 0);
});

test('does not start with a root key of another length, and does not show it', async (t) => {
  for (const length of [0, 31, 33]) {
    const { child } = start(t, new Secret(new Uint8Array(length).fill(0x5a)));
    const log = await textOf(child.stderr ?? assert.fail());
    assert.match(log, /"error":"RangeError"/);
    assert.doesNotMatch(log, /ZZZ|5a5a|90,/);
    assert.equal(child.exitCode ?? (await once(child, 'exit'))[0], 1);
  }
});

test('keeps private keys in the secure heap, which a storm of requests does not exhaust', async (t) => {
  const args = [
    ...vaultNodeOptions(),
    '-p',
    'process.getBuiltinModule("crypto").secureHeapUsed().total',
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env: {} });
  assert.equal(Number(await textOf(child.stdout)), 4 * 1024 * 1024);
  const client = connectVault(channelOf(start(t), 'api'));
  const { wrapped } = await client.createBackingKey(name, claim);
  const key = { ...name, wrapped };
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
  const pem = Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  await Promise.all(
    Array.from({ length: 600 }, () =>
      client.importPrivateKey(key, new Secret(Uint8Array.from(pem)), spki, context, claim),
    ),
  );
});

test('can open no connection, no file but its code, and start nothing', async () => {
  const attempts = `
    const tries = {
      connect: async () => { const { connect } = await import('node:net'); const { once } = await import('node:events'); await once(connect(9, '127.0.0.1'), 'connect'); },
      listen: async () => { const { createServer } = await import('node:net'); const { once } = await import('node:events'); const server = createServer().listen(0); await once(server, 'listening'); },
      udp: async () => { const { createSocket } = await import('node:dgram'); await new Promise((resolve, reject) => { const s = createSocket('udp4'); s.on('error', reject); s.bind(0, resolve); }); },
      fetch: async () => { await fetch('http://127.0.0.1:9/'); },
      passwd: async () => { (await import('node:fs')).readFileSync('/etc/passwd'); },
      environment: async () => { (await import('node:fs')).readFileSync('/proc/self/environ'); },
      write: async () => { (await import('node:fs')).writeFileSync('/tmp/vault-was-here', 'x'); },
      spawn: async () => { (await import('node:child_process')).execFileSync('true'); },
      worker: async () => { const { Worker } = await import('node:worker_threads'); new Worker('1', { eval: true }); },
      inspector: async () => { (await import('node:inspector')).open(0); },
      code: async () => { eval('1'); },
    };
    for (const [name, attempt] of Object.entries(tries)) {
      try { await attempt(); console.log(name, 'WORKED'); } catch (error) { console.log(name, (error.cause ?? error).code ?? error.name); }
    }
    process.exit(0);
  `;
  const child = spawn(
    process.execPath,
    [...vaultNodeOptions(), '--input-type=module', '-e', attempts],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {},
    },
  );
  const outcomes = await textOf(child.stdout);
  assert.equal(outcomes.trim().split('\n').length, 11, outcomes);
  assert.doesNotMatch(outcomes, /WORKED/);
  assert.match(outcomes, /passwd ERR_ACCESS_DENIED/);
});

/** A socket reads ahead by itself; what our end read would be lost to the receiver. */
function unread(socket: Socket): Socket {
  (socket as Socket & { _handle: { readStop(): void } })._handle.readStop();
  return socket;
}
