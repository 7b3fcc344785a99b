import type { Clock } from '../../lib/clock.ts';
import type * as v from 'valibot';
import { jws, type Jwk } from './jws.ts';
import { directoryShape, problemShape, readMessage, type Directory } from './messages.ts';
import type { Http, HttpAnswer, HttpRequest } from './ports.ts';
import { AcmeProblem } from './problem.ts';
import { AcmeProtocolError } from './protocol-error.ts';
import { retryAfter } from './retry-after.ts';

/** Who signs a request, and how the CA knows them: by the URL of their account, or, when it is new, by their key. */
export interface Signer {
  readonly identity: { readonly kid: string } | { readonly jwk: Jwk };
  readonly sign: (input: string) => Promise<Uint8Array>;
}

export interface Answer {
  readonly body: Uint8Array;
  readonly location: string | undefined;
  /** `Link` as it came, several joined by commas. */
  readonly link: string | undefined;
  readonly retryAt: Temporal.Instant | undefined;
}

const directoryHours = 1;
const maxNonces = 16;
/** So often a nonce may be refused for one request. */
const maxNonceTries = 6;
const maxBytes = 256 * 1024;
/** A step of an order is a few requests, and has to end before its lease does. */
const timeoutMilliseconds = 10_000;
const nonceForm = /^[\w-]{1,512}$/;

/** Requests to one CA: its directory, its nonces, and how it says no. @see RFC 8555 §6 */
export class AcmeConnection {
  readonly #http: Http;
  readonly #directoryUrl: string;
  readonly #clock: Clock;
  /** Given and not used yet, the oldest first. */
  readonly #nonces: string[] = [];
  #directory: { readonly said: Directory; readonly until: Temporal.Instant } | undefined;

  constructor(http: Http, directoryUrl: string, clock: Clock) {
    this.#http = http;
    this.#directoryUrl = directoryUrl;
    this.#clock = clock;
  }

  /** Asked again every hour: its URLs may change. @throws AcmeProblem, AcmeProtocolError */
  async directory(): Promise<Directory> {
    const now = this.#clock.now();
    if (
      this.#directory === undefined ||
      Temporal.Instant.compare(this.#directory.until, now) <= 0
    ) {
      const answer = await this.#send({ method: 'GET', url: this.#directoryUrl });
      const said = readMessage(directoryShape, this.#granted(answer).body, 'directory');
      this.#directory = { said, until: now.add({ hours: directoryHours }) };
    }
    return this.#directory.said;
  }

  /** What anybody may read. @throws AcmeProblem, AcmeProtocolError */
  async get(url: string): Promise<Answer> {
    return this.#granted(await this.#send({ method: 'GET', url }));
  }

  /**
   * A signed request; one whose nonce is refused is sent again with another (RFC 8555 §6.5).
   * @param payload undefined to read a resource (RFC 8555 §6.3)
   * @throws AcmeProblem, AcmeProtocolError
   */
  async post(url: string, payload: unknown, { identity, sign }: Signer): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      const nonce = this.#nonces.pop() ?? (await this.#newNonce());
      const message = await jws({ alg: 'ES256', url, nonce, ...identity }, payload, sign);
      const answer = await this.#send({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/jose+json' },
        body: Buffer.from(JSON.stringify(message)),
      });
      try {
        return this.#granted(answer);
      } catch (error) {
        const isOld = error instanceof AcmeProblem && error.type === 'badNonce';
        if (!isOld || tries === maxNonceTries) throw error;
        // Those of the same age are no better.
        this.#nonces.splice(0, this.#nonces.length - 1);
      }
    }
  }

  /** The same, for an answer in JSON. */
  async postForJson<Shape extends v.GenericSchema>(
    request: { readonly url: string; readonly payload?: unknown; readonly what: string },
    shape: Shape,
    signer: Signer,
  ): Promise<Answer & { readonly said: v.InferOutput<Shape> }> {
    const answer = await this.post(request.url, request.payload, signer);
    return { ...answer, said: readMessage(shape, answer.body, request.what) };
  }

  /** @see RFC 8555 §7.2 */
  async #newNonce(): Promise<string> {
    const { newNonce } = await this.directory();
    this.#granted(await this.#send({ method: 'HEAD', url: newNonce }));
    const nonce = this.#nonces.pop();
    if (nonce === undefined) throw new AcmeProtocolError('the CA gives no nonces');
    return nonce;
  }

  async #send(
    request: Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'>,
  ): Promise<HttpAnswer> {
    const answer = await this.#asked({ ...request, maxBytes, timeoutMilliseconds });
    const nonce = answer.headers['replay-nonce'];
    if (nonce !== undefined && nonceForm.test(nonce)) {
      this.#nonces.push(nonce);
      if (this.#nonces.length > maxNonces) this.#nonces.shift();
    }
    return answer;
  }

  /** @throws AcmeProtocolError */
  async #asked(request: HttpRequest): Promise<HttpAnswer> {
    try {
      return await this.#http.send(request);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : 'unknown';
      throw new AcmeProtocolError(`the CA cannot be asked: ${reason}`, { cause });
    }
  }

  /** @throws AcmeProblem, AcmeProtocolError */
  #granted({ status, headers, body }: HttpAnswer): Answer {
    const retryAt = retryAfter(headers['retry-after'], this.#clock.now());
    const { location, link } = headers;
    if (status >= 200 && status < 300) return { body, location, link, retryAt };
    const isProblem = headers['content-type']?.startsWith('application/problem+json') === true;
    if (!isProblem) throw new AcmeProtocolError(`the CA answers with status ${status}`);
    throw new AcmeProblem(readMessage(problemShape, body, 'problem document'), status, retryAt);
  }
}
