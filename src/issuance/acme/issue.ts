import { plainName } from '../../lib/domain-name.ts';
import { signedRequest } from '../csr.ts';
import {
  IssuerRefusal,
  type IssuedCertificate,
  type Issuer,
  type Order,
  type Unfinished,
} from '../issuer.ts';
import { AcmeAccount, type AccountKey, type Orders } from './account.ts';
import { issuedCertificate, readChain, topIssuer, type Chain, type Wanted } from './certificate.ts';
import type { Challenges } from './challenges.ts';
import type { ConfiguredIssuers } from './configured-issuers.ts';
import { AcmeConnection } from './connection.ts';
import type { Jwk } from './jws.ts';
import { nextStep, type Challenge } from './order.ts';
import type { AcmeCall, AcmePorts } from './ports.ts';
import { AcmeProblem, refusalOfRequest } from './problem.ts';
import type { IssuerTable } from './schema.ts';
import { isAcmeWords, readWords, writeWords, type Words } from './words.ts';

/** Between two looks at an order, if the CA does not say. */
const secondsBetweenLooks = 2;
/** An order that ended without a reason, because nobody went on with it in time, is followed by another so much later. */
const secondsToNewOrder = 3600;
const mostAlternates = 4;

/**
 * Has certificates signed by the CAs that the operator has named. Each step asks the CA where the order stands and does
 * the next thing: what a crash cuts off is done again, and nothing twice that the CA would count.
 */
export class AcmeIssuer implements Issuer {
  readonly #ports: AcmePorts;
  readonly #issuers: ConfiguredIssuers;
  readonly #challenges: Challenges;
  /** By the URL of the directory. */
  readonly #connections = new Map<string, AcmeConnection>();

  constructor(ports: AcmePorts, issuers: ConfiguredIssuers, challenges: Challenges) {
    this.#ports = ports;
    this.#issuers = issuers;
    this.#challenges = challenges;
  }

  readonly prepare = async (_call: AcmeCall, order: Order): Promise<{ prepared: string }> => {
    if (order.external === undefined) throw new TypeError('an order for nobody');
    const csr = await signedRequest(order);
    const { issuer, validationNames } = order.external;
    const { names, publicKey } = order;
    return { prepared: writeWords({ issuer, names, publicKey, csr, validationNames }) };
  };

  readonly sign = async (
    call: AcmeCall,
    prepared: string,
  ): Promise<IssuedCertificate | Unfinished> => {
    const words = readWords(prepared);
    const issuer = await this.#issuers.named(words.issuer);
    if (issuer === undefined) throw new Error(`the issuer ${words.issuer} is not configured`);
    try {
      return await this.#step(call, words, issuer);
    } catch (error) {
      if (error instanceof IssuerRefusal) this.#forget(call, words);
      if (!(error instanceof AcmeProblem)) throw error;
      return this.#afterProblem(call, words, error);
    }
  };

  connection(directoryUrl: string): AcmeConnection {
    let known = this.#connections.get(directoryUrl);
    if (known === undefined) {
      known = new AcmeConnection(this.#ports.http, directoryUrl, this.#ports.clock);
      this.#connections.set(directoryUrl, known);
    }
    return known;
  }

  async #step(
    call: AcmeCall,
    words: Words,
    issuer: IssuerTable,
  ): Promise<IssuedCertificate | Unfinished> {
    const account = this.#account(call, issuer);
    const orders = account.at(issuer.account_url);
    const now = call.clock.now();
    if (words.order === undefined) {
      // Were this URL lost in a crash, nobody could finalize the order: it would end by itself, without a certificate.
      const order = await orders.create(words.names, issuer.profile);
      return { prepared: writeWords({ ...words, order }), notBefore: now };
    }
    return this.#goOn(call, { ...words, order: words.order }, { issuer, orders, jwk: account.jwk });
  }

