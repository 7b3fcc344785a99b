import type { Kysely } from 'kysely';
import type { Sealed } from '../../lib/secret.ts';
import { repeatedQuery } from '../../store/repeated-query.ts';
import type { Tag } from './model.ts';
import type { BackingKeyTable, IamTables } from './schema.ts';

export interface User {
  readonly account: string;
  readonly userName: string;
  readonly path: string;
  readonly userId: string;
  readonly createdAt: Temporal.Instant;
  readonly tags: readonly Tag[];
  readonly version: number;
}

/** Names are unique without regard to case. */
export function userKey(userName: string): string {
  return userName.toLowerCase();
}

export class IamReader {
  readonly #db: Kysely<IamTables>;
  readonly #queries: ReturnType<typeof callerQueries>;

  constructor(db: Kysely<IamTables>) {
    this.#db = db;
    this.#queries = callerQueries(db);
  }

  /** The accounts, the oldest first. */
  async accounts(limit = 1000): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('iam_account')
      .select(['account', 'created_at'])
      .orderBy('created_at')
      .orderBy('account')
      .limit(limit)
      .execute();
    return rows.map(({ account }) => account);
  }

  /** When the newest account was made. */
  async newestAccountAt(): Promise<Temporal.Instant | undefined> {
    const row = await this.#db
      .selectFrom('iam_account')
      .select('created_at')
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && Temporal.Instant.fromEpochMilliseconds(Number(row.created_at));
  }

  async user(account: string, userName: string): Promise<User | undefined> {
    const row = await this.#db
      .selectFrom('iam_user')
      .select(['user_name', 'path', 'user_id', 'created_at', 'tags', 'version'])
      .where('account', '=', account)
      .where('user_key', '=', userKey(userName))
      .executeTakeFirst();
    return (
      row && {
        account,
        userName: row.user_name,
        path: row.path,
        userId: row.user_id,
        createdAt: Temporal.Instant.fromEpochMilliseconds(row.created_at),
        tags: JSON.parse(row.tags) as Tag[],
        version: row.version,
      }
    );
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
    const rows = await this.#queries.policies({ account, userKey: userKey(userName) });
    return new Map(rows.map((row) => [row.policy_name, row.document]));
  }

  async accessKeyIds({ account, userName }: User): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('iam_access_key')
      .select('access_key_id')
      .where('account', '=', account)
      .where('user_key', '=', userKey(userName))
      .execute();
    return rows.map((row) => row.access_key_id);
  }

  /** A key that is active, with its user. */
  async accessKey(account: string, accessKeyId: string) {
    const [row] = await this.#queries.accessKey({ account, accessKeyId });
    return row;
  }

  role(account: string, roleName: string) {
    return this.#db
      .selectFrom('iam_role')
      .select('role_id')
      .where('account', '=', account)
      .where('role_name', '=', roleName)
      .executeTakeFirst();
  }

  /** A session with its role; expired ones too, for as long as they are kept. */
  async session(account: string, accessKeyId: string) {
    const [row] = await this.#queries.session({ account, accessKeyId });
    return row;
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

  backingKey(purpose: string): Promise<Omit<BackingKeyTable, 'purpose'> | undefined> {
    return this.#db
      .selectFrom('iam_backing_key')
      .select(['key_id', 'backing_key_id', 'wrapped'])
      .where('purpose', '=', purpose)
      .executeTakeFirst();
  }
}

/** What every call asks for: whose key it is, and what he may do. */
function callerQueries(db: Kysely<IamTables>) {
  return {
    accessKey: repeatedQuery(db, ({ account, accessKeyId }: OfAccessKey) =>
      db
        .selectFrom('iam_access_key as k')
        .innerJoin('iam_user as u', (join) =>
          join.onRef('u.account', '=', 'k.account').onRef('u.user_key', '=', 'k.user_key'),
        )
        .select(['u.user_name', 'u.path', 'u.user_id', 'k.ciphertext'])
        .where('k.account', '=', account)
        .where('k.access_key_id', '=', accessKeyId)
        .where('k.status', '=', 'Active'),
    ),
    session: repeatedQuery(db, ({ account, accessKeyId }: OfAccessKey) =>
      db
        .selectFrom('iam_session as s')
        .innerJoin('iam_role as r', (join) =>
          join.onRef('r.account', '=', 's.account').onRef('r.role_name', '=', 's.role_name'),
        )
        .select([
          's.role_name',
          'r.role_id',
          's.session_name',
          's.policies',
          's.issued_at',
          's.expires_at',
          's.ciphertext',
        ])
        .where('s.account', '=', account)
        .where('s.access_key_id', '=', accessKeyId),
    ),
    policies: repeatedQuery(
      db,
      ({ account, userKey: key }: { readonly account: string; readonly userKey: string }) =>
        db
          .selectFrom('iam_user_policy')
          .select(['policy_name', 'document'])
          .where('account', '=', account)
          .where('user_key', '=', key),
    ),
  };
}

type OfAccessKey = { readonly account: string; readonly accessKeyId: string };

/** What only the vault can make of a credential. */
export type SealedCredential = Sealed<'credential'>;
