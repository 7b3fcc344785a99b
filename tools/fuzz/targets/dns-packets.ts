import * as dns from 'dns-packet';
import fc from 'fast-check';
import { anyBytes } from './bytes.ts';

const name = fc.constantFrom(
  'a.example',
  'www.A.example',
  'x.w.a.example',
  '_x.a.example',
  'deep.sub.a.example',
  '.',
  'other.test',
  'c1.example',
  'none.a.example',
  'circle.b.example',
  'xn--4ca.a.example',
);
const type = fc.constantFrom<dns.RecordType>(
  'A',
  'AAAA',
  'CNAME',
  'TXT',
  'NS',
  'SOA',
  'CAA',
  'AXFR',
  'IXFR',
);
const record = fc.oneof(
  fc.record({ name, type: fc.constant('CNAME' as const), ttl: fc.nat(), data: name }),
  fc.record({ name, type: fc.constant('NS' as const), ttl: fc.nat(), data: name }),
  fc.record({ name, type: fc.constant('A' as const), ttl: fc.nat(), data: fc.ipV4() }),
  fc.record({
    name,
    type: fc.constant('TXT' as const),
    ttl: fc.nat(),
    data: fc.array(fc.string()),
  }),
);
const soa = fc.record({
  name,
  type: fc.constant('SOA' as const),
  ttl: fc.nat(),
  data: fc.record({ mname: name, rname: name, serial: fc.nat() }),
});
const edns = fc.record({
  type: fc.constant('OPT' as const),
  name: fc.constant('.' as const),
  udpPayloadSize: fc.nat({ max: 65_535 }),
  extendedRcode: fc.nat({ max: 255 }),
  ednsVersion: fc.constantFrom(0, 0, 1),
  flags: fc.constantFrom(0, 0x80_00),
  flag_do: fc.boolean(),
  options: fc.constant([]),
});

/** Packets that others write, some with names that point to names that point to names. */
export function dnsPackets(kind: 'query' | 'response'): fc.Arbitrary<Uint8Array> {
  const packet = fc
    .record({
      type: fc.constant(kind),
      id: fc.nat({ max: 65_535 }),
      flags: fc.constantFrom(0, dns.RECURSION_DESIRED, dns.TRUNCATED_RESPONSE, 1 << 11, 3),
      questions: fc.array(fc.record({ name, type, class: fc.constant('IN' as const) }), {
        minLength: 1,
        maxLength: 1,
      }),
      answers: fc.array(record, { maxLength: kind === 'query' ? 1 : 4 }),
      authorities: fc.oneof(fc.constant([]), fc.array(fc.oneof(soa, record), { maxLength: 1 })),
      additionals: fc.array(fc.oneof(edns, record), { maxLength: 2 }),
    })
    .map((each) => Uint8Array.from(dns.encode(each as dns.Packet)));
  return fc.oneof(packet, packet, packet, pointers(kind), anyBytes);
}

/** A chain of pointers in the data of the first record, and records whose names begin at its end. */
function pointers(kind: 'query' | 'response'): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.integer({ min: 1, max: 8_000 }), fc.nat({ max: 2_500 }))
    .map(([links, records]) => {
      const head = Buffer.from(
        dns.encode({ type: kind, id: 1, questions: [{ name: 'a', type: 'A' }] }),
      );
      const first = Buffer.alloc(11 + 2 * links);
      first.set([0, 0, 10, 0, 1]);
      first.writeUInt16BE(2 * links, 9);
      let last = 12;
      for (let link = 0; link < links; link += 1) {
        first.writeUInt16BE(0xc0_00 | last, 11 + 2 * link);
        last = head.length + 11 + 2 * link;
      }
      const one = Buffer.from([0, 0, 0, 2, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0]);
      one.writeUInt16BE(0xc0_00 | last, 0);
      one.writeUInt16BE(0xc0_00 | last, 12);
      const packet = Buffer.concat([head, first, ...Array<Buffer>(records).fill(one)]);
      packet.writeUInt16BE(1 + records, 6);
      return Uint8Array.from(packet).subarray(0, 65_507);
    });
}

export const dnsWords = [
  '\xc0\x0c',
  '\xc0\x00',
  '\xff\xff',
  '\0\x01',
  '\0\x05\0\x01',
  '\0\0\x29\x04\xd0',
  '\x3f',
  '\x40',
  '\x01a\x07example\0',
  '\x03www',
  '\0\xfc',
  '\0\xff',
  '\0\0\0\0',
];
