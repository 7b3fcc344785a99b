import type { Log } from '../../lib/log.ts';
import { IssuerRefusal, type Unfinished } from '../issuer.ts';
import { AnotherKey } from './certificate.ts';
import type { Challenges } from './challenges.ts';
import type { ConfiguredIssuers } from './configured-issuers.ts';
import { IssuerProblem } from './issuer-problem.ts';
import type { AcmeCall } from './ports.ts';
import { AcmeProblem, refusalOfRequest } from './problem.ts';
import { waiting, writeWords, type Words } from './words.ts';

/** An order that ended without a certificate of ours, for no reason of the names, is followed by another so much later. */
const secondsToNewOrder = 3600;
/** So long a CA may be out of reach, or ask to wait, before another one is asked. */
const patienceSeconds = 3600;
/** So many certificates for the same names may be faster at once; a CA that always gives another key is not asked on. */
const mostLostOrders = 5;
/** Between tries, while another one could be asked. */
const secondsBetweenTries = 300;

/** What becomes of an order after a step that failed. */
export class Failures {
  readonly #issuers: ConfiguredIssuers;
  readonly #challenges: Challenges;
  readonly #log: Log;

  constructor(parts: {
    readonly issuers: ConfiguredIssuers;
    readonly challenges: Challenges;
    readonly log: Log;
  }) {
    this.#issuers = parts.issuers;
    this.#challenges = parts.challenges;
    this.#log = parts.log;
  }

  /** @throws IssuerRefusal where no CA will sign; else the error itself, which is worth another try */
  async after(error: unknown, call: AcmeCall, words: Words): Promise<Unfinished> {
    const refusal = error instanceof AcmeProblem ? refusalOfRequest(error) : error;
    if (refusal instanceof IssuerRefusal) return this.#afterRefusal(refusal, call, words);
    // The vault or the store, and not the CA.
    if (!(error instanceof IssuerProblem)) throw error;
    const isGone = error instanceof AcmeProblem && error.status === 404;
    if (isGone && words.order !== undefined) return this.anew(call, words);
    const { lostOrders = 0 } = words;
    if (error instanceof AnotherKey && lostOrders < mostLostOrders)
      return this.anew(call, { ...words, lostOrders: lostOrders + 1 });
    return this.#afterOutage(error, call, words);
  }

  /** Orders again, in a while. */
  anew(call: AcmeCall, words: Words): Unfinished {
    const notBefore = call.clock.now().add({ seconds: secondsToNewOrder });
    return { prepared: writeWords(this.#withoutOrder(call, words)), notBefore };
  }

  /** What one CA may not sign, another one may; that control of a name is not proved is the same for all. */
  async #afterRefusal(refusal: IssuerRefusal, call: AcmeCall, words: Words): Promise<Unfinished> {
    const refusedBy = [...(words.refusedBy ?? []), words.issuer];
    const rest = this.#withoutOrder(call, { ...words, refusedBy });
    const issuer =
      refusal.reason === 'DOMAIN_VALIDATION_DENIED' ? undefined : await this.#other(call, rest);
    if (issuer === undefined) throw refusal;
    return this.#turnTo(issuer, call, rest, refusal);
  }

  async #afterOutage(error: IssuerProblem, call: AcmeCall, words: Words): Promise<Unfinished> {
    const now = call.clock.now();
    const retryAt = error instanceof AcmeProblem ? error.retryAt : undefined;
    const other = words.isFinalized === true ? undefined : await this.#other(call, words);
    if (other === undefined && retryAt === undefined) throw error;
    const failingSince = words.failingSince ?? now.epochMilliseconds;
    const end = Temporal.Instant.fromEpochMilliseconds(failingSince).add({
      seconds: patienceSeconds,
    });
    const next = retryAt ?? now.add({ seconds: secondsBetweenTries });
    if (other !== undefined && Temporal.Instant.compare(next, end) > 0)
      return this.#turnTo(other, call, this.#withoutOrder(call, words), error);
    const { issuer } = words;
    this.#log.warn('a CA cannot be asked now', { issuer, problem: error.message });
    return waiting({ ...words, failingSince }, now, next);
  }

  #turnTo(issuer: string, call: AcmeCall, words: Words, reason: Error): Unfinished {
    this.#log.warn('another CA is asked', { from: words.issuer, to: issuer, why: reason.message });
    return { prepared: writeWords({ ...words, issuer }), notBefore: call.clock.now() };
  }

  /** The next one after the present one, in turn. */
  async #other(call: AcmeCall, words: Words): Promise<string | undefined> {
    const all = await this.#issuers.candidatesFor(call.account, words.names);
    const at = all.indexOf(words.issuer) + 1;
    const inTurn = [...all.slice(at), ...all.slice(0, at)];
    return inTurn.find((each) => each !== words.issuer && !words.refusedBy?.includes(each));
  }

  /** What stood in the DNS for the order goes with it. */
  #withoutOrder(call: AcmeCall, words: Words): Words {
    const { order, isFinalized: _isFinalized, failingSince: _failingSince, ...rest } = words;
    if (order !== undefined) this.#challenges.remove(call.change, order);
    return rest;
  }
}
