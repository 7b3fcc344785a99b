import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { duplexPair, type Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { silentLog } from '../lib/log.ts';
import {
  encodeFrame,
  FrameReader,
  maxFrameBytes,
  numberField,
  operationNames,
  ProtocolError,
} from '../lib/vault-protocol.ts';
import { connectVault } from '../vault-client/client.ts';
import { VaultUnavailable } from '../vault-client/vault.ts';
import { serveChannel } from './server.ts';
import { claim, context, TestVault } from './test-vault.ts';

const vault = new TestVault();
const key = await vault.backingKey('encrypt-decrypt');
const privateKey = await vault.backingKey('acm-private-key');
const text = new TextEncoder().encode('x');

function rawChannel(role: 'client' | 'control' = 'client'): Duplex {
  const [near, far] = duplexPair();
  serveChannel(far, role, vault.core, silentLog);
  return near;
}

test('answers a thousand requests in flight, each with its own answer', async () => {
  await Promise.all(
    Array.from({ length: 1000 }, async (_, i) => {
      const plaintext = new TextEncoder().encode(`plaintext ${i}`);
      const { ciphertext } = await vault.client.encrypt(key, plaintext, { i: `${i}` }, claim);
      const opened = await vault.client.decrypt(key, ciphertext, { i: `${i}` }, claim);
      assert.deepEqual(opened.plaintext, plaintext);
    }),
  );
});

test('a slow request does not hold up the others', async () => {
  const order: string[] = [];
  const slow = vault.client
    .generatePrivateKey(privateKey, 'RSA_4096', context, { isExportable: false }, claim)
    .then(() => order.push('slow'));
  await vault.client.encrypt(key, text, {}, claim);
  order.push('fast');
  await slow;
  assert.deepEqual(order, ['fast', 'slow']);
});

test('closes a channel over which no frames come, and goes on with the others', async () => {
  const code = operationNames.indexOf('generateRandom');
  const request = { generation: 1, request: 1, code };
  const tooLong = Buffer.alloc(4);
  tooLong.writeUInt32BE(maxFrameBytes + 1);
  const cases: Record<string, Uint8Array> = {
    'a frame too long': tooLong,
    'a frame too short': Buffer.alloc(4),
    'a field cut off': Buffer.concat([
      Uint8Array.of(0, 0, 0, 13),
      encodeFrame(request, []).subarray(4),
      numberField(9),
    ]),
    'a field too many': encodeFrame(request, [numberField(8), numberField(8)]),
    'a field that is no number': encodeFrame(request, [new Uint8Array(3)]),
    'no field': encodeFrame(request, []),
    'an unknown operation': encodeFrame({ ...request, code: 200 }, []),
    text: Buffer.from('GET / HTTP/1.1\r\nHost: vault\r\n\r\n'),
  };
  for (const [what, bytes] of Object.entries(cases)) {
    const [near, far] = duplexPair();
    serveChannel(far, 'client', vault.core, silentLog);
    near.write(bytes);
    await once(far, 'close', { signal: AbortSignal.timeout(60_000) }).catch(() =>
      assert.fail(what),
    );
  }
  assert.equal((await vault.client.generateRandom(8)).length, 8);
});

test('no bytes whatever make it fail', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 255 }),
      fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 12 }),
      async (code, fields) => {
        const channel = rawChannel();
        channel.resume();
        channel.write(encodeFrame({ generation: 1, request: 1, code }, fields));
        assert.equal((await vault.client.generateRandom(8)).length, 8);
        channel.destroy();
      },
    ),
  );
});

test('a channel says who is a holder, or uses keys, but not both', async () => {
  const asClient = (operation: (typeof operationNames)[number]) =>
    ask(rawChannel('client'), operation);
  const asControl = (operation: (typeof operationNames)[number]) =>
    ask(rawChannel('control'), operation);
  const notAllowed = 2;
  for (const operation of operationNames) {
    const isForControl = operation === 'enrolHolder' || operation === 'removeHolder';
    if (operation !== 'hello') {
      assert.equal(
        await (isForControl ? asClient(operation) : asControl(operation)),
        notAllowed,
        operation,
      );
    }
  }
  assert.equal(await asClient('hello'), 0);
});

