import { judgeCaa, NoAnswer, type RelevantCaa, type Surveyor } from '../dns/index.ts';
import { plainName } from '../lib/domain-name.ts';
import type { Certificate } from '../services/acm/domain/certificate.ts';
import type { CaaCheck } from '../services/acm/ports.ts';

/** By which ACM is named in CAA records. @see AWS Certificate Manager User Guide, "(Optional) Configure a CAA record" */
const acmDomains = ['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com'] as const;

/** How somebody who may sign is named in CAA records. */
export interface CaaIdentity {
  readonly issuerDomains: readonly string[];
  /** Our account with a CA. @see RFC 8657 §3 */
  readonly accountUri?: string;
}

type Subject = Pick<Certificate, 'account' | 'names' | 'issuer'>;

/** Of those who may sign a certificate. Undefined where they are not known: the CA looks by itself, as it must. */
export type CaaIdentitiesOf = (subject: Subject) => Promise<readonly CaaIdentity[] | undefined>;

/**
 * How the installation's own authority is named in CAA records: by its suffix, or as ACM, which it stands for: what
 * is written for ACM works here.
 */
export function ownIssuerDomains(suffix: string): readonly string[] {
  return [suffix, ...acmDomains];
}

/** The verdict over all names of a certificate: the best that any has who may sign it. */
export function createCaaCheck(
  surveyor: Pick<Surveyor, 'caa'>,
  identitiesOf: CaaIdentitiesOf,
): { check(subject: Subject): Promise<CaaCheck> } {
  const look = async (name: string): Promise<Seen> => {
    try {
      return { name, caa: await surveyor.caa(plainName(name.replace(/^\*\./, ''))) };
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return { name, failure: error.message };
    }
  };
  return {
    async check(subject) {
      const identities = await identitiesOf(subject);
      if (identities === undefined) return allowed;
      const seen = await Promise.all(subject.names.map(look));
      const checks = identities.map((identity) => verdictFor(identity, seen));
      return (
        (['allowed', 'unknown', 'forbidden'] as const)
          .map((verdict) => checks.find((each) => each.verdict === verdict))
          .find((each) => each !== undefined) ?? allowed
      );
    },
  };
}

const allowed: CaaCheck = { verdict: 'allowed', reasons: [] };

/** What the DNS says of a name, or why it does not. */
type Seen = { readonly name: string } & (
  | { readonly caa: RelevantCaa }
  | { readonly failure: string }
);

/** One name that is forbidden outweighs all others. */
function verdictFor({ issuerDomains, accountUri }: CaaIdentity, seen: readonly Seen[]): CaaCheck {
  const forbidden = seen.flatMap((each) => {
    if (!('caa' in each)) return [];
    const { isAllowed, reason } = judgeCaa(each.caa, {
      isWildcard: each.name.startsWith('*.'),
      issuerDomains,
      validationMethod: 'dns-01',
      ...(accountUri === undefined ? {} : { accountUri }),
    });
    return isAllowed ? [] : [`${each.name}: ${reason}`];
  });
  const unknown = seen.flatMap((each) =>
    'failure' in each ? [`${each.name}: ${each.failure}`] : [],
  );
  const reasons = [...forbidden, ...unknown];
  if (forbidden.length > 0) return { verdict: 'forbidden', reasons };
  return unknown.length > 0 ? { verdict: 'unknown', reasons } : allowed;
}
