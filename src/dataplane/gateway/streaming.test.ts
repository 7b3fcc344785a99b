import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:http2';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import type { Writable } from 'node:stream';
import { suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Asked, versions } from './test-client.ts';
import { flag, frame, get, preface, setting, settings, type } from './test-frames.ts';
import { RawClient } from './test-raw-client.ts';
import { TestWorld } from './test-world.ts';

const total = 64 * 1024 * 1024;
const chunk = Buffer.alloc(64 * 1024, 'x');
/**
 * Bytes; more than the gateway, the client and the target, which are in one process here, hold of a stream; the buffers of
 * the kernel are not among it.
 */
const mostHeld = 16 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

for (const version of versions)
  suite(`over ${version}`, () => {
    test('an answer that the client does not read is not gathered, and comes whole when it does', async () => {
      const written: number[] = [];
      await using world = await TestWorld.start((_request, response) => {
        void pour(response, (sum) => (written[0] = sum));
      });
      const before = held();
      using asked = new Asked(version, world.port);
      const stream = await asked.stream();
      await standstill(() => written[0] ?? 0);
      assert.ok((written[0] ?? 0) < total, 'the target could say all');
      assert.ok(held() - before < mostHeld, `${held() - before} bytes are held`);
      let read = 0;
      for await (const part of stream) read += (part as Buffer).length;
      assert.equal(read, total);
    });

    test('a body that the target does not read is not gathered, and comes whole when it does', async () => {
      const asked = Promise.withResolvers<IncomingMessage>();
      await using world = await TestWorld.start(async (request, response) => {
        asked.resolve(request);
        let read = 0;
        request.on('end', () => response.end(String(read)));
        // Nobody reads before that.
        await standstill(() => sent);
        request.on('data', (part: Buffer) => (read += part.length));
      });
      let sent = 0;
      const before = held();
      using client = new Asked(version, world.port, { method: 'POST', hasBody: true });
      const poured = pour(client.body, (sum) => (sent = sum));
      await asked.promise;
      await standstill(() => sent);
      assert.ok(held() - before < mostHeld, `${held() - before} bytes are held`);
      await poured;
      assert.equal((await client.answer()).text, String(total));
    });
  });

test('over HTTP/2, a client that opens no window for a hundred answers has little of each held for it', async () => {
  let written = 0;
  await using world = await TestWorld.start((_request, response) => {
    void pour(response, (_sum, more) => (written += more)).catch(() => {});
  });
  const before = held();
  using client = await RawClient.connect(
    world.port,
    Buffer.concat([preface, settings([setting.initialWindowSize, 0])]),
  );
  const streams = Array.from({ length: 100 }, (_, n) => 2 * n + 1);
  client.send(...streams.map((stream) => get(stream)));
  for (const stream of streams)
    await client.next((each) => each.kind === type.headers && each.stream === stream);
  await standstill(() => written);
  assert.ok(client.isOpen);
  assert.ok(held() - before < 2 * mostHeld, `${held() - before} bytes are held`);
  assert.ok(
    !client.frames.some(({ kind, flags }) => kind === type.data && flags !== flag.endStream),
  );
  client.send(frame(type.ping, 0, 0, Buffer.alloc(8)));
  await client.next(({ kind }) => kind === type.ping);
});

test('over HTTP/2, a body that its target does not read holds up no other of its connection', async () => {
  await using world = await TestWorld.start((request, response) => {
    if (request.url === '/unread') return;
    request.resume().on('end', () => response.end('read'));
  });
  const session = connect(`https://127.0.0.1:${world.port}`, {
    servername: 'shop.test',
    rejectUnauthorized: false,
  });
  let sent = 0;
  const unread = session.request({ ':method': 'POST', ':path': '/unread' }, { endStream: false });
  pour(unread, (sum) => (sent = sum)).catch(() => {});
  await standstill(() => sent);
  const other = session.request({ ':method': 'POST', ':path': '/' }, { endStream: false });
  other.end(Buffer.alloc(1_000_000));
  assert.equal(await text(other), 'read');
  session.destroy();
});

/** Writes `total` bytes as fast as they are taken. */
async function pour(to: Writable, onWritten: (sum: number, more: number) => void): Promise<void> {
  for (let sum = 0; sum < total;) {
    sum += chunk.length;
    onWritten(sum, chunk.length);
    if (!to.write(chunk)) await once(to, 'drain');
  }
  to.end();
  await finished(to, { readable: false });
}

/** Resolves when a count has not grown for a while. A machine that is busy only makes it stop early. */
async function standstill(count: () => number): Promise<void> {
  for (let last = -1; last !== count();) {
    last = count();
    await sleep(300);
  }
}

function held(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
