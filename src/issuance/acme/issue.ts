import { plainName } from '../../lib/domain-name.ts';
import { signedRequest } from '../csr.ts';
import type { IssuedCertificate, Issuer, Order, Unfinished } from '../issuer.ts';
import { AcmeAccount, type AccountKey, type Orders } from './account.ts';
import { issuedCertificate, readChain, topIssuer, type Chain, type Wanted } from './certificate.ts';
import type { Challenges } from './challenges.ts';
import type { ConfiguredIssuers } from './configured-issuers.ts';
import { AcmeConnection } from './connection.ts';
import { Failures } from './failures.ts';
import type { Jwk } from './jws.ts';
import { nextStep, type Challenge } from './order.ts';
import type { AcmeCall, AcmePorts } from './ports.ts';
import { AcmeProblem } from './problem.ts';
import { AcmeProtocolError } from './protocol-error.ts';
import type { IssuerTable } from './schema.ts';
import type { SignedCertificates } from './signed-certificates.ts';
import { isAcmeWords, readWords, waiting, writeWords, type Words } from './words.ts';

const mostAlternates = 4;

/**
 * Has certificates signed by the CAs that the operator has named. Each step asks the CA where the order stands and does
 * the next thing: what a crash cuts off is done again, and nothing twice that the CA would count.
 */
export class AcmeIssuer implements Issuer {
  readonly #ports: AcmePorts;
  readonly #issuers: ConfiguredIssuers;
  readonly #challenges: Challenges;
  readonly #failures: Failures;
  readonly #signed: SignedCertificates;
  /** By the URL of the directory. */
  readonly #connections = new Map<string, AcmeConnection>();

  constructor(
    ports: AcmePorts,
    issuers: ConfiguredIssuers,
    challenges: Challenges,
    signed: SignedCertificates,
  ) {
    this.#ports = ports;
    this.#issuers = issuers;
    this.#challenges = challenges;
    this.#signed = signed;
    this.#failures = new Failures({ issuers, challenges, log: ports.log });
  }

  readonly prepare = async (_call: AcmeCall, order: Order): Promise<{ prepared: string }> => {
    if (order.external === undefined) throw new TypeError('an order for nobody');
    const csr = await signedRequest(order);
    const { issuer, validationNames, replaced } = order.external;
    const { names, publicKey } = order;
    const words = { issuer, names, publicKey, csr, validationNames };
    return { prepared: writeWords(replaced === undefined ? words : { ...words, replaced }) };
  };

  readonly sign = async (
    call: AcmeCall,
    prepared: string,
  ): Promise<IssuedCertificate | Unfinished> => {
    const { failingSince, ...words } = readWords(prepared);
    try {
      return await this.#step(call, words);
    } catch (error) {
      return await this.#failures.after(
        error,
        call,
        failingSince === undefined ? words : { ...words, failingSince },
      );
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

  async #step(call: AcmeCall, words: Words): Promise<IssuedCertificate | Unfinished> {
    const issuer = await this.#issuers.named(words.issuer);
    if (issuer === undefined)
      throw new AcmeProtocolError(`the issuer ${words.issuer} is not configured`);
    const account = this.account(call, issuer);
    const orders = account.at(issuer.account_url);
    const now = call.clock.now();
    if (words.order === undefined) {
      // Were this URL lost in a crash, nobody could finalize the order: it would end by itself, without a certificate.
      const { replaced, ...rest } = words;
      const order = await orders
        .create(words.names, { profile: issuer.profile, replaced })
        .catch((error: unknown) => {
          if (replaced === undefined || !isAboutReplaced(error)) throw error;
        });
      return {
        prepared: writeWords(order === undefined ? rest : { ...words, order }),
        notBefore: now,
      };
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
        if (words.isFinalized !== true)
          return { prepared: writeWords({ ...words, isFinalized: true }), notBefore: now };
        const answer = await orders.finalize(order, words.csr);
        return waiting(words, now, answer.retryAt);
      }
      case 'wait':
        return waiting(words, now, retryAt);
      case 'download': {
        const chain = await download(step.url, words, { issuer, orders, now });
        this.#challenges.remove(call.change, words.order);
        const issued = issuedCertificate(chain);
        const { notAfter } = chain.leaf;
        this.#signed.keep(call.change, words.issuer, issued.certificatePem, { now, notAfter });
        return issued;
      }
      case 'order-anew':
        return this.#failures.anew(call, words);
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
    const records = challenges.map(({ domain, value }) => {
      const name = words.validationNames[domain];
      if (name === undefined)
        throw new AcmeProtocolError(`the CA wants a proof for ${domain}, which was not ordered`);
      return { name: plainName(name), value };
    });
    const known = await Promise.all(
      records.map(async ({ name, value }) =>
        (await this.#challenges.valuesAt(name)).includes(value),
      ),
    );
    if (known.includes(false)) {
      this.#challenges.publish(call.change, records, words.order, now);
      return { prepared: writeWords(words), notBefore: now };
    }
    const untold = challenges.filter(({ isAnswered }) => !isAnswered);
    await Promise.all(untold.map(({ url }) => orders.answer(url)));
    return waiting(words, now);
  }

  account(call: AcmeCall, issuer: IssuerTable): AcmeAccount {
    return new AcmeAccount(
      this.connection(issuer.directory_url),
      keyOf(issuer),
      this.#ports.vault,
      call,
    );
  }
}

/** Both at once: which of them an order is for, it says itself. */
export function eitherIssuer(own: Issuer, acme: Issuer): Issuer {
  return {
    prepare: (call, order) => (order.external === undefined ? own : acme).prepare(call, order),
    sign: (call, prepared) => (isAcmeWords(prepared) ? acme : own).sign(call, prepared),
  };
}

function keyOf(issuer: IssuerTable): AccountKey {
  return {
    caId: issuer.key_id,
    role: 'acme-account',
    spec: 'EC_prime256v1',
    wrapped: issuer.wrapped_key,
    publicKey: issuer.public_key,
  };
}

/** It was another CA that signed it, or it was replaced before: the new one is ordered without. @see RFC 9773 §5 */
function isAboutReplaced(error: unknown): boolean {
  const types = ['alreadyReplaced', 'malformed', 'unauthorized'];
  return error instanceof AcmeProblem && types.includes(error.type);
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
