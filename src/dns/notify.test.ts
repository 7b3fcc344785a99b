import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import * as dns from 'dns-packet';
import { silentLog, type Log } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import { until } from '../../test/until.ts';
import { rcodes } from './answer.ts';
import type { NameServer } from './exchange.ts';
import { notifySecondaries } from './notify.ts';

interface FakeSecondary extends AsyncDisposable, NameServer {
  /** What it was told, in order. */
  readonly told: string[];
  /** Messages that it leaves without an answer. */
  ignores: number;
  /** The zone that it does not have. */
  lacks: string;
}

async function secondary(): Promise<FakeSecondary> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const fake: FakeSecondary = {
    host: '127.0.0.1',
    port: socket.address().port,
    told: [],
    ignores: 0,
    lacks: '',
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(resolve)),
  };
  socket.on('message', (packet, from) => {
    const { id, flags = 0, questions } = dns.decode(packet);
    if (fake.ignores-- > 0) return;
    // RFC 1996 §3.7: NOTIFY, with AA.
    assert.equal(flags & 0x7f_ff, 0x24_00);
    fake.told.push(`${questions?.[0]?.name} ${questions?.[0]?.type}`);
    const rcode = questions?.[0]?.name === fake.lacks ? rcodes.notAuthoritative : rcodes.noError;
    socket.send(
      dns.encode({ type: 'response', id, flags: flags | rcode, questions: questions ?? [] }),
      from.port,
      from.address,
    );
  });
  return fake;
}

/** A source whose serials a test sets. */
function zones(first: Record<string, number>) {
  let commits = 0;
  let serials = new Map(Object.entries(first));
  return {
    set(next: Record<string, number>) {
      serials = new Map(Object.entries(next));
      commits += 1;
    },
    changed: () => commits,
    source: { transferOf: async () => undefined, serials: async () => serials },
  };
}

function run(
  { changed, source }: Pick<ReturnType<typeof zones>, 'changed' | 'source'>,
  secondaries: readonly NameServer[],
  {
    log = silentLog,
    timeoutMilliseconds = 60_000,
  }: { log?: Log; timeoutMilliseconds?: number } = {},
) {
  const stop = new AbortController();
  const ended = notifySecondaries({
    changed,
    source,
    secondaries,
    localAddress: '127.0.0.1',
    random: systemRandom,
    log,
    stop: stop.signal,
    intervalMilliseconds: 5,
    timeoutMilliseconds,
  });
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended;
    },
  };
}

function told(fake: FakeSecondary, count: number): Promise<true> {
  return until(`${count} messages`, 120, async () => fake.told.length >= count || undefined);
}

test('all secondaries are told of every zone at the start, then of those that have changed', async () => {
  await using one = await secondary();
  await using other = await secondary();
  const state = zones({ 'a.example': 1, 'b.example': 1 });
  await using _running = run(state, [one, other]);
  for (const fake of [one, other]) {
    await told(fake, 2);
    assert.deepEqual(fake.told.splice(0), ['a.example SOA', 'b.example SOA']);
  }
  // A zone that is gone is none of which anybody could be told.
  state.set({ 'b.example': 2, 'c.example': 1 });
  for (const fake of [one, other]) {
    await told(fake, 2);
    assert.deepEqual(fake.told, ['b.example SOA', 'c.example SOA']);
  }
});

test('a secondary that does not answer is told again (RFC 1996 §3.6), and holds up no other', async () => {
  await using slow = await secondary();
  await using other = await secondary();
  slow.ignores = 2;
  await using _running = run(zones({ 'a.example': 1 }), [slow, other], {
    timeoutMilliseconds: 300,
  });
  await told(other, 1);
  await told(slow, 1);
});

test('a secondary that stays silent is on record once, and again when it is back', async () => {
  await using fake = await secondary();
  fake.ignores = 6;
  const lines: string[] = [];
  const log = {
    ...silentLog,
    warn: (line: string) => lines.push(line),
    info: (line: string) => lines.push(line),
  };
  const state = zones({ 'a.example': 1, 'b.example': 1, 'c.example': 1 });
  await using _running = run(state, [fake], { log: log as Log, timeoutMilliseconds: 300 });
  await told(fake, 1);
  await until('it is back', 120, async () => lines.length >= 2 || undefined);
  assert.deepEqual(lines, [
    'a secondary does not answer NOTIFY',
    'a secondary answers NOTIFY again',
  ]);
});

test('a zone that a secondary does not have is on record once', async () => {
  await using fake = await secondary();
  fake.lacks = 'b.example';
  const lines: unknown[] = [];
  const log = { ...silentLog, warn: (...line: unknown[]) => lines.push(line) };
  const state = zones({ 'a.example': 1, 'b.example': 1 });
  await using _running = run(state, [fake], { log: log as Log });
  await told(fake, 2);
  state.set({ 'a.example': 1, 'b.example': 2 });
  await told(fake, 3);
  state.set({ 'a.example': 2, 'b.example': 2 });
  await told(fake, 4);
  const { host, port } = fake;
  assert.deepEqual(lines, [['a secondary does not have all zones', { host, port, missing: 1 }]]);
});
