import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { testTls } from '../aws/test-edge.ts';
import { createOutbound, OutboundError, type Outbound } from './index.ts';
import type { Resolve } from './outbound.ts';
import { testCertificate, type TestCertificate } from './test-chain.ts';

const allow = ['127.0.0.1/32'];
const thumbprint = new X509Certificate(testTls.cert).fingerprint.replaceAll(':', '');
const limits = { method: 'GET', maxBytes: 1000, timeoutMilliseconds: 20_000 } as const;

async function serve(
  answer: RequestListener,
  tls: { readonly key: string; readonly cert: string } = testTls,
): Promise<AsyncDisposable & { port: number }> {
  const server = createServer(tls, answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const trusting = (resolve?: Resolve): Outbound =>
  createOutbound({ allow, trustedRoots: testTls.cert }, resolve);

function failing(failure: string): (error: unknown) => boolean {
  return (error) => error instanceof OutboundError && error.failure === failure;
}

void test('a request goes out as it is, and its answer comes back', async () => {
  await using server = await serve((request, response) => {
    request.setEncoding('utf8');
    request.on('data', (text) => {
      response.writeHead(201, { 'x-seen': `${request.method} ${request.url}` });
      response.end(`${text} ${String(request.headers['x-one'])}`);
    });
  });
  const answer = await trusting().send({
    ...limits,
    method: 'POST',
    url: `https://localhost:${server.port}/path?query`,
    headers: { 'x-one': '1' },
    body: Buffer.from('said'),
  });
  assert.equal(answer.status, 201);
  assert.equal(answer.headers['x-seen'], 'POST /path?query');
  assert.equal(Buffer.from(answer.body).toString(), 'said 1');
});

void test('only https URLs without credentials are asked', async () => {
  for (const url of [
    'http://a.test/',
    'file:///etc/passwd',
    'https://u:p@a.test/',
    'https://u@a',
    'x',
  ])
    await assert.rejects(trusting().send({ ...limits, url }), failing('bad-url'), url);
});

void test('names and literals that lead to no public address are not connected to', async () => {
  const never = (): never => assert.fail('connected');
  await using server = await serve(never);
  const outbound = createOutbound({ allow: [], trustedRoots: testTls.cert });
  for (const host of ['localhost', '127.0.0.1', '2130706433', '0x7f.1', '[::1]', '[::ffff:7f00:1]'])
    await assert.rejects(
      outbound.send({ ...limits, url: `https://${host}:${server.port}/` }),
      failing('refused-address'),
      host,
    );
});

void test('a name is resolved once, and only its reachable addresses are connected to', async () => {
  await using server = await serve((_request, response) => response.end('here'));
  let asked = 0;
  const rebinding: Resolve = async () => {
    asked += 1;
    return [
      { address: '127.0.0.9', family: 4 },
      { address: asked === 1 ? '127.0.0.1' : '127.0.0.9', family: 4 },
    ];
  };
  const url = `https://localhost:${server.port}/`;
  const answer = await trusting(rebinding).send({ ...limits, url });
  assert.equal(Buffer.from(answer.body).toString(), 'here');
  assert.equal(asked, 1);
});

void test('a name that cannot be resolved is said to be so', async () => {
  const nowhere: Resolve = () => Promise.reject(new Error('ENOTFOUND'));
  const sent = trusting(nowhere).send({ ...limits, url: 'https://a.test/' });
  await assert.rejects(sent, failing('unresolved'));
});

void test('a redirect is an answer, and not followed', async () => {
  let asked = 0;
  await using server = await serve((_request, response) => {
    asked += 1;
    response.writeHead(302, { location: '/again' }).end();
  });
  const answer = await trusting().send({ ...limits, url: `https://localhost:${server.port}/` });
  assert.equal(answer.status, 302);
  assert.equal(asked, 1);
});

void test('a body beyond its bound is not read to its end', async () => {
  await using server = await serve((_request, response) => {
    const more = (): void => {
      while (response.writable && response.write(Buffer.alloc(1000)));
    };
    response.on('drain', more);
    more();
  });
  const sent = trusting().send({ ...limits, url: `https://localhost:${server.port}/` });
  await assert.rejects(sent, failing('bad-answer'));
});

void test('a server that is slow, in its handshake or in its answer, is given up', async () => {
  await using server = await serve((_request, response) => {
    response.write('one');
  });
  await using mute = createTcpServer((socket) => socket.resume().on('error', () => {}));
  mute.listen(0, '127.0.0.1');
  await once(mute, 'listening');
  for (const port of [server.port, (mute.address() as AddressInfo).port]) {
    const url = `https://localhost:${port}/`;
    const sent = trusting().send({ ...limits, url, timeoutMilliseconds: 300 });
    await assert.rejects(sent, failing('timeout'));
  }
  const mutely: Resolve = () => new Promise(() => {});
  const sent = trusting(mutely).send({
    ...limits,
    url: 'https://a.test/',
    timeoutMilliseconds: 50,
  });
  await assert.rejects(sent, failing('timeout'));
});

void test('a server is trusted by a root, or by the listed certificate at the top of its chain', async () => {
  await using server = await serve((_request, response) => response.end('here'));
  const url = `https://localhost:${server.port}/`;
  const outbound = createOutbound({ allow });
  await assert.rejects(outbound.send({ ...limits, url }), failing('untrusted'));
  const other = '0'.repeat(40);
  await assert.rejects(
    outbound.send({ ...limits, url, thumbprints: [other] }),
    failing('untrusted'),
  );
  for (const listed of [thumbprint, thumbprint.toLowerCase()]) {
    const answer = await outbound.send({ ...limits, url, thumbprints: [other, listed] });
    assert.equal(answer.status, 200);
  }
});

void test('of a chain the certificate at its top is to be listed, and has to have signed what is below', async () => {
  const root = testCertificate('root', { isCa: true });
  const authority = testCertificate('authority', { issuer: root, isCa: true });
  const leaf = testCertificate('leaf', { issuer: authority, isCa: false });
  const expired = testCertificate('expired', {
    issuer: authority,
    isCa: false,
    notAfter: Temporal.Now.instant().subtract({ hours: 24 }),
  });
  const stranger = testCertificate('root', { isCa: true });
  const byStranger = testCertificate('leaf', { issuer: stranger, isCa: false });
  const outbound = createOutbound({ allow });
  const ask = async (
    own: TestCertificate,
    above: readonly TestCertificate[],
    listed: TestCertificate,
  ): Promise<number> => {
    const cert = [own, ...above].map(({ pem }) => pem).join('');
    const key = String(own.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await using server = await serve((_request, response) => response.end(), { key, cert });
    const url = `https://localhost:${server.port}/`;
    return (await outbound.send({ ...limits, url, thumbprints: [listed.thumbprint] })).status;
  };
  assert.equal(await ask(leaf, [authority], authority), 200);
  assert.equal(await ask(leaf, [authority, root], root), 200);
  const untrusted = failing('untrusted');
  await assert.rejects(ask(leaf, [authority, root], authority), untrusted);
  await assert.rejects(ask(leaf, [authority], leaf), untrusted);
  await assert.rejects(ask(leaf, [authority], root), untrusted);
  // Who shows a listed certificate has not been signed by it.
  await assert.rejects(ask(byStranger, [root], root), untrusted);
  await assert.rejects(ask(byStranger, [stranger], root), untrusted);
  await assert.rejects(ask(expired, [authority], authority), untrusted);
});

void test('a certificate for another name is refused, listed or not', async () => {
  await using server = await serve(() => assert.fail('asked'));
  const url = `https://other.test:${server.port}/`;
  const resolve: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];
  await assert.rejects(trusting(resolve).send({ ...limits, url }), failing('untrusted'));
  await assert.rejects(
    createOutbound({ allow }, resolve).send({ ...limits, url, thumbprints: [thumbprint] }),
    failing('untrusted'),
  );
});

void test('an error names the host, and neither path nor query', async () => {
  await using closed = await serve(() => {});
  const { port } = closed;
  await closed[Symbol.asyncDispose]();
  await assert.rejects(
    trusting().send({ ...limits, url: `https://localhost:${port}/secret?token=1` }),
    (error) =>
      failing('unreachable')(error) &&
      error instanceof Error &&
      !/secret|token/.test(error.message),
  );
});
