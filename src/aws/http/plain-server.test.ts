import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { silentLog } from '../../lib/log.ts';
import { createPlainServer, type PlainServer } from './plain-server.ts';

const crl = Buffer.from([0x30, 0x03, 0x02, 0x01, 0x01]);

async function listening(): Promise<{ server: PlainServer; url: string }> {
  const server = createPlainServer({
    crl: async (issuerId) => {
      if (issuerId === 'broken') throw new Error('the store is away');
      return issuerId === 'ca-1' ? crl : undefined;
    },
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
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=300');
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), crl);
    const head = await fetch(`${url}/crl/ca-1.crl`, { method: 'HEAD' });
    assert.equal(head.headers.get('content-length'), '5');
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
