/**
 * What the edge costs: POSTs per second of a trivial operation through the pipeline (TLS, SigV4, JSON, policies,
 * audit record) against bare `node:http`, in the same run. The store takes every commit at once, and the
 * clients share the process and its one core.
 *
 *   node bench/edge.ts [seconds]
 */
import { once } from 'node:events';
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import {
  Agent as TlsAgent,
  createServer as createTlsServer,
  request as httpsRequest,
} from 'node:https';
import type { AddressInfo } from 'node:net';
import { createApiServer } from '../src/aws/http/server.ts';
import { systemClock } from '../src/lib/clock.ts';
import { fakeService, signed, testEdge, testTls } from '../src/aws/test-edge.ts';
import { silentLog } from '../src/lib/log.ts';
import { model } from '../src/services/kms/model.ts';

const seconds = Number(process.argv[2] ?? 3);
const inFlight = 32;
const body = Buffer.from('{"KeyId":"1234abcd-12ab-34cd-56ef-1234567890ab"}');

/** Requests per second that `send` gets answered, `inFlight` at a time. */
async function measure(send: () => Promise<void>): Promise<number> {
  const warmUpEnd = performance.now() + 2_000;
  let end = warmUpEnd + seconds * 1000;
  let count = 0;
  const client = async (): Promise<void> => {
    for (let now = performance.now(); now < end; now = performance.now()) {
      await send();
      if (now >= warmUpEnd) count += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, client));
  end = performance.now();
  return count / seconds;
}

function post(
  send: typeof httpRequest | typeof httpsRequest,
  options: RequestOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = send({ host: '127.0.0.1', method: 'POST', ...options }, (response) => {
      response.resume();
      response.once('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`)),
      );
    });
    request.once('error', reject);
    request.end(body);
  });
}

function answerNothing(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  request.once('end', () => response.end('{}'));
}

async function bareHttp(): Promise<number> {
  const server = createServer(answerNothing).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const { port } = server.address() as AddressInfo;
  const rate = await measure(() => post(httpRequest, { port, agent }));
  agent.destroy();
  server.close();
  return rate;
}

async function bareHttps(): Promise<number> {
  const server = createTlsServer(testTls, answerNothing).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const agent = new TlsAgent({ ca: testTls.cert, keepAlive: true, maxSockets: inFlight });
  const { port } = server.address() as AddressInfo;
  const rate = await measure(() => post(httpsRequest, { port, agent }));
  agent.destroy();
  server.close();
  return rate;
}

function edgeOf() {
  const edge = testEdge([
    fakeService(model, 'kms', {
      DescribeKey: async (_input, call) => {
        await call.authorize('kms:DescribeKey', '*');
        return {};
      },
    }),
  ]);
  edge.now = systemClock.now();
  return edge;
}

const toSign = { service: 'kms', target: 'TrentService.DescribeKey', body };

async function overTls(): Promise<number> {
  const edge = edgeOf();
  await using server = createApiServer({
    pipeline: edge.pipeline,
    tls: testTls,
    clock: systemClock,
    log: silentLog,
  });
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  const agent = new TlsAgent({ ca: testTls.cert, keepAlive: true, maxSockets: inFlight });
  const { rawHeaders } = signed(toSign, edge.now);
  const headers = Object.fromEntries(
    rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
    ),
  );
  const rate = await measure(() => post(httpsRequest, { port, agent, headers }));
  agent.destroy();
  return rate;
}

async function pipelineAlone(): Promise<number> {
  const edge = edgeOf();
  const request = signed(toSign, edge.now);
  return measure(async () => {
    const { status } = await edge.pipeline.handle({ ...request, body: Buffer.from(body) });
    if (status !== 200) throw new Error(`${status}`);
  });
}

const bare = await bareHttp();
const bareTls = await bareHttps();
const edge = await overTls();
const alone = await pipelineAlone();
const line = (name: string, rate: number): string =>
  `${name.padEnd(34)} ${Math.round(rate).toLocaleString('en').padStart(8)}/s  ${(rate / bare).toFixed(2)} of bare`;
process.stdout.write(
  `${[
    line('bare node:http', bare),
    line('bare node:https', bareTls),
    line('the edge: node:https + pipeline', edge),
    line('pipeline without a socket', alone),
  ].join('\n')}\n`,
);
