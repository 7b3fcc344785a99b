import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freePort } from '../../test/loopback.ts';
import { silentLog } from '../lib/log.ts';
import { serveMetrics } from './metrics-server.ts';
import { CannotStart } from './under-supervisor.ts';

test('GET and HEAD of /metrics are answered, and nothing else', async () => {
  const at = { host: '127.0.0.1', port: await freePort() };
  await using _server = await serveMetrics(at, async () => '# EOF\n', silentLog);
  const ask = (path: string, method = 'GET') =>
    fetch(`http://127.0.0.1:${at.port}${path}`, { method });
  assert.equal(await (await ask('/metrics')).text(), '# EOF\n');
  assert.equal((await ask('/metrics', 'HEAD')).headers.get('content-length'), '6');
  for (const [path, method] of [
    ['/', 'GET'],
    ['/metrics/', 'GET'],
    ['/metrics', 'POST'],
  ] as const)
    assert.equal((await ask(path, method)).status, 404);
});

test('who comes when metrics cannot be collected is told to come again', async () => {
  const at = { host: '127.0.0.1', port: await freePort() };
  const collect = () => Promise.reject(new Error('the store is away'));
  await using _server = await serveMetrics(at, collect, silentLog);
  const { status, headers } = await fetch(`http://127.0.0.1:${at.port}/metrics`);
  assert.deepEqual([status, headers.get('retry-after')], [503, '5']);
});

test('a port that is in use is said in one line', async () => {
  const at = { host: '127.0.0.1', port: await freePort() };
  await using _server = await serveMetrics(at, async () => '', silentLog);
  await assert.rejects(
    serveMetrics(at, async () => '', silentLog),
    (error: Error) =>
      error instanceof CannotStart &&
      error.message === `--metrics: 127.0.0.1:${at.port} cannot be bound (EADDRINUSE)`,
  );
});
