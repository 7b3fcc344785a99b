import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  block,
  code,
  flag,
  frame,
  get,
  integer,
  literal,
  number,
  post,
  request,
  setting,
  settings,
  type,
} from './test-frames.ts';
import { RawClient, outcomeOf } from './test-raw-client.ts';
import type { Outcome } from './test-raw-client.ts';
import { RecordingTarget, worldBefore } from './test-recording-target.ts';
import { TestWorld, until } from './test-world.ts';

interface Flood {
  readonly first?: readonly Buffer[];
  /** The frames sent as the n-th. */
  readonly each: (n: number) => Buffer;
  /** The client does not read what it gets. */
  readonly isDeaf?: boolean;
  /** The type of frame that is acknowledged, which the client reads before it sends more. */
  readonly acknowledged?: number;
}

const ping = frame(type.ping, 0, 0, Buffer.alloc(8));
const stream = (n: number): number => 2 * n + 1;
const begun = frame(type.headers, flag.endStream, 1, request());

/** More of it than any honest client sends: the connection is closed. */
const floods: Readonly<Record<string, Flood>> = {
  'CONTINUATION that says nothing (CVE-2024-27983)': {
    first: [begun],
    each: () => frame(type.continuation, 0, 1),
  },
  'CONTINUATION with fields': {
    first: [begun],
    each: (n) => frame(type.continuation, 0, 1, block([`x${n}`, 'y'.repeat(1_000)])),
  },
  'DATA that says nothing (CVE-2019-9518)': {
    first: [post(1)],
    each: () => frame(type.data, 0, 1),
  },
  'PING whose answers are not read (CVE-2019-9512)': { each: () => ping, isDeaf: true },
  'SETTINGS whose acknowledgements are not read (CVE-2019-9515)': {
    each: () => settings([setting.initialWindowSize, 65_535]),
    isDeaf: true,
  },
  'answers to PING': { each: () => frame(type.ping, flag.ack, 0, Buffer.alloc(8)) },
  'acknowledgements of SETTINGS': { each: () => frame(type.settings, flag.ack, 0) },
  PRIORITY: {
    each: (n) => frame(type.priority, 0, stream(n), Buffer.concat([number(0), Buffer.from([1])])),
  },
  'frames that nobody knows': { each: () => frame(0x16, 0, 0) },
  'requests that are cancelled (CVE-2023-44487)': {
    each: (n) =>
      Buffer.concat([get(stream(n)), frame(type.rstStream, 0, stream(n), number(code.cancel))]),
  },
  'requests that are made to be reset by a window (CVE-2025-8671)': {
    each: (n) => Buffer.concat([get(stream(n)), frame(type.windowUpdate, 0, stream(n), number(0))]),
  },
  'requests that are made to be reset by a size (CVE-2025-8671)': {
    each: (n) =>
      Buffer.concat([post(stream(n)), frame(type.priority, 0, stream(n), Buffer.alloc(4))]),
  },
  'requests that are malformed (CVE-2019-9514)': { each: (n) => get(stream(n), ['X', '1']) },
  'streams beyond the maximum': { each: (n) => post(stream(n)) },
};

test('HTTP/2: who floods a connection loses it, and others are served', async (t) => {
  await using world = await TestWorld.start();
  for (const [what, flood] of Object.entries(floods))
    await t.test(what, async () => {
      using client = await RawClient.connect(world.port);
      await pour(client, flood, 2_000_000);
      assert.ok(!client.isOpen, 'it was never closed');
      using other = await RawClient.connect(world.port);
      other.send(get(1));
      assert.deepEqual(await outcomeOf(other, 1), { status: 200 });
    });
});

/** What costs no more than it costs to send. */
const harmless: Readonly<Record<string, Flood>> = {
  'PING whose answers are read': { each: () => ping, acknowledged: type.ping },
  'SETTINGS whose acknowledgements are read': {
    each: () => settings(),
    acknowledged: type.settings,
  },
  'DATA that is padding': {
    first: [post(1)],
    each: () => frame(type.data, flag.padded, 1, Buffer.from([3, 0, 0, 0])),
  },
  'WINDOW_UPDATE of the connection': { each: () => frame(type.windowUpdate, 0, 0, number(1)) },
  'WINDOW_UPDATE of a stream': {
    first: [post(1)],
    each: () => frame(type.windowUpdate, 0, 1, number(1)),
  },
};

