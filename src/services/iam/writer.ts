import type { Kysely } from 'kysely';
import type { Authority } from '../../aws/authority/authority.ts';
import type { Change } from '../../store/change.ts';
import type {
  IamTables,
  AccessKeyTable,
  RoleTable,
  SessionTable,
  BackingKeyTable,
} from './schema.ts';
import {
  accountOwner,
  accountSet,
  backingKeySet,
  iamOwner,
  roleSet,
  sessionSet,
  userKey,
  userOwner,
  userSet,
  type User,
} from './authority-sets.ts';

/** Builds the statements of a Change. What is about a user holds only if the user is still as it was read. */
export class IamWriter {
  readonly #db: Kysely<IamTables>;
  readonly #authority: Authority;

  constructor(db: Kysely<IamTables>, authority: Authority) {
    this.#db = db;
    this.#authority = authority;
  }

  insertAccount(change: Change, account: string, at: Temporal.Instant): void {
    const row = { account, created_at: at.epochMilliseconds };
    change.write(this.#db.insertInto('iam_account').values(row));
    this.#authority.edit(change, accountSet, accountOwner).put('iam_account', row);
  }

  /** The Change only holds while there is no account at all. */
  requireNoAccount(change: Change): void {
    change.write(this.#db.selectFrom('iam_account').select('account').limit(1), { rows: 0 });
  }

  insertUser(change: Change, user: User): void {
    const row = {
      account: user.account,
      user_key: userKey(user.userName),
      user_name: user.userName,
      path: user.path,
      user_id: user.userId,
      created_at: user.createdAt.epochMilliseconds,
      tags: JSON.stringify(user.tags),
      version: user.version,
    };
    change.write(this.#db.insertInto('iam_user').values(row));
    this.#authority.edit(change, userSet, userOwner(user)).put('iam_user', row);
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
    const { account, userName, version } = user;
    this.#authority
      .edit(change, userSet, userOwner(user))
      .update('iam_user', { account, user_key: userKey(userName) }, { version: version + 1 });
  }

  putPolicy(change: Change, user: User, policyName: string, document: string): void {
    const { account, userName } = user;
    const row = { account, user_key: userKey(userName), policy_name: policyName, document };
    change.write(
      this.#db
        .insertInto('iam_user_policy')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['account', 'user_key', 'policy_name']).doUpdateSet({ document }),
        ),
    );
    this.#authority.edit(change, userSet, userOwner(user)).put('iam_user_policy', row);
  }

  insertAccessKey(change: Change, row: AccessKeyTable): void {
    change.write(this.#db.insertInto('iam_access_key').values(row));
    this.#authority
      .edit(change, userSet, iamOwner(row.account, row.user_key))
      .put('iam_access_key', row);
  }

  insertRole(change: Change, row: RoleTable): void {
    change.write(this.#db.insertInto('iam_role').values(row));
    this.#authority
      .edit(change, roleSet, iamOwner(row.account, row.role_name))
      .put('iam_role', row);
  }

  insertSession(change: Change, row: SessionTable): void {
    change.write(this.#db.insertInto('iam_session').values(row));
    this.#authority
      .edit(change, sessionSet, iamOwner(row.account, row.access_key_id))
      .put('iam_session', row);
  }

  deleteSession(change: Change, key: Pick<SessionTable, 'account' | 'access_key_id'>): void {
    change.write(
      this.#db
        .deleteFrom('iam_session')
        .where('account', '=', key.account)
        .where('access_key_id', '=', key.access_key_id),
    );
    this.#authority.drop(change, sessionSet, iamOwner(key.account, key.access_key_id));
  }

  insertBackingKey(change: Change, row: BackingKeyTable): void {
    change.write(this.#db.insertInto('iam_backing_key').values(row));
    this.#authority
      .edit(change, backingKeySet, iamOwner('', row.purpose))
      .put('iam_backing_key', row);
  }
}
