import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { freePort } from '../../test/loopback.ts';
import { holdSocket } from './held-socket.ts';
import { RefusedStart } from './refused-start.ts';

const server =
  "require('node:http').createServer((_, response) => response.end('served')).listen({ fd: 3 }, () => process.send?.('listening'))";

test('connections wait while the process that listens is started again', async (t) => {
  const port = await freePort();
  const socket = await holdSocket('--listen', { host: '127.0.0.1', port });
  const start = async () => {
    const child = spawn(process.execPath, ['-e', server], {
      stdio: ['ignore', 'ignore', 'inherit', socket, 'ipc'],
    });
    t.after(() => child.kill('SIGKILL'));
    await once(child, 'message');
    return child;
  };
  const first = await start();
  first.kill('SIGKILL');
  await once(first, 'exit');
  const asked = fetch(`http://127.0.0.1:${port}/`);
  await start();
  assert.equal(await (await asked).text(), 'served');
});

test('a port that is taken is refused in one line', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  t.after(() => taken.close());
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await assert.rejects(
    holdSocket('--listen', { host: '127.0.0.1', port }),
    new RefusedStart(`--listen: 127.0.0.1:${port} is in use by another process`),
  );
});

test('an address of another machine is refused in one line', async () => {
  await assert.rejects(
    holdSocket('--http', { host: '192.0.2.1', port: 4580 }),
    new RefusedStart('--http: 192.0.2.1:4580 cannot be bound on this machine'),
  );
});
