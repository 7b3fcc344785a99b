import { judgeCaa, NoAnswer, type Surveyor } from '../dns/index.ts';
import { plainName } from '../lib/domain-name.ts';
import type { Certificate } from '../services/acm/domain/certificate.ts';
import type { CaaCheck } from '../services/acm/ports.ts';

/** By which ACM is named in CAA records. @see AWS Certificate Manager User Guide, "(Optional) Configure a CAA record" */
const acmDomains = ['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com'] as const;

/**
 * How the installation's own authority is named in CAA records: by its suffix, or as ACM, which it stands for: what
 * is written for ACM works here.
 */
export function ownIssuerDomains(suffix: string): readonly string[] {
  return [suffix, ...acmDomains];
}

/**
 * The verdict over all names of a certificate that the installation's own authority is to sign. Where a configured CA
 * signs, it looks by itself, as it must.
 */
export function createCaaCheck(
  surveyor: Pick<Surveyor, 'caa'>,
  issuerDomains: readonly string[],
): { check(certificate: Pick<Certificate, 'names' | 'issuer'>): Promise<CaaCheck> } {
  const check = async (name: string): Promise<CaaCheck> => {
    const domain = plainName(name.replace(/^\*\./, ''));
    try {
      const { isAllowed, reason } = judgeCaa(await surveyor.caa(domain), {
        isWildcard: name.startsWith('*.'),
        issuerDomains,
        validationMethod: 'dns-01',
      });
      if (isAllowed) return { verdict: 'allowed', reasons: [] };
      return { verdict: 'forbidden', reasons: [`${name}: ${reason}`] };
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return { verdict: 'unknown', reasons: [`${name}: ${error.message}`] };
    }
  };
  return {
    async check({ names, issuer }) {
      if (issuer !== undefined) return { verdict: 'allowed', reasons: [] };
      const checks = await Promise.all(names.map(check));
      const reasons = checks.flatMap((each) => each.reasons);
      const worst = (['forbidden', 'unknown', 'allowed'] as const).find((verdict) =>
        checks.some((each) => each.verdict === verdict),
      );
      return { verdict: worst ?? 'allowed', reasons };
    },
  };
}
