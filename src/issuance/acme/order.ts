import type { IssuerRefusal } from '../issuer.ts';
import { dnsChallengeValue, type Jwk } from './jws.ts';
import type { AcmeOrder, Authorization, Problem } from './messages.ts';
import { refusalOf } from './problem.ts';
import { AcmeProtocolError } from './protocol-error.ts';

/** What has to stand in the DNS for one authorization, and where the CA is told so. */
export interface Challenge {
  /** Plain, without a wildcard. */
  readonly domain: string;
  /** Of the TXT record at `_acme-challenge.<domain>`. */
  readonly value: string;
  readonly url: string;
  /** The CA was told, and looks. */
  readonly isAnswered: boolean;
}

/** What is to be done next for an order. */
export type NextStep =
  /** The records have to be there; then the CA is told of those of which it was not. */
  | { readonly do: 'prove'; readonly challenges: readonly Challenge[] }
  | { readonly do: 'finalize' }
  | { readonly do: 'wait' }
  | { readonly do: 'download'; readonly url: string }
  /** It has ended without a failure: nobody went on with it in time. */
  | { readonly do: 'order-anew' }
  | { readonly do: 'give-up'; readonly refusal: IssuerRefusal };

/**
 * Where an order stands, as the CA tells: nothing is remembered here, so that a crash at any time changes nothing.
 * @param authorizations of the order; only looked at while it is pending
 * @see RFC 8555 §7.1.6
 */
export function nextStep(
  order: AcmeOrder,
  authorizations: readonly Authorization[],
  jwk: Jwk,
): NextStep {
  switch (order.status) {
    case 'pending':
      return nextProof(authorizations, jwk);
    case 'ready':
      return { do: 'finalize' };
    case 'processing':
      return { do: 'wait' };
    case 'valid':
      if (order.certificate === undefined)
        throw new AcmeProtocolError('a valid order names no certificate');
      return { do: 'download', url: order.certificate };
    case 'invalid':
      return afterEnd(order.error ?? failureIn(authorizations));
  }
}

function nextProof(authorizations: readonly Authorization[], jwk: Jwk): NextStep {
  const lost = authorizations.find(({ status }) => status !== 'pending' && status !== 'valid');
  if (lost !== undefined) return afterEnd(failureIn([lost]));
  const open = authorizations.filter(({ status }) => status === 'pending');
  // All is proved, and the order follows.
  if (open.length === 0) return { do: 'wait' };
  return { do: 'prove', challenges: open.map((each) => challengeOf(each, jwk)) };
}

function afterEnd(failure: Problem | undefined): NextStep {
  if (failure === undefined) return { do: 'order-anew' };
  return { do: 'give-up', refusal: refusalOf(failure) };
}

/** @see RFC 8555 §8.4 */
function challengeOf({ identifier, challenges }: Authorization, jwk: Jwk): Challenge {
  const challenge = challenges.find(({ type }) => type === 'dns-01');
  if (challenge?.token === undefined)
    throw new AcmeProtocolError(`the CA offers no dns-01 for ${identifier.value}`);
  return {
    domain: identifier.value.toLowerCase(),
    value: dnsChallengeValue(challenge.token, jwk),
    url: challenge.url,
    isAnswered: challenge.status !== 'pending',
  };
}

/** @see RFC 8555 §7.1.6: an authorization is invalid because one of its challenges is */
function failureIn(authorizations: readonly Authorization[]): Problem | undefined {
  return authorizations
    .flatMap(({ challenges }) => challenges)
    .find(({ error }) => error !== undefined)?.error;
}
