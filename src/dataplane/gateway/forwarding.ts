import { answerError, phraseOf } from './answers.ts';
import type { Exchange } from './exchange.ts';
import type { Chosen, Front } from './front.ts';
import { trailersToPass } from './headers.ts';
import type { RawHeaders } from './headers.ts';
import type { TargetAnswer, TargetCall, TargetFailure, TargetListener } from './target-call.ts';
import { headersForTarget } from './target-head.ts';

/** RFC 9110 §9.2.2: doing them twice is doing them once. */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);
/** RFC 9110 §10.1.1: a client that waits for a 100 must not wait for ever on a target that does not know of it. */
const continueMilliseconds = 1_000;

/** One request on its way to a target, and the answer on its way back. Neither is gathered on the way. */
export class Forwarding implements TargetListener {
  readonly #front: Front;
  readonly #chosen: Chosen;
  readonly #exchange: Exchange;
  #call: TargetCall | undefined;
  #isBodyOver: boolean;
  #isRepeated = false;
  #waiting: NodeJS.Timeout | undefined;
  #isSlow = false;

  constructor(front: Front, chosen: Chosen, exchange: Exchange) {
    this.#front = front;
    this.#chosen = chosen;
    this.#exchange = exchange;
    this.#isBodyOver = exchange.request.framing === 'none';
  }

  start(): void {
    const { request } = this.#exchange;
    this.#exchange.onClose(() => this.#close());
    this.#ask();
    if (this.#call === undefined || this.#isBodyOver) return;
    if (request.expectsContinue)
      this.#waiting = setTimeout(() => this.#continue(), continueMilliseconds);
    this.#passBody();
  }

  onInform(status: number, headers: RawHeaders): void {
    if (status === 100) this.#continue();
    else if (!this.#exchange.hasBegun) this.#exchange.inform(status, headers);
  }

  onAnswer({ status, phrase, headers, framing }: TargetAnswer): void {
    // A client that waits for a 100 may send the body after the answer, or not at all.
    if (this.#waiting !== undefined) this.#exchange.closeAfter();
    this.#stopWaiting();
    try {
      this.#exchange.begin(status, phrase === '' ? phraseOf(status) : phrase, headers, framing);
    } catch {
      // A field that this version of HTTP does not allow.
      this.#call?.abandon();
      this.onFailure('broken');
    }
  }

  onBody(bytes: Buffer): void {
    if (this.#exchange.write(bytes)) return;
    this.#call?.pause();
    if (this.#isSlow) return;
    this.#isSlow = true;
    this.#exchange.onDrain(() => this.#call?.resume());
  }

  onEnd(trailers: RawHeaders): void {
    this.#call = undefined;
    this.#exchange.end(trailers);
    this.#dropBody();
  }

  onUpgrade(): void {
    // Only a WebSocket is upgraded, elsewhere; see `serveUpgrade`.
    this.onFailure('broken');
  }

  onDrain(): void {
    if (!this.#isBodyOver) this.#exchange.body.resume();
  }

  onFailure(failure: TargetFailure): void {
    const { request, hasBegun, isOver } = this.#exchange;
    this.#call = undefined;
    this.#stopWaiting();
    if (isOver) return;
    const isSafe = request.framing === 'none' && idempotent.has(request.method);
    if (failure === 'stale' && isSafe && !this.#isRepeated) {
      this.#isRepeated = true;
      return this.#ask();
    }
    const isClientLate = failure === 'late' && !this.#isBodyOver;
    this.#dropBody();
    if (hasBegun) return this.#exchange.abort();
    if (isClientLate) this.#exchange.closeAfter();
    answerError(this.#exchange, isClientLate ? 408 : failure === 'late' ? 504 : 502);
  }

  #ask(): void {
    const { request, client } = this.#exchange;
    const call = this.#chosen.group.call(
      this.#chosen.target,
      {
        method: request.method,
        target: request.target,
        authority: request.authority,
        headers: headersForTarget(request, client, this.#front),
        framing: request.framing,
        contentLength: request.contentLength,
        expectsContinue: request.expectsContinue,
        isWebSocket: false,
      },
      this,
      { idleMilliseconds: this.#front.attributes.idleMilliseconds, isNew: this.#isRepeated },
    );
    if (typeof call === 'number') answerError(this.#exchange, call);
    else this.#call = call;
  }

  #passBody(): void {
    const { body } = this.#exchange;
    body.on('data', (chunk: Buffer) => {
      if (this.#call?.write(chunk) === false) body.pause();
    });
    body.on('end', () => {
      this.#isBodyOver = true;
      this.#stopWaiting();
      // RFC 9112 §8: what is cut off must not be taken for whole.
      if (!this.#exchange.isWhole) return this.#close();
      this.#call?.end(trailersToPass(this.#exchange.trailers));
    });
    body.on('error', () => {});
    body.resume();
  }

  /** What the client still sends is of no use to anybody, and in the way of its next request. */
  #dropBody(): void {
    this.#call = undefined;
    if (!this.#isBodyOver) this.#exchange.body.resume();
  }

  #continue(): void {
    if (this.#waiting === undefined) return;
    this.#stopWaiting();
    this.#exchange.inform(100, []);
  }

  #stopWaiting(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }

  #close(): void {
    this.#stopWaiting();
    this.#call?.abandon();
    this.#call = undefined;
  }
}
