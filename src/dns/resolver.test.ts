import assert from 'node:assert/strict';
import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import * as dns from 'dns-packet';
import { systemRandom } from '../lib/random.ts';
import { frames, inFrame } from './frames.ts';
import { createResolver, type Resolver } from './resolver.ts';
import { zonesOf } from './test-zones.ts';

type Reply = (query: dns.DecodedPacket) => (dns.Packet | Buffer)[];

/** A server that answers as it is told, to see what we believe. */
async function hostileServer(udpReply: Reply, tcpReply: Reply = () => []) {
  const tcp = createServer((socket) => {
    socket.on('error', () => undefined);
    void (async () => {
      for await (const frame of frames(socket, 65_535)) {
        for (const each of tcpReply(dns.decode(frame))) socket.write(inFrame(octets(each)));
      }
    })().catch(() => undefined);
  });
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as AddressInfo;
  const udp = createSocket('udp4');
  const clients: RemoteInfo[] = [];
  udp.on('message', (packet, client) => {
    clients.push(client);
    for (const each of udpReply(dns.decode(packet))) {
      udp.send(octets(each), client.port, client.address);
    }
  });
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  return {
    host: '127.0.0.1',
    port,
    clients,
    async [Symbol.asyncDispose]() {
      udp.close();
      tcp.close();
      await Promise.all([once(udp, 'close'), once(tcp, 'close')]);
    },
  };
}

function octets(reply: dns.Packet | Buffer): Buffer {
  return Buffer.isBuffer(reply) ? reply : dns.encode(reply);
}

function reply(query: dns.DecodedPacket, parts: dns.Packet = {}): dns.Packet {
  return { type: 'response', id: query.id, questions: query.questions, ...parts };
}

function cname(name: string, data: string): dns.Answer {
  return { name, type: 'CNAME', ttl: 60, data };
}

/** Milliseconds: more than a busy machine takes, and as many as one who does not answer is waited for. */
const patience = 60_000;
const briefly = 150;

function resolverOf(
  upstream: { host: string; port: number },
  timeoutMilliseconds = patience,
): Resolver {
  return createResolver({
    own: zonesOf({}),
    upstream: [upstream],
    random: systemRandom,
    timeoutMilliseconds,
    totalMilliseconds: patience,
  });
}

test('what is served here is answered from the zones themselves, the others upstream, along one chain', async () => {
  await using upstream = await hostileServer((query) => [
    reply(query, { answers: [cname('_y.b.test', '_v.acm-validations.test')] }),
  ]);
  const resolver = createResolver({
    own: zonesOf({ 'a.example': { '_x.a.example': [['CNAME', '_Y.b.test']] } }),
    upstream: [upstream],
    random: systemRandom,
    timeoutMilliseconds: patience,
    totalMilliseconds: patience,
  });
  const chain = await resolver.resolveCname('_X.A.example.');
  assert.deepEqual(chain.slice(0, 2), ['_y.b.test', '_v.acm-validations.test']);
});

test('no more than five CNAMEs are followed, also round in a circle', async () => {
  await using upstream = await hostileServer((query) => {
    const [asked] = query.questions ?? [];
    return [reply(query, { answers: [cname(asked?.name ?? '', `x.${asked?.name}`)] })];
  });
  assert.equal((await resolverOf(upstream).resolveCname('a.test')).length, 5);
  await using circle = await hostileServer((query) => [
    reply(query, { answers: [cname('a.test', 'a.test')] }),
  ]);
  assert.equal((await resolverOf(circle).resolveCname('a.test')).length, 5);
});

test('an answer to another question, id or from another place is passed over', async () => {
  const lie = [cname('a.test', 'lie.test')];
  await using upstream = await hostileServer((query) => [
    Buffer.from('rubbish'),
    { ...reply(query, { answers: lie }), id: (query.id ?? 0) ^ 1 },
    { ...reply(query, { answers: lie }), questions: [{ name: 'b.test', type: 'CNAME' }] },
    { ...reply(query, { answers: lie }), questions: [{ name: 'a.test', type: 'A' }] },
    { ...reply(query, { answers: lie }), questions: [] },
    { ...reply(query, { answers: lie }), type: 'query' },
    reply(query, { answers: [cname('b.test', 'lie.test')], flags: 3 }),
  ]);
  assert.deepEqual(await resolverOf(upstream).resolveCname('a.test'), []);
});