test('HTTP/2: what costs no more than it costs to send does no harm to its own connection either', async (t) => {
  await using world = await TestWorld.start();
  for (const [what, flood] of Object.entries(harmless))
    await t.test(what, async () => {
      using client = await RawClient.connect(world.port);
      await pour(client, flood, 20_000);
      client.send(get(3));
      assert.deepEqual(await outcomeOf(client, 3), { status: 200 });
    });
});

const bomb = Buffer.concat([
  request(),
  // RFC 7541 §6.2.1: put into the table, and then named 12,000 times, a byte each for 4,000.
  Buffer.from([0x40]),
  literal('x'),
  literal('y'.repeat(4_000)),
  Buffer.alloc(12_000, integer(62, 7, 0x80)),
]);
const many = (count: number, size: number): Buffer =>
  Buffer.concat([
    request(),
    block(...Array.from({ length: count }, (_, n) => [`x${n}`, 'y'.repeat(size)] as const)),
  ]);
const large: Readonly<Record<string, Buffer>> = {
  'a bomb of HPACK': bomb,
  'more than 256 fields': many(300, 1),
  'more than 64 KB of fields': many(70, 1_000),
};

test('HTTP/2: a head that is too large is refused, and no target sees it', async (t) => {
  using target = await RecordingTarget.start();
  await using world = await worldBefore(target);
  const refused: readonly Outcome[] = [{ reset: code.calm }, { status: 431 }, 'closed'];
  for (const [what, head] of Object.entries(large))
    await t.test(what, async () => {
      using client = await RawClient.connect(world.port);
      const parts = Array.from({ length: Math.ceil(head.length / 16_384) }, (_, at) =>
        head.subarray(at * 16_384, (at + 1) * 16_384),
      );
      client.send(
        ...parts.map((part, at) =>
          frame(
            at === 0 ? type.headers : type.continuation,
            (at === 0 ? flag.endStream : 0) | (at === parts.length - 1 ? flag.endHeaders : 0),
            1,
            part,
          ),
        ),
      );
      const outcome = await outcomeOf(client, 1);
      assert.ok(
        refused.some((each) => JSON.stringify(each) === JSON.stringify(outcome)),
        JSON.stringify(outcome),
      );
      assert.deepEqual([target.requests, target.rest], [[], '']);
    });
});

test('HTTP/2: a client that cancels now and then is served for as long as it likes', async () => {
  await using world = await TestWorld.start();
  using client = await RawClient.connect(world.port);
  for (let n = 0; n < 500; n += 2) {
    client.send(
      get(stream(n)),
      frame(type.rstStream, 0, stream(n), number(code.cancel)),
      get(stream(n + 1)),
    );
    assert.deepEqual(await outcomeOf(client, stream(n + 1)), { status: 200 });
  }
});

test('HTTP/2: a target that breaks off again and again is no fault of the client', async () => {
  await using world = await TestWorld.start((_request, response) => {
    response.write('half', () => response.destroy());
  });
  using client = await RawClient.connect(world.port);
  for (let n = 0; n < 300; n += 1) {
    client.send(get(stream(n)));
    const reset = await client.next(
      (each) => each.stream === stream(n) && each.kind === type.rstStream,
    );
    assert.equal(reset?.payload.readUInt32BE(0), code.internal);
  }
});

test('HTTP/2: a connection without a request is closed after the idle time, whatever else it sends', async () => {
  await using world = await TestWorld.start(undefined, {
    state: (all) => ({ ...all.state(), Attributes: { 'idle_timeout.timeout_seconds': '1' } }),
  });
  using pinging = await RawClient.connect(world.port);
  using slow = await RawClient.connect(world.port);
  // Never its last byte.
  const head = get(1).subarray(0, -1);
  let sent = 0;
  await until(() => {
    pinging.send(ping);
    slow.send(head.subarray(sent, ++sent));
    return !pinging.isOpen && !slow.isOpen;
  });
  for (const { frames } of [pinging, slow])
    assert.equal(frames.find(({ kind }) => kind === type.goaway)?.payload.readUInt32BE(4), 0);
});

/** Sends as many as the gateway takes, and at most `most`. */
async function pour(
  client: RawClient,
  { first = [], each, isDeaf, acknowledged }: Flood,
  most: number,
) {
  if (isDeaf === true) client.pause();
  client.send(...first);
  for (let n = 0; n < most && client.isOpen;) {
    const batch = Array.from({ length: 500 }, () => each(n++));
    if (!client.send(...batch)) await client.drained();
    if (acknowledged !== undefined) await client.acknowledged(acknowledged, n);
    await new Promise(setImmediate);
  }
}
