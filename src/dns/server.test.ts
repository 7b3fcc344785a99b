import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import * as dns from 'dns-packet';
import { silentLog } from '../lib/log.ts';
import { frames, inFrame } from './frames.ts';
import { createDnsServer, DnsBindError, type DnsServerOptions } from './server.ts';
import { zonesOf } from './test-zones.ts';

const source = zonesOf({
  'a.example': {
    'www.a.example': [
      ['A', '192.0.2.1'],
      ['AAAA', '2001:db8::1'],
    ],
    'alias.a.example': [['CNAME', 'www.a.example']],
    'text.a.example': [['TXT', [Buffer.from('one'), Buffer.from('two')]]],
    'mail.a.example': [['MX', { preference: 10, exchange: 'mx.a.example' }]],
    'srv.a.example': [['SRV', { priority: 1, weight: 2, port: 3, target: 'www.a.example' }]],
    'caa.a.example': [['CAA', { flags: 128, tag: 'issue', value: 'ca.example' }]],
    'big.a.example': Array.from({ length: 200 }, (_, n) => ['A', `198.51.100.${n}`] as const),
  },
});

function start(options: Partial<DnsServerOptions> = {}) {
  return createDnsServer({ host: '127.0.0.1', port: 0, source, log: silentLog, ...options });
}

function resolverAt(port: number): Resolver {
  const resolver = new Resolver({ timeout: 60_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${port}`]);
  return resolver;
}

function query(name: string, id = 1): Buffer {
  return dns.encode({ type: 'query', id, questions: [{ name, type: 'A' }] });
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** However it comes: by an end or by a reset. */
function closing(socket: Socket): Promise<void> {
  socket.on('error', () => undefined);
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

async function readFrames(socket: Socket, count: number): Promise<dns.DecodedPacket[]> {
  const found: dns.DecodedPacket[] = [];
  for await (const frame of frames(socket, 65_535)) {
    found.push(dns.decode(frame));
    if (found.length === count) break;
  }
  return found;
}

test('an ordinary resolver reads every type that is served', async () => {
  await using server = await start();
  const resolver = resolverAt(server.port);
  assert.deepEqual(await resolver.resolve4('www.a.example'), ['192.0.2.1']);
  assert.deepEqual(await resolver.resolve6('www.a.example'), ['2001:db8::1']);
  assert.deepEqual(await resolver.resolve4('alias.a.example'), ['192.0.2.1']);
  assert.deepEqual(await resolver.resolveCname('alias.a.example'), ['www.a.example']);
  assert.deepEqual(await resolver.resolveTxt('text.a.example'), [['one', 'two']]);
  assert.equal((await resolver.resolveMx('mail.a.example'))[0]?.exchange, 'mx.a.example');
  assert.equal((await resolver.resolveSrv('srv.a.example'))[0]?.port, 3);
  assert.equal((await resolver.resolveCaa('caa.a.example'))[0]?.issue, 'ca.example');
  assert.equal((await resolver.resolveSoa('a.example')).minttl, 300);
  await assert.rejects(resolver.resolve4('none.a.example'), { code: 'ENOTFOUND' });
  await assert.rejects(resolver.resolveMx('www.a.example'), { code: 'ENODATA' });
  await assert.rejects(resolver.resolve4('www.b.example'), { code: 'EREFUSED' });
});

test('what UDP cannot carry comes over TCP', async () => {
  await using server = await start();
  assert.equal((await resolverAt(server.port).resolve4('big.a.example')).length, 200);
});

test('queries in a row on one connection are all answered', async () => {
  await using server = await start();
  const socket = await open(server.port);
  const all = Buffer.concat([1, 2, 3].map((id) => inFrame(query('www.a.example', id))));
  // In two pieces that cut a length in half.
  socket.write(all.subarray(0, all.length / 3 + 1));
  setTimeout(() => socket.write(all.subarray(all.length / 3 + 1)), 20);
  const ids = (await readFrames(socket, 3)).map((answer) => answer.id);
  assert.deepEqual(ids, [1, 2, 3]);
});

test('a connection that does not come to a query is closed', async () => {
  await using server = await start({ idleMilliseconds: 100 });
  const silent = await open(server.port);
  const trickling = await open(server.port);
  const closed = Promise.all([closing(silent), closing(trickling)]);
  const drip = setInterval(() => trickling.write('\0'), 30);
  await closed;
  clearInterval(drip);
});

test('connections over the limit are closed at once, the others served', async () => {
  await using server = await start({ maxConnections: 1 });
  const first = await open(server.port);
  const second = await open(server.port);
  await closing(second);
  first.write(inFrame(query('www.a.example')));
  assert.equal((await readFrames(first, 1)).length, 1);
});

test('rubbish over UDP and TCP leaves the server answering', async () => {
  await using server = await start();
  const udp = createSocket('udp4');
  udp.send(Buffer.from('rubbish'), server.port, '127.0.0.1');
  udp.send(Buffer.alloc(500, 0xc0), server.port, '127.0.0.1');
  const tcp = await open(server.port);
  const closed = closing(tcp);
  tcp.write(Buffer.alloc(100_000, 0xff));
  await closed;
  udp.close();
  assert.deepEqual(await resolverAt(server.port).resolve4('www.a.example'), ['192.0.2.1']);
});

test('a source that fails is SERVFAIL, and says so in the log only', async () => {
  const lines: string[] = [];
  await using server = await start({
    source: { ...source, zoneFor: () => Promise.reject(new Error('the disk is gone')) },
    log: { ...silentLog, error: (message) => lines.push(message) },
  });
  await assert.rejects(resolverAt(server.port).resolve4('www.a.example'), { code: 'ESERVFAIL' });
  assert.ok(lines.includes('a DNS query could not be answered'));
});

test('an address in use gives one clear error', async () => {
  await using server = await start();
  const { port } = server;
  await assert.rejects(start({ port }), (error) => {
    assert.ok(error instanceof DnsBindError);
    assert.equal(error.message, `cannot serve DNS on 127.0.0.1 port ${port}: the port is in use`);
    return true;
  });
});

test('the end of the server ends its connections', async () => {
  const server = await start();
  const socket = await open(server.port);
  await Promise.all([closing(socket), server[Symbol.asyncDispose]()]);
});

test('a client that has had enough answers over UDP is sent to TCP', async () => {
  const asked: string[] = [];
  const rate = { take: (address: string) => asked.push(address) === 0 };
  await using server = await start({ rate });
  const socket = createSocket('udp4');
  const answered = once(socket, 'message') as Promise<[Buffer]>;
  socket.send(query('www.a.example'), server.port, '127.0.0.1');
  const [packet] = await answered;
  socket.close();
  const { flag_tc, answers } = dns.decode(packet);
  assert.deepEqual(
    { flag_tc, answers, asked },
    { flag_tc: true, answers: [], asked: ['127.0.0.1'] },
  );
  assert.deepEqual(await resolverAt(server.port).resolve4('www.a.example'), ['192.0.2.1']);
});
