import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../test/loopback.ts';
import { Asked, versions } from './test-client.ts';
import { worldBefore } from './test-recording-target.ts';
import { TestWorld, closed, connectTls, until } from './test-world.ts';

for (const version of versions)
  suite(`over ${version}`, () => {
    test('trailers pass both ways', async () => {
      let seen: unknown;
      await using world = await TestWorld.start(async (request, response) => {
        const body = await text(request);
        seen = [body, request.trailers];
        response.writeHead(200, { trailer: 'x-sum' });
        response.write('done');
        response.addTrailers({ 'x-sum': '2', 'content-length': '1' });
        response.end();
      });
      using asked = new Asked(version, world.port, {
        method: 'POST',
        headers: { trailer: 'x-count' },
        hasBody: true,
        trailers: { 'x-count': '1' },
      });
      asked.body.end('body');
      const { text: got, trailers } = await asked.answer();
      assert.deepEqual(seen, ['body', { 'x-count': '1' }]);
      assert.deepEqual([got, trailers], ['done', { 'x-sum': '2' }]);
    });

    test('a client that waits for a 100 gets the target’s, and sends the body then', async () => {
      const steps: string[] = [];
      const { server, port } = await startServer();
      server.on('checkContinue', async (request: IncomingMessage, response: ServerResponse) => {
        steps.push('asked');
        response.writeContinue();
        response.end(`got ${await text(request)}`);
      });
      await using world = await worldBefore({ port });
      using asked = new Asked(version, world.port, {
        method: 'POST',
        headers: { expect: '100-continue', 'content-length': '4' },
        hasBody: true,
      });
      if ('flushHeaders' in asked.body) (asked.body.flushHeaders as () => void)();
      await once(asked.body, 'continue');
      steps.push('continue');
      asked.body.end('body');
      assert.equal((await asked.answer()).text, 'got body');
      assert.deepEqual(steps, ['asked', 'continue']);
      server.close();
    });

    test('a client that waits for a 100 gets the answer of a target that does not want the body', async () => {
      const { server, port } = await startServer();
      server.on('checkContinue', (_request, response: ServerResponse) => {
        response.writeHead(413, { 'content-length': '2' }).end('no');
      });
      await using world = await worldBefore({ port });
      using asked = new Asked(version, world.port, {
        method: 'POST',
        headers: { expect: '100-continue', 'content-length': '4' },
        hasBody: true,
      });
      asked.body.on('continue', () => assert.fail('it was told to go on'));
      if ('flushHeaders' in asked.body) (asked.body.flushHeaders as () => void)();
      const { status, text: got } = await asked.answer();
      assert.deepEqual([status, got], [413, 'no']);
      server.close();
    });

    test('a client that waits for a 100 of a target that knows none is told to go on by the gateway', async () => {
      const { server, port } = await startRaw(async (socket) => {
        for await (const chunk of socket)
          if (String(chunk).includes('body'))
            return void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood');
      });
      await using world = await worldBefore({ port });
      using asked = new Asked(version, world.port, {
        method: 'POST',
        headers: { expect: '100-continue', 'content-length': '4' },
        hasBody: true,
      });
      if ('flushHeaders' in asked.body) (asked.body.flushHeaders as () => void)();
      await once(asked.body, 'continue');
      asked.body.end('body');
      assert.equal((await asked.answer()).text, 'good');
      server.close();
    });

    test('interim answers are passed on in their order, and the answer after them', async () => {
      await using world = await TestWorld.start((_request, response) => {
        response.writeProcessing();
        response.writeEarlyHints({ link: '</a.css>; rel=preload' }, () => response.end('late'));
      });
      using asked = new Asked(version, world.port);
      const { status, text: got } = await asked.answer();
      assert.deepEqual([status, got], [200, 'late']);
      assert.deepEqual(
        asked.interim.map((each) => [each.status, each.headers['link']]),
        [
          [102, undefined],
          [103, '</a.css>; rel=preload'],
        ],
      );
    });

    test('a target that informs without end is broken off', async () => {
      const { server, port } = await startRaw(async (socket) => {
        while (socket.writable) {
          socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(1_000));
          await sleep(1);
        }
      });
      await using world = await worldBefore({ port });
      using asked = new Asked(version, world.port);
      assert.equal((await asked.answer()).status, 502);
      server.close();
    });

    test('an answer that comes before the body has ended reaches the client, which may stop', async () => {
      await using world = await TestWorld.start((_request, response) => {
        response.writeHead(413, { connection: 'close' }).end('too much');
      });
      using asked = new Asked(version, world.port, { method: 'POST', hasBody: true });
      asked.body.write('some');
      const { status, text: got } = await asked.answer();
      assert.deepEqual([status, got], [413, 'too much']);
    });

    test('a target that resets the connection before it answers is a 502', async () => {
      const { server, port } = await startRaw((socket) => socket.resetAndDestroy());
      await using world = await worldBefore({ port });
      using asked = new Asked(version, world.port);
      const { status, headers } = await asked.answer();
      assert.deepEqual([status, headers['server']], [502, 'holdfast']);
      server.close();
    });

    test('a target that resets the connection amid its answer breaks it off for the client', async () => {
      const { server, port } = await startRaw((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n', () =>
          setTimeout(() => socket.resetAndDestroy(), 20),
        );
      });
      await using world = await worldBefore({ port });
      using asked = new Asked(version, world.port);
      assert.equal((await asked.head()).status, 200);
      await assert.rejects(asked.answer());
      server.close();
    });

    test('an answer that the end of the connection ends is whole', async () => {
      const { server, port } = await startRaw((socket) =>
        socket.end('HTTP/1.1 200 OK\r\n\r\nwhole'),
      );
      await using world = await worldBefore({ port });
      using asked = new Asked(version, world.port);
      assert.equal((await asked.answer()).text, 'whole');
      server.close();
    });

    test('a client that goes away takes its request away from the target', async () => {
      const held = Promise.withResolvers<ServerResponse>();
      await using world = await TestWorld.start((_request, response) => held.resolve(response));
      using asked = new Asked(version, world.port);
      const gone = once(await held.promise, 'close');
      asked[Symbol.dispose]();
      await gone;
    });

    test('a client that stops amid the body is a 408, a target that stops a 504, and nobody to ask a 503', async () => {
      let isGone = false;
      await using world = await TestWorld.start(
        (request) => void request.resume().on('close', () => (isGone = true)),
        { state: (all) => quick(all) },
      );
      using late = new Asked(version, world.port, { method: 'POST', hasBody: true });
      late.body.write('some');
      assert.equal((await late.answer()).status, 408);
      await until(() => isGone);
      using slow = new Asked(version, world.port);
      assert.equal((await slow.answer()).status, 504);
      world.controlPlane.put({ ...world.state(), TargetGroups: [] });
      await until(async () => {
        using asked = new Asked(version, world.port);
        return (await asked.answer()).status === 503;
      });
    });

    test('answers without a body are as long as they say', async () => {
      await using world = await TestWorld.start(({ url, method }, response) => {
        if (method === 'HEAD') response.writeHead(200, { 'content-length': '7' }).end();
        else response.writeHead(Number(url?.slice(1))).end();
      });
      for (const status of [204, 304]) {
        using asked = new Asked(version, world.port, { path: `/${status}` });
        const answer = await asked.answer();
        assert.deepEqual([answer.status, answer.text], [status, '']);
      }
      using asked = new Asked(version, world.port, { method: 'HEAD' });
      const answer = await asked.answer();
      assert.deepEqual([answer.headers['content-length'], answer.text], ['7', '']);
    });
  });

