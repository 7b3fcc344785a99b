import { once } from 'node:events';
import { Agent, request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { RawClient } from '../../../src/dataplane/gateway/test-raw-client.ts';
import {
  RecordingTarget,
  worldBefore,
} from '../../../src/dataplane/gateway/test-recording-target.ts';
import { connectTls, type TestWorld } from '../../../src/dataplane/gateway/test-world.ts';
import { milliseconds } from '../judge.ts';
import { must } from '../target.ts';
import { readRequests, valuesOf, type ReadRequest } from './http1-reader.ts';

/** Far more than anything takes here, on a machine that has other things to do. */
const patienceMilliseconds = 60_000;

/** A gateway over TLS, and all that its target gets. */
export class WatchedGateway implements AsyncDisposable {
  readonly #world: TestWorld;
  readonly #target: RecordingTarget;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });

  private constructor(world: TestWorld, target: RecordingTarget) {
    this.#world = world;
    this.#target = target;
  }

  static async start(): Promise<WatchedGateway> {
    const target = await RecordingTarget.start();
    const world = await worldBefore(target);
    return new WatchedGateway(world, target);
  }

  /** Of HTTP/1. */
  async connect(): Promise<TLSSocket> {
    const options = { ALPNProtocols: ['http/1.1'] };
    return (await connectTls(this.#world.port, 'TLSv1.3', options)).socket;
  }

  /** Of HTTP/2. */
  connectRaw(opening: Buffer): Promise<RawClient> {
    return RawClient.connect(this.#world.port, opening);
  }

  /** Another client is served, once what was under way is over; then, what the target has got since the last call. */
  async settle(): Promise<{ readonly whole: readonly ReadRequest[]; readonly rest: string }> {
    await patiently('no target is left with half a request', () => !this.#target.isWaiting);
    must((await this.#ask()) === 200, 'another client is served');
    const { rest } = this.#target;
    const requests = this.#target.requests.filter((each) => !each.startsWith(`GET ${ofAnother} `));
    this.#target.clear();
    return { whole: requests.map(readOne), rest };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#agent.destroy();
    await this.#world[Symbol.asyncDispose]();
    this.#target[Symbol.dispose]();
  }

  async #ask(): Promise<number | undefined> {
    const asked = request({
      agent: this.#agent,
      host: '127.0.0.1',
      port: this.#world.port,
      servername: 'shop.test',
      path: ofAnother,
      headers: { host: 'shop.test' },
    }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    return response.statusCode;
  }
}

/** @throws BrokenLaw when `isSo` does not come to hold */
export async function patiently(law: string, isSo: () => boolean): Promise<void> {
  const deadline = milliseconds() + patienceMilliseconds;
  while (!isSo()) {
    must(milliseconds() < deadline, law);
    await setTimeout(1);
  }
}

/** Each that arrived is one that was sent, with the same meaning, in the same order unless `isOrdered` is false. */
export function mustBeSent(
  arrived: readonly ReadRequest[],
  sent: readonly ReadRequest[],
  isOrdered = true,
): void {
  const left = [...sent];
  for (const request of arrived) {
    const at = left.findIndex((each) => isSame(request, each));
    must(at >= 0, 'a target gets only what was sent as a request');
    left.splice(isOrdered ? 0 : at, isOrdered ? at + 1 : 1);
  }
}

const ofAnother = '/of-another-client';
/** Of the connection between client and gateway, or said anew by the gateway. */
const ofConnection =
  /^(?:connection|keep-alive|te|upgrade|http2-settings|proxy-.*|x-forwarded-.*)$/i;
const framing = /^(?:transfer-encoding|content-length)$/i;

function isSame(arrived: ReadRequest, sent: ReadRequest): boolean {
  const { fields } = arrived;
  return (
    arrived.method === sent.method &&
    arrived.target === sent.target &&
    arrived.body === sent.body &&
    valuesOf(fields, 'host').join() === valuesOf(sent.fields, 'host').join() &&
    fields.every(
      (name, at) => at % 2 === 1 || framing.test(name) || isOf(sent, name, fields[at + 1]),
    )
  );
}

function isOf({ fields }: ReadRequest, name: string, value = ''): boolean {
  return !ofConnection.test(name) && valuesOf(fields, name.toLowerCase()).includes(value);
}

function readOne(text: string): ReadRequest {
  const { whole, begun } = readRequests(text);
  const [only, ...more] = whole;
  must(
    only !== undefined && more.length === 0 && begun === undefined,
    'a target can read what it gets',
  );
  return only;
}