test('requests in flight are given up when the channel breaks, later ones until it is replaced', async () => {
  const [near, far] = duplexPair();
  serveChannel(far, 'client', vault.core, silentLog);
  const client = connectVault(near);
  const inFlight = client.generatePrivateKey(
    privateKey,
    'RSA_4096',
    context,
    { isExportable: false },
    claim,
  );
  const gaveUp = assert.rejects(inFlight, VaultUnavailable);
  await client.generateRandom(1);
  far.destroy();
  await gaveUp;
  await assert.rejects(client.generateRandom(1), VaultUnavailable);
  client.replace(rawChannel());
  assert.equal((await client.generateRandom(1)).length, 1);
});

test('an answer to whoever used the pipe before is not taken', async () => {
  const [near, far] = duplexPair();
  const reader = new FrameReader(({ generation, request }) => {
    const bytes = (fill: number): Uint8Array => new Uint8Array(2).fill(fill);
    far.write(encodeFrame({ generation: generation ^ 1, request, code: 0 }, [bytes(1)]));
    far.write(encodeFrame({ generation, request, code: 0 }, [bytes(2)]));
  });
  far.on('data', (chunk: Buffer) => reader.push(chunk));
  await setImmediate();
  const answer = connectVault(near).generateRandom(2);
  assert.deepEqual(await answer, Uint8Array.of(2, 2));
});

test('more requests than the client may have in flight are turned away', async () => {
  const [near] = duplexPair();
  const client = connectVault(near);
  const outcomes = Array.from({ length: 4097 }, () => client.generateRandom(1));
  const settled = Promise.allSettled(outcomes);
  await assert.rejects(outcomes.at(-1) ?? assert.fail(), VaultUnavailable);
  near.destroy();
  assert.ok((await settled).every(({ status }) => status === 'rejected'));
});

test('frames come out as they went in, however the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 5 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 40 }),
      (frames, size) => {
        const stream = Buffer.concat(
          frames.map((fields, request) => encodeFrame({ generation: 7, request, code: 1 }, fields)),
        );
        const read: Uint8Array[][] = [];
        const reader = new FrameReader(({ request, fields }) => {
          assert.equal(request, read.length);
          const all: Uint8Array[] = [];
          while (!fields.isAtEnd) all.push(fields.copy());
          read.push(all);
        });
        for (let at = 0; at < stream.length; at += size)
          reader.push(stream.subarray(at, at + size));
        assert.deepEqual(read, frames);
      },
    ),
  );
  assert.throws(
    () => encodeFrame({ generation: 0, request: 0, code: 0 }, [new Uint8Array(maxFrameBytes)]),
    ProtocolError,
  );
});

/** The code of the answer to a request without fields. */
async function ask(channel: Duplex, operation: (typeof operationNames)[number]): Promise<number> {
  const answer = Promise.withResolvers<number>();
  const reader = new FrameReader(({ code }) => answer.resolve(code));
  channel.on('data', (chunk: Buffer) => reader.push(chunk));
  channel.on('close', () => answer.resolve(-1));
  channel.write(
    encodeFrame({ generation: 1, request: 1, code: operationNames.indexOf(operation) }, []),
  );
  return answer.promise;
}

test('overwrites what came in and what it made, once it has answered', async () => {
  const { core, client } = new TestVault();
  const seen: Uint8Array[] = [];
  const { receipts, random } = core;
  const issue = receipts.issue.bind(receipts);
  receipts.issue = (use, asker) => {
    seen.push(use.context);
    return issue(use, asker);
  };
  const backing = await client.createBackingKey(
    { ...key, keyId: random.uuid(), backingKeyId: random.uuid() },
    claim,
  );
  assert.ok(backing.wrapped.some((byte) => byte !== 0));
  seen.length = 0;
  const bytes = random.bytes.bind(random);
  const made: Uint8Array[] = [];
  const chance = { ...random, bytes: (count: number) => made[made.push(bytes(count)) - 1]! };
  Object.assign(core, { random: chance });
  assert.ok((await client.generateRandom(32)).some((byte) => byte !== 0));
  assert.ok(
    made[0]?.every((byte) => byte === 0),
    'an answer',
  );
  await client.encrypt(key, text, { a: 'b' }, claim);
  const [frame = new ArrayBuffer(1)] = seen.map(({ buffer }) => buffer);
  assert.ok(
    new Uint8Array(frame).every((byte) => byte === 0),
    'a request, with the plaintext in it',
  );
});