test('a client that has said all and closes its side gets the answer over TCP; over TLS that ends the connection (RFC 5246 §7.2.1)', async () => {
  await using world = await TestWorld.start((_request, response) => {
    setTimeout(() => response.end('answer'), 50);
  });
  const plainPort = await freePort();
  const [listener = assert.fail()] = world.state().Listeners;
  const plain = {
    ListenerArn: 'plain',
    Protocol: 'HTTP',
    Port: plainPort,
    Certificates: [],
  } as const;
  world.controlPlane.put({ ...world.state(), Listeners: [listener, { ...listener, ...plain }] });
  const ask = async (socket: Socket): Promise<string> => {
    let got = '';
    socket.on('error', () => {}).on('data', (data) => (got += String(data)));
    socket.end('GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n');
    await closed(socket);
    return got;
  };
  await until(async () => /^HTTP\/1\.1 200 [^]*answer$/.test(await ask(connect(plainPort))));
  assert.equal(await ask((await connectTls(world.port, 'TLSv1.3')).socket), '');
});

test('a kept connection whose answer ended while the client was slow takes the next request', async () => {
  let connections = 0;
  // Read by the gateway in one piece, and more than a client takes at once.
  const body = Buffer.alloc(64 * 1024);
  const { server, port } = await startRaw(async (socket) => {
    connections += 1;
    socket.setNoDelay(true);
    for await (const _ of socket) {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`);
      await sleep(20);
      socket.write(body);
    }
  });
  await using world = await worldBefore({ port });
  for (let n = 0; n < 3; n += 1) {
    using asked = new Asked('HTTP/1.1', world.port);
    assert.equal((await asked.answer()).text.length, body.length);
  }
  assert.equal(connections, 1);
  server.close();
});

function quick(world: TestWorld) {
  return { ...world.state(), Attributes: { 'idle_timeout.timeout_seconds': '1' } };
}

async function startServer() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

/** A target that does as it likes once it has been asked. */
async function startRaw(handle: (socket: Socket) => unknown) {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('readable', () => void handle(socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}
