import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { suite, test } from 'node:test';
import { connect as tcpConnect, type Socket } from 'node:net';
import { connect } from 'node:tls';
import { silentLog } from '../../lib/log.ts';
import type { HttpAnswer, HttpRequestLike } from './messages.ts';
import { httpDate } from './http-date.ts';
import { createApiServer } from './server.ts';
import { testTls } from '../test-edge.ts';

const now = Temporal.Instant.from('2026-11-24T12:00:00Z');

interface TestServer extends AsyncDisposable {
  readonly port: number;
  readonly seen: HttpRequestLike[];
  stop(): Promise<void>;
  ask(options: RequestOptions, body?: Uint8Array | string): Promise<Answer>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

async function testServer(
  handle: (request: HttpRequestLike) => Promise<HttpAnswer> = async () => plainAnswer('hello'),
  failing: readonly string[] = [],
): Promise<TestServer> {
  const seen: HttpRequestLike[] = [];
  const server = createApiServer({
    pipeline: {
      handle: (request) => {
        seen.push(request);
        return handle(request);
      },
      refuse: async (_request, error) => plainAnswer(error.kind, 413),
    },
    tls: testTls,
    clock: { now: () => now, monotonic: () => 0 },
    log: silentLog,
    failing: () => failing,
  });
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  const agent = new Agent({ ca: testTls.cert, keepAlive: true });
  const stop = async (): Promise<void> => {
    agent.destroy();
    await server[Symbol.asyncDispose]();
  };
  return {
    port,
    seen,
    stop,
    ask: (options, body) => ask({ host: '127.0.0.1', port, agent, ...options }, body),
    [Symbol.asyncDispose]: stop,
  };
}

function plainAnswer(text: string, status = 200): HttpAnswer {
  return { status, headers: { 'content-type': 'text/plain' }, body: Buffer.from(text) };
}

async function ask(options: RequestOptions, body?: Uint8Array | string): Promise<Answer> {
  const request = httpsRequest(options);
  if (options.headers !== undefined && 'expect' in options.headers) {
    request.flushHeaders();
    request.once('continue', () => request.end(body));
  } else {
    request.end(body);
  }
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response as AsyncIterable<Buffer>) text += chunk.toString();
  return { status: response.statusCode ?? 0, headers: response.headers, body: text };
}