  async #goOn(
    call: AcmeCall,
    words: Words & { readonly order: string },
    { issuer, orders, jwk }: { issuer: IssuerTable; orders: Orders; jwk: Jwk },
  ): Promise<IssuedCertificate | Unfinished> {
    const now = call.clock.now();
    const { said: order, retryAt } = await orders.read(words.order);
    const isOpen = order.status === 'pending' || order.status === 'invalid';
    const step = nextStep(order, isOpen ? await orders.authorizations(order) : [], jwk);
    switch (step.do) {
      case 'prove':
        return this.#prove(call, words, step.challenges, orders);
      case 'finalize': {
        const answer = await orders.finalize(order, words.csr);
        return waiting(words, now, answer.retryAt);
      }
      case 'wait':
        return waiting(words, now, retryAt);
      case 'download': {
        const chain = await download(step.url, words, { issuer, orders, now });
        this.#forget(call, words);
        return issuedCertificate(chain);
      }
      case 'order-anew': {
        this.#forget(call, words);
        const { order: _ended, ...rest } = words;
        const notBefore = now.add({ seconds: secondsToNewOrder });
        return { prepared: writeWords(rest), notBefore };
      }
      case 'give-up':
        throw step.refusal;
    }
  }

  /** The records first, in a commit of their own; the CA is told when they can be seen. */
  async #prove(
    call: AcmeCall,
    words: Words & { readonly order: string },
    challenges: readonly Challenge[],
    orders: Orders,
  ): Promise<Unfinished> {
    const now = call.clock.now();
    const records = challenges.map(({ domain, value }) => ({
      name: plainName(words.validationNames[domain] ?? ''),
      value,
    }));
    const known = await Promise.all(
      records.map(async ({ name, value }) =>
        (await this.#challenges.valuesAt(name)).includes(value),
      ),
    );
    if (known.includes(false)) {
      this.#challenges.publish(call.change, records, words.order, now);
      return { prepared: writeWords(words), notBefore: now };
    }
    for (const { url, isAnswered } of challenges) if (!isAnswered) await orders.answer(url);
    return waiting(words, now);
  }

  /** @throws IssuerRefusal, or the problem itself: worth another try */
  #afterProblem(call: AcmeCall, words: Words, problem: AcmeProblem): Unfinished {
    const refusal = refusalOfRequest(problem);
    if (refusal !== undefined) {
      this.#forget(call, words);
      throw refusal;
    }
    if (problem.status === 404 && words.order !== undefined) {
      this.#forget(call, words);
      const { order: _gone, ...rest } = words;
      const notBefore = call.clock.now().add({ seconds: secondsToNewOrder });
      return { prepared: writeWords(rest), notBefore };
    }
    if (problem.retryAt === undefined) throw problem;
    const { issuer } = words;
    this.#ports.log.warn('a CA asks to wait', { issuer, problem: problem.message });
    return waiting(words, call.clock.now(), problem.retryAt);
  }

  #account(call: AcmeCall, issuer: IssuerTable): AcmeAccount {
    return new AcmeAccount(
      this.connection(issuer.directory_url),
      keyOf(issuer),
      this.#ports.vault,
      call,
    );
  }

  #forget(call: AcmeCall, { order }: Words): void {
    if (order !== undefined) this.#challenges.remove(call.change, order);
  }
}

/** Both at once: which of them an order is for, it says itself. */
export function eitherIssuer(own: Issuer, acme: Issuer): Issuer {
  return {
    prepare: (call, order) => (order.external === undefined ? own : acme).prepare(call, order),
    sign: (call, prepared) => (isAcmeWords(prepared) ? acme : own).sign(call, prepared),
  };
}

export function keyOf(issuer: IssuerTable): AccountKey {
  return {
    caId: issuer.key_id,
    role: 'acme-account',
    spec: 'EC_prime256v1',
    wrapped: issuer.wrapped_key,
    publicKey: issuer.public_key,
  };
}

function waiting(words: Words, now: Temporal.Instant, retryAt?: Temporal.Instant): Unfinished {
  const soonest = now.add({ seconds: secondsBetweenLooks });
  const isLater = retryAt !== undefined && Temporal.Instant.compare(retryAt, soonest) > 0;
  return { prepared: writeWords(words), notBefore: isLater ? retryAt : soonest };
}

/** The chain that is preferred, if the CA has it; else the one that the CA gives by itself. @throws AcmeProtocolError */
async function download(
  url: string,
  wanted: Wanted,
  { issuer, orders, now }: { issuer: IssuerTable; orders: Orders; now: Temporal.Instant },
): Promise<Chain> {
  const { pem, alternates } = await orders.certificate(url);
  const usual = readChain(pem, wanted, now);
  const { preferred_chain } = issuer;
  if (preferred_chain === null || topIssuer(usual) === preferred_chain) return usual;
  for (const alternate of alternates.slice(0, mostAlternates)) {
    const chain = readChain((await orders.certificate(alternate)).pem, wanted, now);
    if (topIssuer(chain) === preferred_chain) return chain;
  }
  return usual;
}
