import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { silentLog } from '../../lib/log.ts';
import { createPlainServer, type PlainServer } from './plain-server.ts';

const crl = Buffer.from([0x30, 0x03, 0x02, 0x01, 0x01]);
let now = Temporal.Instant.from('2026-11-24T12:00:00Z');
const list = {
  der: crl,
  thisUpdate: Temporal.Instant.from('2026-11-24T11:30:00Z'),
  nextUpdate: Temporal.Instant.from('2026-12-01T12:00:00Z'),
};

async function listening(): Promise<{ server: PlainServer; url: string }> {
  const server = createPlainServer({
    crl: async (issuerId) => {
      if (issuerId === 'broken') throw new Error('the store is away');
      return issuerId === 'ca-1' ? list : undefined;
    },
    roots: async () => 'a root\n',
    clock: { now: () => now, monotonic: () => 0 },
    log: silentLog,
  });
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  return { server, url: `http://127.0.0.1:${port}` };
}

void suite('the plain-HTTP listener', () => {
  void test('serves CRLs, and their length to HEAD', async () => {
    const { server, url } = await listening();
    await using _stopping = server;
    const answer = await fetch(`${url}/crl/ca-1.crl`);
    assert.equal(answer.headers.get('content-type'), 'application/pkix-crl');
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), crl);
    const head = await fetch(`${url}/crl/ca-1.crl`, { method: 'HEAD' });
    assert.equal(head.headers.get('content-length'), '5');
  });

  void test('says for how long a list can be kept: minutes, and never longer than it holds', async () => {
    const { server, url } = await listening();
    await using _stopping = server;
    const { headers } = await fetch(`${url}/crl/ca-1.crl`);
    const directives = 'public, no-transform, must-revalidate';
    assert.equal(headers.get('cache-control'), `${directives}, max-age=300`);
    assert.equal(headers.get('last-modified'), 'Tue, 24 Nov 2026 11:30:00 GMT');
    assert.equal(headers.get('expires'), 'Tue, 01 Dec 2026 12:00:00 GMT');
    const before = now;
    for (const [late, seconds] of [
      ['2026-12-01T11:59:00Z', 60],
      ['2026-12-02T00:00:00Z', 0],
    ] as const) {
      now = Temporal.Instant.from(late);
      const answer = await fetch(`${url}/crl/ca-1.crl`);
      assert.equal(answer.headers.get('cache-control'), `${directives}, max-age=${seconds}`);
    }
    now = before;
  });

  void test('does not send again what the client has, by its tag', async () => {
    const { server, url } = await listening();
    await using _stopping = server;
    const first = await fetch(`${url}/crl/ca-1.crl`);
    const etag = first.headers.get('etag') ?? '';
    assert.match(etag, /^"[\w-]{43}"$/);
    for (const known of [etag, `"other", W/${etag}`, '*']) {
      const again = await fetch(`${url}/crl/ca-1.crl`, { headers: { 'if-none-match': known } });
      assert.equal(again.status, 304, known);
      assert.equal(again.headers.get('etag'), etag);
      assert.equal(await again.text(), '');
    }
    const date = first.headers.get('last-modified') ?? '';
    for (const headers of [{ 'if-none-match': '"other"' }, { 'if-modified-since': date }])
      assert.equal((await fetch(`${url}/crl/ca-1.crl`, { headers })).status, 200);
  });

  void test('serves the roots, with a tag', async () => {
    const { server, url } = await listening();
    await using _stopping = server;
    const answer = await fetch(`${url}/ca.pem`);
    assert.equal(answer.headers.get('content-type'), 'application/pem-certificate-chain');
    assert.equal(await answer.text(), 'a root\n');
    const known = { 'if-none-match': answer.headers.get('etag') ?? '' };
    assert.equal((await fetch(`${url}/ca.pem`, { headers: known })).status, 304);
  });

  void test('knows nothing else', async () => {
    const { server, url } = await listening();
    await using _stopping = server;
    for (const path of ['/', '/crl/other.crl', '/crl/../crl/ca-2.crl', '/crl/ca-1', '/health']) {
      const answer = await fetch(`${url}${path}`);
      assert.equal(answer.status, 404, path);
      assert.equal(await answer.text(), '');
    }
    assert.equal((await fetch(`${url}/crl/ca-1.crl`, { method: 'POST', body: 'x' })).status, 404);
  });

  void test('asks to try later when the CRL cannot be read', async () => {
    const { server, url } = await listening();
    await using _stopping = server;
    const answer = await fetch(`${url}/crl/broken.crl`);
    assert.equal(answer.status, 503);
    assert.equal(await answer.text(), '');
  });
});
