import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import * as dns from 'dns-packet';
import { silentLog } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import { rcodes } from './answer.ts';
import { exchange } from './exchange.ts';
import { frames, inFrame } from './frames.ts';
import { createDnsServer, type DnsServer } from './server.ts';
import type { ZoneContents } from './source.ts';
import { soaOf, zonesOf } from './test-zones.ts';

const name = 'a.example';
const serial = 7;
const addresses = Array.from({ length: 1_000 }, (_, n) => `10.0.${n >> 8}.${n & 255}`);
const long = Array.from({ length: 12 }, (_, n) => Buffer.alloc(255, 97 + n));

const zone: ZoneContents = {
  soa: { ...soaOf(serial), name },
  records: [
    { name, type: 'NS', ttl: 60, data: 'ns.a.example' },
    ...addresses.map((data) => ({ name: '*.a.example', type: 'A' as const, ttl: 60, data })),
    // Two messages cannot be longer than one of these fifty.
    ...Array.from({ length: 50 }, (_, n) => ({
      name: `t${n}.a.example`,
      type: 'TXT' as const,
      ttl: 60,
      data: long,
    })),
  ],
};

function serve(secondary = '127.0.0.1'): Promise<DnsServer> {
  return createDnsServer({
    host: '127.0.0.1',
    port: 0,
    source: zonesOf({ [name]: {} }),
    log: silentLog,
    transfers: {
      secondaries: [{ host: secondary, port: 53 }],
      source: {
        transferOf: async (wanted) => (wanted === name ? zone : undefined),
        serials: async () => new Map(),
      },
    },
  });
}

/** All messages up to the one whose last record is an SOA, or that is an error. */
async function transfer(
  { port }: DnsServer,
  { type = 'AXFR', known, of = name }: { type?: 'AXFR' | 'IXFR'; known?: number; of?: string } = {},
): Promise<dns.DecodedPacket[]> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const authorities = known === undefined ? [] : [{ ...soaOf(known), name: of } as dns.Answer];
  socket.write(inFrame(dns.encode({ id: 5, questions: [{ name: of, type }], authorities })));
  const messages: dns.DecodedPacket[] = [];
  for await (const frame of frames(socket, 65_535)) {
    assert.ok(frame.length <= 16_384);
    const message = dns.decode(frame);
    messages.push(message);
    const last = message.answers?.at(-1);
    const isEnd = last?.type === 'SOA' && (messages.length > 1 || message.answers?.length === 1);
    if (last === undefined || isEnd) break;
  }
  socket.destroy();
  return messages;
}

function rcodeOf(message: dns.DecodedPacket | undefined): number {
  return (message?.flags ?? 0) & 0x0f;
}

test('a secondary gets the whole zone, between two SOAs, in messages of bounded size (RFC 5936 §2.2)', async () => {
  await using server = await serve();
  const messages = await transfer(server);
  assert.ok(messages.length > 10);
  assert.ok(messages.every(({ id, flag_aa: isAuthoritative }) => id === 5 && isAuthoritative));
  const records = messages.flatMap(({ answers = [] }) => answers);
  assert.deepEqual(
    [records[0]?.type, records.at(-1)?.type, records.length],
    ['SOA', 'SOA', zone.records.length + 2],
  );
  assert.deepEqual(
    records.slice(1, -1).map((record) => [record.name, record.type]),
    zone.records.map((record) => [record.name, record.type]),
  );
});

test('whoever is no secondary is refused, over UDP too', async () => {
  await using server = await serve('127.0.0.2');
  for (const asked of [{}, { type: 'IXFR' as const, known: 1 }]) {
    const [message] = await transfer(server, asked);
    assert.equal(rcodeOf(message), rcodes.refused);
  }
  assert.equal(rcodeOf(await overUdp(server, 'AXFR')), rcodes.refused);
});

test('a zone that is not served here is not authoritative (RFC 5936 §2.2.1)', async () => {
  await using server = await serve();
  for (const other of ['b.example', 'www.a.example']) {
    const [message] = await transfer(server, { of: other });
    assert.equal(rcodeOf(message), rcodes.notAuthoritative);
  }
});

test('IXFR: the SOA alone says that there is nothing new, else all is sent (RFC 1995 §2, §4)', async () => {
  await using server = await serve();
  const lengths = async (known: number): Promise<number> => {
    const messages = await transfer(server, { type: 'IXFR', known });
    return messages.flatMap(({ answers = [] }) => answers).length;
  };
  assert.equal(await lengths(serial), 1);
  assert.equal(await lengths(serial + 1), 1);
  assert.equal(await lengths(serial - 1), zone.records.length + 2);
  // RFC 1982: the serial has gone round.
  assert.equal(await lengths(2 ** 32 - 1), zone.records.length + 2);
});

test('over UDP there is no AXFR', async () => {
  await using server = await serve();
  assert.equal(rcodeOf(await overUdp(server, 'AXFR')), rcodes.refused);
});

function overUdp({ port }: DnsServer, type: 'AXFR'): Promise<dns.DecodedPacket> {
  return exchange(
    { host: '127.0.0.1', port },
    { question: { name, type }, timeoutMilliseconds: 60_000, random: systemRandom },
  );
}
