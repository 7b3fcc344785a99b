import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as dns from 'dns-packet';
import fc from 'fast-check';
import { rcodes, type Answer } from './answer.ts';
import {
  formatAnswer,
  formatRefusal,
  formatTruncation,
  parseQuery,
  type Query,
} from './message.ts';

const empty: Answer = {
  rcode: rcodes.noError,
  isAuthoritative: true,
  answers: [],
  authorities: [],
  additionals: [],
};

function query(parts: dns.Packet = {}): Buffer {
  return dns.encode({
    type: 'query',
    id: 7,
    questions: [{ name: 'A.example', type: 'A' }],
    ...parts,
  });
}

function parsed(packet: Buffer): Query {
  const found = parseQuery(packet);
  assert.ok(found);
  return found;
}

const opt = (more: Partial<dns.OptAnswer> = {}): dns.OptAnswer => ({
  type: 'OPT',
  name: '.',
  udpPayloadSize: 4096,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
  ...more,
});

/** With the rcode, the part in the OPT record included. */
function read(packet: Buffer): dns.DecodedPacket & { code: number } {
  const decoded = dns.decode(packet);
  const edns = decoded.additionals?.find((each) => each.type === 'OPT');
  const code = ((edns?.extendedRcode ?? 0) << 4) | ((decoded.flags ?? 0) & 0x0f);
  return { ...decoded, code };
}

test('a query keeps its letters, and only those who speak EDNS are spoken to in it', () => {
  const plain = parsed(query());
  assert.deepEqual(plain.question, { name: 'A.example', type: 'A' });
  assert.equal(dns.decode(formatAnswer(plain, empty, 'udp')).additionals?.length, 0);
  const edns = parsed(query({ additionals: [opt()] }));
  const [record] = dns.decode(formatAnswer(edns, empty, 'udp')).additionals ?? [];
  assert.equal((record as dns.OptAnswer).udpPayloadSize, 1232);
});

test('an answer repeats id, question and RD, and says that it does not recurse', () => {
  const answer = read(formatAnswer(parsed(query({ flags: dns.RECURSION_DESIRED })), empty, 'udp'));
  assert.equal(answer.id, 7);
  assert.equal(answer.questions?.[0]?.name, 'A.example');
  assert.deepEqual(
    [answer.flag_qr, answer.flag_aa, answer.flag_rd, answer.flag_ra],
    [true, true, true, false],
  );
});

test('what does not fit is left out and marked as cut, except over TCP', () => {
  const answers = Array.from({ length: 40 }, (_, n) => ({
    name: 'A.example',
    type: 'A' as const,
    ttl: 60,
    data: `192.0.2.${n}`,
  }));
  const many = { ...empty, answers };
  const sizes = (additionals: dns.Answer[], transport: 'udp' | 'tcp'): unknown[] => {
    const packet = formatAnswer(parsed(query({ additionals })), many, transport);
    const { flag_tc, answers: kept } = dns.decode(packet);
    return [flag_tc, kept?.length];
  };
  assert.deepEqual(sizes([], 'udp'), [true, 0]);
  assert.deepEqual(sizes([opt({ udpPayloadSize: 1100 })], 'udp'), [false, 40]);
  assert.deepEqual(sizes([opt({ udpPayloadSize: 1 })], 'udp'), [true, 0]);
  assert.deepEqual(sizes([], 'tcp'), [false, 40]);
});

