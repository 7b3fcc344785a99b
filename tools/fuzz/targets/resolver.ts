import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import * as dns from 'dns-packet';
import { NoAnswer } from '../../../src/dns/exchange.ts';
import { createResolver } from '../../../src/dns/resolver.ts';
import { zonesOf } from '../../../src/dns/test-zones.ts';
import { freePort } from '../../../test/loopback.ts';
import { systemRandom } from '../../../src/lib/random.ts';
import { must, type Subject, type Target } from '../target.ts';
import { dnsPackets, dnsWords } from './dns-packets.ts';

export const resolverTarget: Target = {
  about: 'answers of name servers, over UDP and TCP, to the resolver',
  inputs: dnsPackets('response'),
  maxBytes: 65_507,
  words: dnsWords,
  start,
};

async function start(): Promise<Subject> {
  let input: Buffer = Buffer.alloc(0);
  const port = await freePort();
  const udp = createSocket('udp4').bind(port, '127.0.0.1');
  const tcp = createServer().listen(port, '127.0.0.1');
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')]);
  // The last answer is good, so that nobody waits for another.
  udp.on('message', (query, { port: asker, address }) => {
    for (const answer of [asAnswer(input, query), goodAnswer(query)])
      udp.send(answer, asker, address);
  });
  tcp.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.once('data', (query: Buffer) => {
      for (const answer of [asAnswer(input, query.subarray(2)), goodAnswer(query.subarray(2))])
        socket.write(framed(answer));
    });
  });
  const resolver = createResolver({
    own: zonesOf({}),
    upstream: [{ host: '127.0.0.1', port }],
    random: systemRandom,
  });
  return {
    async take(bytes) {
      input = Buffer.from(bytes);
      const chain = await resolver.resolveCname(nameIn(input)).catch((error: unknown) => {
        if (!(error instanceof NoAnswer)) throw error;
        return [];
      });
      must(chain.length <= 5, 'no more CNAMEs are followed than ACM follows');
      must(
        chain.every((name) => name.length <= 1_024),
        'a name has an end',
      );
    },
    async [Symbol.asyncDispose]() {
      udp.close();
      tcp.close();
    },
  };
}

/** Asked for, so that the answer is one to the question: what its own question says, if a name of a host. */
function nameIn(packet: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; (packet[at] ?? 0) > 0; at += 1 + (packet[at] ?? 0))
    labels.push(packet.toString('latin1', at + 1, at + 1 + (packet[at] ?? 0)));
  const name = labels.join('.');
  return /^(?:[a-z0-9_-]{1,63}\.){1,3}[a-z0-9-]{1,63}$/i.test(name) ? name : 'a.example';
}

/** With the id of the query, and its type where the question ends. */
function asAnswer(packet: Buffer, query: Buffer): Buffer {
  if (packet.length < 12) return packet;
  const answer = Buffer.from(packet);
  query.copy(answer, 0, 0, 2);
  const end = answer.indexOf(0, 12);
  if (end > 0 && end + 5 <= answer.length) answer.writeUInt16BE(cnameType, end + 1);
  return answer;
}

const cnameType = 5;

/** That there is no such name. */
function goodAnswer(query: Buffer): Buffer {
  const { id = 0, questions = [] } = dns.decode(query);
  return dns.encode({ type: 'response', id, flags: 3, questions });
}

function framed(packet: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(packet.length);
  return Buffer.concat([length, packet]);
}