void suite('the HTTPS edge', () => {
  void test('hands on what was received, and answers with the date of its clock', async () => {
    await using server = await testServer();
    const answer = await server.ask(
      { method: 'POST', path: '/a%2Fb?c=d', headers: { 'X-Name': 'one' } },
      'body',
    );
    assert.equal(answer.body, 'hello');
    assert.equal(answer.headers.date, 'Tue, 24 Nov 2026 12:00:00 GMT');
    const [request] = server.seen;
    assert.equal(request?.target, '/a%2Fb?c=d');
    assert.equal(Buffer.from(request!.body).toString(), 'body');
    assert.equal(request?.remoteAddress, '127.0.0.1');
    assert.match(request?.tls?.version ?? '', /^TLSv1\.[23]$/);
    assert.ok(request?.rawHeaders.includes('X-Name'));
  });

  void test('overwrites the answer once it was sent', async () => {
    const sent = plainAnswer('secret');
    await using server = await testServer(async () => sent);
    assert.equal((await server.ask({})).body, 'secret');
    await server.stop();
    assert.ok(sent.body.every((byte) => byte === 0));
  });

  void test('does not overwrite what a slow client has still to read', async () => {
    const long = 'x'.repeat(8 * 1024 * 1024);
    await using server = await testServer(async () => plainAnswer(long));
    const request = httpsRequest({ host: '127.0.0.1', port: server.port, ca: testTls.cert });
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    await new Promise((done) => setTimeout(done, 200));
    let text = '';
    for await (const chunk of response as AsyncIterable<Buffer>) {
      if (text === '') await new Promise((done) => setTimeout(done, 100));
      text += chunk.toString();
    }
    assert.ok(text === long);
  });

  void test('answers /health without asking anybody', async () => {
    await using server = await testServer();
    const answer = await server.ask({ path: '/health' });
    assert.equal(answer.body, '{"status":"ok"}');
    assert.equal((await server.ask({ path: '/health', method: 'HEAD' })).body, '');
    assert.equal(server.seen.length, 0);
  });

  void test('names in /health what fails', async () => {
    await using server = await testServer(undefined, ['store', 'vault']);
    const answer = await server.ask({ path: '/health' });
    assert.equal(answer.status, 503);
    assert.equal(answer.body, '{"status":"degraded","components":["store","vault"]}');
  });

  void test('says to go on when asked, and refuses too long a body before that', async () => {
    await using server = await testServer();
    const headers = { expect: '100-continue', 'content-length': '4' };
    assert.equal((await server.ask({ method: 'POST', headers }, 'body')).body, 'hello');
    const long = { ...headers, 'content-length': String(1024 * 1024 + 1) };
    const answer = await server.ask({ method: 'POST', headers: long });
    assert.equal(answer.status, 413);
    assert.equal(answer.headers.connection, 'close');
    assert.equal(server.seen.length, 1);
  });

  void test('refuses a body whose length is not told as soon as it is too long', async () => {
    await using server = await testServer();
    const request = httpsRequest({
      host: '127.0.0.1',
      port: server.port,
      ca: testTls.cert,
      method: 'POST',
      headers: { 'transfer-encoding': 'chunked' },
    });
    const chunk = Buffer.alloc(64 * 1024);
    for (let index = 0; index < 17; index++) request.write(chunk);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    assert.equal(response.statusCode, 413);
    request.on('error', () => {});
    request.destroy();
    assert.equal(server.seen.length, 0);
  });

  void test('takes 3 MiB for ACM', async () => {
    await using server = await testServer();
    const headers = { 'x-amz-target': 'CertificateManager.ImportCertificate' };
    const body = Buffer.alloc(3 * 1024 * 1024, 'a');
    assert.equal((await server.ask({ method: 'POST', headers }, body)).status, 200);
    assert.equal(server.seen[0]?.body.length, body.length);
  });

  void test('aborts the call when the client goes away', async () => {
    const { promise: aborted, resolve } = Promise.withResolvers<void>();
    await using server = await testServer(
      (request) =>
        new Promise((_resolve, reject) => {
          request.signal.addEventListener('abort', () => {
            resolve();
            reject(new Error('gone'));
          });
        }),
    );
    const request = httpsRequest({ host: '127.0.0.1', port: server.port, ca: testTls.cert });
    request.on('error', () => {});
    request.end();
    while (server.seen.length === 0) await new Promise((done) => setTimeout(done, 5));
    request.destroy();
    await aborted;
  });

  void test('aborts calls and waits for their answers when it stops', async () => {
    await using server = await testServer(
      (request) =>
        new Promise((resolve) => {
          request.signal.addEventListener('abort', () => resolve(plainAnswer('stopped')));
        }),
    );
    const asked = server.ask({ agent: false, ca: testTls.cert });
    while (server.seen.length === 0) await new Promise((done) => setTimeout(done, 5));
    await server.stop();
    assert.equal((await asked).body, 'stopped');
  });

  void test('does not speak TLS 1.1', async () => {
    await using server = await testServer();
    const socket = connect({
      host: '127.0.0.1',
      port: server.port,
      ca: testTls.cert,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1.1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    });
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    assert.match(String(error.code), /SSL|TLS|ECONNRESET/);
  });

  void test('closes on what is no HTTP, and says no more than that it is bad', async () => {
    await using server = await testServer();
    const socket = connect({ host: '127.0.0.1', port: server.port, ca: testTls.cert });
    await once(socket, 'secureConnect');
    socket.write('nonsense\r\n\r\n');
    let text = '';
    for await (const chunk of socket as AsyncIterable<Buffer>) text += chunk.toString();
    assert.equal(text, 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  });
});

void suite('an HTTP date', () => {
  void test('is in the fixed form, for every day and month', () => {
    for (let day = 0; day < 400; day++) {
      const instant = Temporal.Instant.fromEpochMilliseconds(1_700_000_000_000 + day * 86_400_000);
      assert.equal(httpDate(instant), new Date(instant.epochMilliseconds).toUTCString());
    }
  });
});

void suite('the connections', () => {
  void test('are not for one client alone', async () => {
    await using server = createApiServer({
      pipeline: {
        handle: async () => plainAnswer('hello'),
        refuse: async () => plainAnswer('refused'),
      },
      tls: testTls,
      clock: { now: () => now, monotonic: () => 0 },
      log: silentLog,
      maxConnections: 4,
    });
    const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
    const open = async (localAddress: string): Promise<Socket> => {
      const socket = tcpConnect({ host: '127.0.0.1', port, localAddress });
      socket.on('error', () => {});
      await once(socket, 'connect');
      return socket;
    };
    /** Whether hands can be shaken on it. */
    const isServed = (socket: Socket): Promise<boolean> =>
      new Promise((resolve) => {
        const secured = connect({ socket, ca: testTls.cert, host: '127.0.0.1' });
        secured.on('error', () => {});
        secured.once('secureConnect', () => resolve(true));
        secured.once('close', () => resolve(false));
      });
    const kept = [await open('127.0.0.1'), await open('127.0.0.1')];
    assert.equal(await isServed(await open('127.0.0.1')), false);
    assert.ok(kept.every(({ destroyed }) => !destroyed));
    kept.shift()?.destroy();
    // The server learns of it in its own time.
    let next = await open('127.0.0.1');
    while (!(await isServed(next))) next = await open('127.0.0.1');
    for (const socket of [...kept, next]) socket.destroy();
  });
});