test('each kind of query that cannot be answered has its code', () => {
  const iquery = 1 << 11;
  const address: dns.Answer = { name: 'a.example', type: 'A', ttl: 60, data: '192.0.2.1' };
  const cases: [dns.Packet, number][] = [
    [{ flags: iquery }, rcodes.notImplemented],
    [{ questions: [] }, rcodes.formatError],
    [{ additionals: [opt(), opt()] }, rcodes.formatError],
    [{ answers: [address] }, rcodes.formatError],
    [{ authorities: [address] }, rcodes.formatError],
    [{ additionals: Array<dns.Answer>(5).fill(address) }, rcodes.formatError],
    [{ additionals: [opt({ ednsVersion: 1 })] }, rcodes.badVersion],
    [{ questions: [{ name: 'a.example', type: 'IXFR' }] }, rcodes.formatError],
    [
      { questions: [{ name: 'a.example', type: 'IXFR' }], authorities: [address] },
      rcodes.formatError,
    ],
    [{ questions: [{ name: 'version.bind', type: 'TXT', class: 'CH' }] }, rcodes.refused],
  ];
  for (const [parts, rcode] of cases) {
    const found = parsed(query(parts));
    assert.equal(found.refusal, rcode);
    assert.equal(read(formatRefusal(found, rcode as typeof rcodes.refused)).code, rcode);
  }
});

test('a question of another class is refused, and not repeated as one of class IN', () => {
  const packet = query({ questions: [{ name: 'a.example', type: 'TXT', class: 'CH' }] });
  const ofMulticastDns = query({ questions: [{ name: 'a.example', type: 'TXT' }] });
  ofMulticastDns[12 + 11 + 2] = 0x80;
  for (const each of [packet, ofMulticastDns]) {
    const found = parsed(each);
    assert.equal(found.refusal, rcodes.refused);
    assert.deepEqual(dns.decode(formatRefusal(found, rcodes.refused)).questions, []);
  }
});

test('names that text cannot tell apart are a format error', () => {
  const dotInLabel = query({ questions: [{ name: 'axexample.test', type: 'A' }] });
  dotInLabel[12 + 2] = '.'.charCodeAt(0);
  assert.equal(parsed(dotInLabel).refusal, rcodes.formatError);
  const notAscii = query({ questions: [{ name: 'axexample.test', type: 'A' }] });
  notAscii[12 + 2] = 0xff;
  assert.equal(parsed(notAscii).refusal, rcodes.formatError);
});

test('answers and scraps are not answered', () => {
  assert.equal(parseQuery(query({ type: 'response' })), undefined);
  assert.equal(parseQuery(Buffer.alloc(11)), undefined);
});

test('no packet breaks the parser, and every answer can be read', () => {
  const mutated = fc
    .tuple(
      fc.constantFrom(query(), query({ additionals: [opt()] })),
      fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { maxLength: 6 }),
      fc.nat(70),
    )
    .map(([packet, changes, length]) => {
      const copy = Buffer.from(packet);
      for (const [at, octet] of changes) if (at < copy.length) copy[at] = octet;
      return copy.subarray(0, length);
    });
  const noise = fc.uint8Array({ maxLength: 300 }).map((octets) => Buffer.from(octets));
  fc.assert(
    fc.property(fc.oneof(mutated, noise), (packet) => {
      const found = parseQuery(packet);
      if (found === undefined) return;
      const answer = dns.decode(
        found.refusal === undefined
          ? formatAnswer(found, empty, 'udp')
          : formatRefusal(found, found.refusal),
      );
      assert.equal(answer.id, packet.readUInt16BE(0));
      assert.equal(answer.flag_qr, true);
    }),
    { numRuns: 3000 },
  );
});

test('a truncation says no more than the query, and where to ask again', () => {
  const asked = dns.encode({
    type: 'query',
    id: 7,
    flags: dns.RECURSION_DESIRED,
    questions: [{ name: 'text.a.example', type: 'TXT' }],
  });
  const query = parseQuery(asked) ?? assert.fail();
  const truncation = formatTruncation(query);
  assert.ok(truncation.length <= asked.length);
  const { id, flag_tc, answers, questions } = dns.decode(truncation);
  assert.deepEqual(
    { id, flag_tc, answers, name: questions?.[0]?.name },
    { id: 7, flag_tc: true, answers: [], name: 'text.a.example' },
  );
});
