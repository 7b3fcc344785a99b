import type { AuditRecord, AuditTrail } from '../../aws/audit/trail.ts';
import { Recent } from '../../lib/recent.ts';
import type { Change } from '../../store/change.ts';
import type { IamStores } from './store/index.ts';

/** Each process notes a use of the same key or role again after so long: that much the last use may lie behind. */
const everyMilliseconds = 5 * 60_000;
const remembered = 20_000;

/**
 * When and for what access keys and roles were used last. It is noted in the commit of the call itself, which is made
 * anyway for its record: no call waits for it, and none fails by it.
 */
export class LastUses {
  readonly #stores: Pick<IamStores, 'users' | 'roles'>;
  /** In milliseconds since 1970, by access key or role. */
  readonly #noted = new Recent<number>(remembered);

  constructor(stores: Pick<IamStores, 'users' | 'roles'>) {
    this.#stores = stores;
  }

  /** A trail with whose records uses are noted, of denied calls too. */
  noting(trail: AuditTrail): AuditTrail {
    return {
      write: (change, records, at) => {
        trail.write(change, records, at);
        // Those behind it are of calls that were made on behalf of this one.
        const [record] = records;
        if (record !== undefined) this.#note(change, record, at);
      },
    };
  }

  #note(change: Change, record: AuditRecord, at: Temporal.Instant): void {
    const { type, accessKeyId } = record.userIdentity;
    const used = type === 'AssumedRole' ? issuerOf(record) : accessKeyId;
    if ((type !== 'IAMUser' && type !== 'AssumedRole') || typeof used !== 'string') return;
    const { epochMilliseconds: now } = at;
    const before = this.#noted.find(used);
    if (before !== undefined && now >= before && now - before < everyMilliseconds) return;
    this.#write(change, used, { record, at });
    change.afterCommit(() => this.#noted.set(used, now));
  }

  #write(
    change: Change,
    used: string,
    { record, at }: { readonly record: AuditRecord; readonly at: Temporal.Instant },
  ): void {
    const { recipientAccountId: account, awsRegion: region, eventSource } = record;
    if (used.startsWith('AKIA')) {
      const service = eventSource.replace(/\.amazonaws\.com$/, '');
      this.#stores.users.noteKeyUse(
        change,
        { account, accessKeyId: used },
        { at, region, service },
      );
    } else if (used.startsWith('AROA')) {
      this.#stores.roles.noteUse(change, { account, roleId: used }, { at, region });
    }
  }
}

/** The unique id of the role of a session. */
function issuerOf({ userIdentity }: AuditRecord): unknown {
  const { sessionIssuer } = (userIdentity['sessionContext'] ?? {}) as {
    readonly sessionIssuer?: { readonly principalId?: string };
  };
  return sessionIssuer?.principalId;
}
