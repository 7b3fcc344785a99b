import { plainName } from '../../lib/domain-name.ts';
import type { Log } from '../../lib/log.ts';
import type { Authority } from './dns-source.ts';
import type { DomainAssignments } from './domains.ts';
import type { CnameResolver, CnameSurveyor, Zones } from './ports.ts';

/** Whether control is proved, or in one line what is in the way. */
type ControlCheck =
  | { readonly isProved: true }
  | { readonly isProved: false; readonly reason: string };

/** ACM's port, see `DomainControlPort` there. */
export interface DomainControl {
  /**
   * Whether the CNAME `recordName` → `recordValue` is there, over at most five CNAMEs. Where a zone served here
   * decides about one of them, it counts only if the name lies under a suffix assigned to the account
   * and the zone is the account's: otherwise whoever may create hosted zones could certify any name. Where others
   * serve it, all its name servers and all resolvers that answer must have it: a CA asks whom it likes.
   * Servers that are silent or in error prove nothing.
   */
  checkControl(query: {
    account: string;
    domain: string;
    recordName: string;
    recordValue: string;
  }): Promise<ControlCheck>;
}

export function createDomainControl(parts: {
  authority: Authority;
  domains: Pick<DomainAssignments, 'ownerOf'>;
  /** Whether the account has this zone, for sure. */
  zones: Pick<Zones, 'exists'>;
  resolver: CnameResolver;
  surveyor: CnameSurveyor;
  log: Log;
}): DomainControl {
  const { authority, domains, zones, resolver, surveyor, log } = parts;

  /** Why what the DNS says about a name does not count for the account; undefined when it does. */
  const objection = async (name: string, account: string): Promise<string | undefined> => {
    const decides = await authority.over(name);
    if (decides.by === 'others') return undefined;
    if (decides.by === 'holdfast') return `${name} lies in a zone of holdfast itself`;
    if (decides.account !== account) return `the zone of ${name} is another account’s`;
    if ((await domains.ownerOf(name)) !== account) return notAllowed(name, account);
    return (await zones.exists(account, decides.zoneId)) ? undefined : `${name} has no zone`;
  };

  const targetsOf = async (name: string): Promise<readonly string[] | undefined> => {
    try {
      return await resolver.resolveCname(name);
    } catch (error) {
      log.warn('a validation record could not be looked up', { name, error: String(error) });
      return undefined;
    }
  };

  /** Whether the first CNAME is known everywhere. */
  const spread = async (name: string, target: string): Promise<ControlCheck> => {
    if ((await authority.over(name)).by !== 'others') return { isProved: true };
    const lacking = await surveyor.withoutCname(name, target);
    if (lacking.length === 0) return { isProved: true };
    const servers = lacking.map(({ server }) => server).join(', ');
    return refused(`${name} is there, but not yet at ${servers}`);
  };

  return {
    async checkControl({ account, domain, recordName, recordValue }) {
      const name = plainName(recordName);
      if ((await authority.over(name)).by === 'account') {
        // The record may stand in a zone of its own below the domain; it is the domain that must be theirs.
        const subject = plainName(domain);
        if ((await domains.ownerOf(subject)) !== account)
          return refused(notAllowed(subject, account));
      }
      const targets = await targetsOf(name);
      if (targets === undefined) return refused(`no resolver answers for ${name}`);
      const [first] = targets;
      if (first === undefined) return refused(`there is no CNAME at ${name}`);
      let owner = name;
      for (const target of targets) {
        const why = await objection(owner, account);
        if (why !== undefined) return refused(why);
        if (isValue(target, recordValue)) return spread(name, first);
        owner = target;
      }
      return refused(`${name} leads to ${targets.at(-1)}, not to ${plainName(recordValue)}`);
    },
  };
}

function refused(reason: string): ControlCheck {
  return { isProved: false, reason };
}

function notAllowed(name: string, account: string): string {
  return `no suffix of account ${account} holds ${name}`;
}

/** Some providers refuse an underscore at the start of a value, so ACM takes it without. */
function isValue(target: string, recordValue: string): boolean {
  const value = plainName(recordValue);
  return plainName(target) === value || `_${plainName(target)}` === value;
}
