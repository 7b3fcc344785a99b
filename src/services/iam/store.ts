import type { Kysely } from 'kysely';
import type { Authority } from '../../aws/authority/authority.ts';
import type { PolicyDocument } from '../../aws/policy/types.ts';
import { soon, type Soon } from '../../lib/soon.ts';
import {
  accountOwner,
  accountSet,
  backingKeySet,
  iamOwner,
  roleSet,
  sessionSet,
  userKey,
  userSet,
  type User,
  type UserAccessKey,
  type UserSet,
} from './authority-sets.ts';
import type { AccountTable, BackingKeyTable, IamTables, RoleTable } from './schema.ts';

/**
 * The room's queries. What confers rights comes from authenticated sets; the rest only finds it, or counts.
 */
export class IamReader {
  readonly #db: Kysely<IamTables>;
  readonly #authority: Authority;

  constructor(db: Kysely<IamTables>, authority: Authority) {
    this.#db = db;
    this.#authority = authority;
  }

  /** The accounts, the oldest first. */
  async accounts(limit = 1000): Promise<string[]> {
    const accounts = await this.#accounts();
    return accounts.slice(0, limit).map(({ account }) => account);
  }

  /** When the newest account was made. */
  async newestAccountAt(): Promise<Temporal.Instant | undefined> {
    const newest = (await this.#accounts()).at(-1);
    return newest && Temporal.Instant.fromEpochMilliseconds(newest.created_at);
  }

  async user(account: string, userName: string): Promise<User | undefined> {
    return (await this.#userSet(account, userKey(userName)))?.user;
  }

  /** Counts no further than `limit`. */
  async countUsers(account: string, limit: number): Promise<number> {
    const rows = await this.#db
      .selectFrom('iam_user')
      .select('user_key')
      .where('account', '=', account)
      .limit(limit)
      .execute();
    return rows.length;
  }

  async policies(account: string, userName: string): Promise<ReadonlyMap<string, string>> {
    return (await this.#userSet(account, userKey(userName)))?.policies ?? new Map();
  }

  /** The user's policies as they are evaluated. */
  identityPolicies(account: string, userName: string): Soon<readonly PolicyDocument[]> {
    return soon(this.#userSet(account, userKey(userName)), (set) => set?.identityPolicies ?? []);
  }

  async accessKeyIds({ account, userName }: User): Promise<string[]> {
    const set = await this.#userSet(account, userKey(userName));
    return (set?.accessKeys ?? []).map((row) => row.access_key_id);
  }

  /** A key that is active, with its user: the same object for as long as nothing of them has changed. */
  accessKey(account: string, accessKeyId: string): Soon<UserAccessKey | undefined> {
    const row = this.#authority.lookUp(userSet, `access-key ${account} ${accessKeyId}`, () =>
      this.#db
        .selectFrom('iam_access_key')
        .select('user_key')
        .where('account', '=', account)
        .where('access_key_id', '=', accessKeyId)
        .executeTakeFirst(),
    );
    return soon(row, (found) =>
      found === undefined
        ? undefined
        : soon(this.#userSet(account, found.user_key), (set) => set?.activeKeys.get(accessKeyId)),
    );
  }

  async role(account: string, roleName: string): Promise<RoleTable | undefined> {
    return this.#authority.load(roleSet, iamOwner(account, roleName));
  }

  /** A session with its role; expired ones too, for as long as they are kept. */
  async session(account: string, accessKeyId: string) {
    const set = await this.#authority.load(sessionSet, iamOwner(account, accessKeyId));
    const role = set?.row && (await this.role(account, set.row.role_name));
    if (set?.row === undefined || role === undefined) return undefined;
    return { ...set.row, role_id: role.role_id, policies: set.policies };
  }

  expiredSessions(before: Temporal.Instant, limit: number) {
    return this.#db
      .selectFrom('iam_session')
      .select(['account', 'access_key_id'])
      .where('expires_at', '<', before.epochMilliseconds)
      .orderBy('expires_at')
      .limit(limit)
      .execute();
  }

  async backingKey(purpose: string): Promise<BackingKeyTable | undefined> {
    return this.#authority.load(backingKeySet, iamOwner('', purpose));
  }

  async #accounts(): Promise<readonly AccountTable[]> {
    return (await this.#authority.load(accountSet, accountOwner)) ?? [];
  }

  #userSet(account: string, key: string): Soon<UserSet | undefined> {
    return this.#authority.load(userSet, iamOwner(account, key));
  }
}
