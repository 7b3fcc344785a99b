import type { Kysely } from 'kysely';
import type { Change } from '../../store/change.ts';
import type {
  IamTables,
  AccessKeyTable,
  RoleTable,
  SessionTable,
  BackingKeyTable,
} from './schema.ts';
import { userKey, type User } from './store.ts';

/** Builds the statements of a Change. What is about a user holds only if the user is still as it was read. */
export class IamWriter {
  readonly #db: Kysely<IamTables>;

  constructor(db: Kysely<IamTables>) {
    this.#db = db;
  }

  insertAccount(change: Change, account: string, at: Temporal.Instant): void {
    change.write(
      this.#db.insertInto('iam_account').values({ account, created_at: at.epochMilliseconds }),
    );
  }

  /** The Change only holds while there is no account at all. */
  requireNoAccount(change: Change): void {
    change.write(this.#db.selectFrom('iam_account').select('account').limit(1), { rows: 0 });
  }

  insertUser(change: Change, user: User): void {
    change.write(
      this.#db.insertInto('iam_user').values({
        account: user.account,
        user_key: userKey(user.userName),
        user_name: user.userName,
        path: user.path,
        user_id: user.userId,
        created_at: user.createdAt.epochMilliseconds,
        tags: JSON.stringify(user.tags),
        version: user.version,
      }),
    );
  }

  /** Precedes every change of a user's keys and policies, so that limits hold when two come at once. */
  touchUser(change: Change, user: User): void {
    change.write(
      this.#db
        .updateTable('iam_user')
        .set({ version: user.version + 1 })
        .where('account', '=', user.account)
        .where('user_key', '=', userKey(user.userName))
        .where('version', '=', user.version),
      { rows: 1 },
    );
  }

  putPolicy(
    change: Change,
    { account, userName }: User,
    policyName: string,
    document: string,
  ): void {
    change.write(
      this.#db
        .insertInto('iam_user_policy')
        .values({ account, user_key: userKey(userName), policy_name: policyName, document })
        .onConflict((conflict) =>
          conflict.columns(['account', 'user_key', 'policy_name']).doUpdateSet({ document }),
        ),
    );
  }

  insertAccessKey(change: Change, row: AccessKeyTable): void {
    change.write(this.#db.insertInto('iam_access_key').values(row));
  }

  insertRole(change: Change, row: RoleTable): void {
    change.write(this.#db.insertInto('iam_role').values(row));
  }

  insertSession(change: Change, row: SessionTable): void {
    change.write(this.#db.insertInto('iam_session').values(row));
  }

  deleteSession(change: Change, key: Pick<SessionTable, 'account' | 'access_key_id'>): void {
    change.write(
      this.#db
        .deleteFrom('iam_session')
        .where('account', '=', key.account)
        .where('access_key_id', '=', key.access_key_id),
    );
  }

  insertBackingKey(change: Change, row: BackingKeyTable): void {
    change.write(this.#db.insertInto('iam_backing_key').values(row));
  }
}
