import * as dns from 'dns-packet';
import { answer, rcodes, type Answer } from '../../../src/dns/answer.ts';
import {
  formatAnswer,
  formatRefusal,
  formatTruncation,
  parseQuery,
} from '../../../src/dns/message.ts';
import { soaOf, zonesOf } from '../../../src/dns/test-zones.ts';
import { isTransfer, transferResponder } from '../../../src/dns/transfer.ts';
import { must, type Target } from '../target.ts';
import { dnsPackets, dnsWords } from './dns-packets.ts';

const source = zonesOf({
  'a.example': {
    'a.example': [['A', '192.0.2.1']],
    'www.a.example': [['CNAME', 'a.example']],
    '*.w.a.example': [['TXT', ['x'.repeat(255), 'y'.repeat(255), 'z'.repeat(255)]]],
    '_x.a.example': [['CNAME', 'circle.b.example']],
    'sub.a.example': [['NS', 'ns.sub.a.example']],
    'ns.sub.a.example': [['A', '192.0.2.2']],
  },
  'b.example': { 'circle.b.example': [['CNAME', '_x.a.example']] },
});

const secondary = '192.0.2.53';
const given = {
  soa: { ...soaOf(7), name: 'a.example' },
  records: Array.from({ length: 40 }, (_, n) => ({
    name: `n${n}.a.example`,
    type: 'TXT' as const,
    ttl: 60,
    data: Array<string>(n).fill('x'.repeat(100)),
  })),
};
const respondToTransfer = transferResponder({
  secondaries: [{ host: secondary, port: 53 }],
  source: {
    transferOf: async (name) => (name === 'a.example' ? given : undefined),
    serials: async () => new Map(),
  },
});

export const dnsTarget: Target = {
  about: 'DNS queries, through the answerer of authoritative zones',
  inputs: dnsPackets('query'),
  maxBytes: 65_507,
  words: dnsWords,
  async start() {
    return {
      async take(bytes) {
        const packet = Buffer.from(bytes);
        const query = parseQuery(packet);
        if (query === undefined) return;
        if (query.refusal !== undefined || query.question === undefined) {
          check(packet, formatRefusal(query, query.refusal ?? rcodes.formatError));
          return;
        }
        if (isTransfer(query)) {
          const from = { address: secondary, isTcp: packet.length % 4 > 0 };
          const messages = [...(await respondToTransfer(query, from))].map((each) =>
            check(packet, each),
          );
          must(from.isTcp || messages.length === 1, 'a datagram is answered with one');
          const refusals = await respondToTransfer(query, { ...from, address: '192.0.2.54' });
          for (const refusal of refusals)
            must((check(packet, refusal).flags ?? 0) % 16 === rcodes.refused, 'others get nothing');
          return;
        }
        const found: Answer = await answer(source, query.question);
        const whole = check(packet, formatAnswer(query, found, 'tcp'));
        must((whole.flags ?? 0) % 16 === found.rcode % 16, 'the code of the answer');
        const short = formatAnswer(query, found, 'udp');
        check(packet, short);
        must(short.length <= 1_232, 'an answer over UDP never needs fragments');
        const truncation = formatTruncation(query);
        check(packet, truncation);
        must(truncation.length <= packet.length + 11, 'a truncation does not amplify');
      },
      async [Symbol.asyncDispose]() {},
    };
  },
};

/** Another reads what we write; the question is repeated octet by octet. */
function check(query: Buffer, response: Buffer): dns.DecodedPacket {
  const decoded = dns.decode(response);
  must(decoded.flag_qr, 'an answer is an answer');
  must(decoded.id === query.readUInt16BE(0), 'an answer has the id of its query');
  const octets = response.subarray(12, questionEnd(response));
  if (response.readUInt16BE(4) === 1)
    must(octets.equals(query.subarray(12, 12 + octets.length)), 'the question is repeated');
  return decoded;
}

/** Where type and class of the first question end; our own answers have no pointer in it. */
function questionEnd(packet: Buffer): number {
  let at = 12;
  for (let length = packet[at] ?? 0; length > 0; length = packet[at] ?? 0) at += 1 + length;
  return at + 5;
}