test('records of other names in an answer are not taken', async () => {
  await using upstream = await hostileServer((query) => [
    reply(query, {
      answers: [
        cname('b.test', 'lie.test'),
        { name: 'a.test', type: 'TXT', ttl: 60, data: 'lie' },
        { ...cname('a.test', 'lie.test'), class: 'CH' } as dns.Answer,
      ],
    }),
  ]);
  assert.deepEqual(await resolverOf(upstream).resolveCname('a.test'), []);
});

test('two CNAMEs for one name, errors and silence are no answer', async () => {
  const replies: Reply[] = [
    (query) => [
      reply(query, { answers: [cname('a.test', 'one.test'), cname('a.test', 'two.test')] }),
    ],
    (query) => [reply(query, { flags: 2 })],
    (query) => [reply(query, { flags: 5 })],
    () => [],
  ];
  for (const each of replies) {
    await using upstream = await hostileServer(each);
    await assert.rejects(resolverOf(upstream, briefly).resolveCname('a.test'), {
      name: 'NoAnswer',
    });
  }
});

test('an answer of more than 8 KiB is none', async () => {
  const padding = { name: 'b.test', type: 'TXT', ttl: 60, data: ['x'.repeat(200)] } as const;
  await using upstream = await hostileServer((query) => [
    reply(query, { answers: [cname('a.test', 'b.test'), ...Array(40).fill(padding)] }),
  ]);
  await assert.rejects(resolverOf(upstream, briefly).resolveCname('a.test'), { name: 'NoAnswer' });
});

test('a chain of slow answers ends when the time for all of them is over', async () => {
  let asked = 0;
  await using server = await hostileServer((query) => {
    const name = query.questions?.[0]?.name ?? '';
    return [reply(query, { answers: [cname(name, `${++asked}.example`)] })];
  });
  const resolver = createResolver({
    own: {
      ...zonesOf({}),
      // The second name is looked at only when all the time is gone.
      zoneFor: async (name) => {
        if (name === '1.example') await sleep(60);
        return undefined;
      },
    },
    upstream: [server],
    random: systemRandom,
    timeoutMilliseconds: patience,
    totalMilliseconds: 50,
  });
  await assert.rejects(resolver.resolveCname('a.example'), { name: 'NoAnswer' });
  assert.equal(asked, 1);
});

test('a server where nobody listens is no answer', async () => {
  await assert.rejects(resolverOf({ host: '127.0.0.1', port: 1 }).resolveCname('a.test'), {
    name: 'NoAnswer',
  });
});

test('an answer that is cut is asked for again over TCP; one that never comes whole is none', async () => {
  const cut: Reply = (query) => [reply(query, { flags: dns.TRUNCATED_RESPONSE })];
  await using honest = await hostileServer(cut, (query) => [
    reply(query, {
      answers: query.questions?.[0]?.name === 'a.test' ? [cname('a.test', 'b.test')] : [],
    }),
  ]);
  assert.deepEqual(await resolverOf(honest).resolveCname('a.test'), ['b.test']);
  await using silent = await hostileServer(cut);
  await assert.rejects(resolverOf(silent, briefly).resolveCname('a.test'), { name: 'NoAnswer' });
});

test('a lost packet is asked for once more, from another port', async () => {
  let asked = 0;
  await using upstream = await hostileServer((query) =>
    ++asked === 1 ? [] : [reply(query, { flags: 3 })],
  );
  assert.deepEqual(await resolverOf(upstream, 3_000).resolveCname('a.test'), []);
  assert.equal(upstream.clients.length, 2);
  assert.notEqual(upstream.clients[0]?.port, upstream.clients[1]?.port);
});
