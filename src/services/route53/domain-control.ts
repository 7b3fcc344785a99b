import { plainName } from '../../lib/domain-name.ts';
import type { Log } from '../../lib/log.ts';
import type { Authority } from './dns-source.ts';
import type { DomainAssignments } from './domains.ts';
import type { CnameResolver, Zones } from './ports.ts';

/** ACM's port, see `DomainControlPort` there. */
export interface DomainControl {
  /**
   * Whether the CNAME `recordName` → `recordValue` is there, over at most five CNAMEs. Where a zone served
   * here decides about one of them, it counts only if the name lies under a suffix assigned to the account
   * and the zone is the account's: otherwise whoever may create hosted zones could certify any name.
   * Servers that are silent or in error prove nothing: false.
   */
  checkControl(query: {
    account: string;
    domain: string;
    recordName: string;
    recordValue: string;
  }): Promise<boolean>;
}

export function createDomainControl(parts: {
  authority: Authority;
  domains: Pick<DomainAssignments, 'ownerOf'>;
  /** Whether the account has this zone, for sure. */
  zones: Pick<Zones, 'exists'>;
  resolver: CnameResolver;
  log: Log;
}): DomainControl {
  const { authority, domains, zones, resolver, log } = parts;

  /** Whether what the DNS says about a name counts for the account. */
  const counts = async (name: string, account: string): Promise<boolean> => {
    const decides = await authority.over(name);
    if (decides.by === 'others') return true;
    if (decides.by === 'holdfast') return false;
    if (decides.account !== account || (await domains.ownerOf(name)) !== account) return false;
    return zones.exists(account, decides.zoneId);
  };

  const targetsOf = async (name: string): Promise<readonly string[]> => {
    try {
      return await resolver.resolveCname(name);
    } catch (error) {
      log.warn('a validation record could not be looked up', { name, error: String(error) });
      return [];
    }
  };

  return {
    async checkControl({ account, domain, recordName, recordValue }) {
      const name = plainName(recordName);
      if ((await authority.over(name)).by === 'account') {
        // The record may stand in a zone of its own below the domain; it is the domain that must be theirs.
        if ((await domains.ownerOf(plainName(domain))) !== account) return false;
      }
      let owner = name;
      for (const target of await targetsOf(name)) {
        if (!(await counts(owner, account))) return false;
        if (isValue(target, recordValue)) return true;
        owner = target;
      }
      return false;
    },
  };
}

/** Some providers refuse an underscore at the start of a value, so ACM takes it without. */
function isValue(target: string, recordValue: string): boolean {
  const value = plainName(recordValue);
  return plainName(target) === value || `_${plainName(target)}` === value;
}
