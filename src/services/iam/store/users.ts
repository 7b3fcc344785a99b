import { sql, type Kysely } from 'kysely';
import type { Authority } from '../../../aws/authority/authority.ts';
import { soon, soonAll, type Soon } from '../../../lib/soon.ts';
import type { Change } from '../../../store/change.ts';
import type { AccessKeyTable, AccessKeyUseTable, IamTables, LoginProfileTable } from '../schema.ts';
import type { SetWriter } from '../set-writer.ts';
import { iamOwner, nameKey } from '../sets/owner.ts';
import { userOwner, userSet, type User, type UserAccessKey, type UserSet } from '../sets/users.ts';
import { countRows, keysOfPage, secondOf, type Page } from './pages.ts';

export interface StorePorts {
  readonly db: Kysely<IamTables>;
  readonly authority: Authority;
  readonly rows: SetWriter;
}

/** Users, with all that is theirs. What is written of a user holds only if the user is still as read: `touch` sees to it. */
export class UserStore {
  readonly #ports: StorePorts;

  constructor(ports: StorePorts) {
    this.#ports = ports;
  }

  find(account: string, userName: string): Soon<UserSet | undefined> {
    return this.#load(account, nameKey(userName));
  }

  /** By the unique id, in whatever account. */
  async withId(userId: string): Promise<UserSet | undefined> {
    const row = await this.#ports.authority.lookUp(userSet, `id ${userId}`, () =>
      this.#ports.db
        .selectFrom('iam_user')
        .select(['account', 'user_key'])
        .where('user_id', '=', userId)
        .executeTakeFirst(),
    );
    const found = row && (await this.#load(row.account, row.user_key));
    return found?.user.userId === userId ? found : undefined;
  }

  /** Counts no further than `limit`. */
  count(account: string, limit: number): Promise<number> {
    return countRows(this.#ports.db, 'iam_user', account, { limit });
  }

  async page(account: string, page: Page): Promise<UserSet[]> {
    return this.#all(
      account,
      await keysOfPage(this.#ports.db, 'iam_user', 'user_key', { account, ...page }),
    );
  }

  async inGroup(account: string, groupName: string, page: Page): Promise<UserSet[]> {
    const where = { group_key: nameKey(groupName) };
    return this.#all(
      account,
      await keysOfPage(this.#ports.db, 'iam_membership', 'user_key', { account, where, ...page }),
    );
  }

  /** Those to whom a managed policy is attached, or whose boundary it is. */
  async withPolicy(
    account: string,
    policyArn: string,
    usage: 'attached' | 'boundary',
    page: Page,
  ): Promise<UserSet[]> {
    const table = usage === 'attached' ? 'iam_user_attachment' : 'iam_user_boundary';
    const where = { policy_arn: policyArn };
    return this.#all(
      account,
      await keysOfPage(this.#ports.db, table, 'user_key', { account, where, ...page }),
    );
  }

  /** An access key with its user, whatever its status. */
  async accessKey(
    account: string,
    accessKeyId: string,
  ): Promise<{ readonly of: UserSet; readonly key: AccessKeyTable } | undefined> {
    const of = await this.#withKey(account, accessKeyId);
    const key = of?.accessKeys.find((each) => each.access_key_id === accessKeyId);
    return of === undefined || key === undefined ? undefined : { of, key };
  }

  /** A key that is active, with its user: the same object for as long as nothing of them has changed. */
  activeKey(account: string, accessKeyId: string): Soon<UserAccessKey | undefined> {
    return soon(this.#withKey(account, accessKeyId), (set) => set?.activeKeys.get(accessKeyId));
  }

  #withKey(account: string, accessKeyId: string): Soon<UserSet | undefined> {
    const { authority, db } = this.#ports;
    const row = authority.lookUp(userSet, `access-key ${account} ${accessKeyId}`, () =>
      db
        .selectFrom('iam_access_key')
        .select('user_key')
        .where('account', '=', account)
        .where('access_key_id', '=', accessKeyId)
        .executeTakeFirst(),
    );
    return soon(row, (found) => found && this.#load(account, found.user_key));
  }

  accessKeyUse(account: string, accessKeyId: string): Promise<AccessKeyUseTable | undefined> {
    return this.#ports.db
      .selectFrom('iam_access_key_use')
      .selectAll()
      .where('account', '=', account)
      .where('access_key_id', '=', accessKeyId)
      .executeTakeFirst();
  }

  /** Of a key that is there; an older use never takes the place of a newer one. */
  noteKeyUse(
    change: Change,
    { account, accessKeyId }: { readonly account: string; readonly accessKeyId: string },
    use: { readonly at: Temporal.Instant; readonly region: string; readonly service: string },
  ): void {
    const { region, service } = use;
    const usedAt = secondOf(use.at);
    change.write(
      this.#ports.db
        .insertInto('iam_access_key_use')
        .columns(['account', 'access_key_id', 'used_at', 'region', 'service'])
        .expression((eb) =>
          eb
            .selectFrom('iam_access_key')
            .select(['account', 'access_key_id'])
            .select(sql<number>`cast(${usedAt} as bigint)`.as('used_at'))
            .select(sql<string>`cast(${region} as text)`.as('region'))
            .select(sql<string>`cast(${service} as text)`.as('service'))
            .where('account', '=', account)
            .where('access_key_id', '=', accessKeyId),
        )
        .onConflict((conflict) =>
          conflict
            .columns(['account', 'access_key_id'])
            .doUpdateSet({ used_at: usedAt, region, service })
            .where('iam_access_key_use.used_at', '<', usedAt),
        ),
    );
  }

  insert(change: Change, user: User): void {
    this.#ports.rows.insert(change, of(user), 'iam_user', {
      account: user.account,
      user_key: nameKey(user.userName),
      user_name: user.userName,
      path: user.path,
      user_id: user.userId,
      created_at: user.createdAt.epochMilliseconds,
      tags: JSON.stringify(user.tags),
      version: user.version,
    });
  }

  /** Precedes every change of what is the user's, so that limits hold when two come at once. */
  touch(
    change: Change,
    user: User,
    values: Partial<Pick<User, 'userName' | 'path' | 'tags'>> = {},
  ): void {
    this.#ports.rows.update(change, of(user), 'iam_user', {
      key: keyOf(user),
      values: {
        version: user.version + 1,
        // In another case only: the name is what the user is found by.
        ...(values.userName === undefined ? {} : { user_name: values.userName }),
        ...(values.path === undefined ? {} : { path: values.path }),
        ...(values.tags === undefined ? {} : { tags: JSON.stringify(values.tags) }),
      },
      still: { version: user.version },
    });
  }

  delete(change: Change, user: User): void {
    this.#ports.rows.drop(change, of(user), keyOf(user), {
      table: 'iam_user',
      values: { version: user.version },
    });
  }

  putPolicy(change: Change, user: User, policyName: string, document: string): void {
    const row = { ...keyOf(user), policy_name: policyName, document };
    this.#ports.rows.put(change, of(user), 'iam_user_policy', row);
  }

  deletePolicy(change: Change, user: User, policyName: string): void {
    const key = { ...keyOf(user), policy_name: policyName };
    this.#ports.rows.remove(change, of(user), 'iam_user_policy', key);
  }

  attach(change: Change, user: User, policyArn: string): void {
    const row = { ...keyOf(user), policy_arn: policyArn };
    this.#ports.rows.put(change, of(user), 'iam_user_attachment', row);
  }

  detach(change: Change, user: User, policyArn: string): void {
    const key = { ...keyOf(user), policy_arn: policyArn };
    this.#ports.rows.remove(change, of(user), 'iam_user_attachment', key);
  }

  setBoundary(change: Change, user: User, policyArn: string): void {
    const row = { ...keyOf(user), policy_arn: policyArn };
    this.#ports.rows.put(change, of(user), 'iam_user_boundary', row);
  }

  removeBoundary(change: Change, user: User): void {
    this.#ports.rows.remove(change, of(user), 'iam_user_boundary', keyOf(user));
  }

  join(change: Change, user: User, groupName: string): void {
    const row = { ...keyOf(user), group_key: nameKey(groupName) };
    this.#ports.rows.put(change, of(user), 'iam_membership', row);
  }

  leave(change: Change, user: User, groupName: string): void {
    const key = { ...keyOf(user), group_key: nameKey(groupName) };
    this.#ports.rows.remove(change, of(user), 'iam_membership', key);
  }

  insertAccessKey(
    change: Change,
    user: User,
    key: Omit<AccessKeyTable, 'account' | 'user_key'>,
  ): void {
    this.#ports.rows.insert(change, of(user), 'iam_access_key', { ...key, ...keyOf(user) });
  }

  setAccessKeyStatus(change: Change, user: User, accessKeyId: string, status: string): void {
    this.#ports.rows.update(change, of(user), 'iam_access_key', {
      key: { account: user.account, access_key_id: accessKeyId },
      values: { status },
    });
  }

  deleteAccessKey(change: Change, user: User, accessKeyId: string): void {
    const key = { account: user.account, access_key_id: accessKeyId };
    this.#ports.rows.remove(change, of(user), 'iam_access_key', key);
    const { db } = this.#ports;
    change.write(
      db
        .deleteFrom('iam_access_key_use')
        .where('account', '=', user.account)
        .where('access_key_id', '=', accessKeyId),
    );
  }

  putLoginProfile(
    change: Change,
    user: User,
    profile: Omit<LoginProfileTable, 'account' | 'user_key'>,
  ): void {
    this.#ports.rows.put(change, of(user), 'iam_login_profile', { ...profile, ...keyOf(user) });
  }

  deleteLoginProfile(change: Change, user: User): void {
    this.#ports.rows.remove(change, of(user), 'iam_login_profile', keyOf(user));
  }

  keepOldPassword(change: Change, user: User, passwordHash: string, changedAt: number): void {
    const row = { ...keyOf(user), changed_at: changedAt, password_hash: passwordHash };
    this.#ports.rows.put(change, of(user), 'iam_old_password', row);
  }

  forgetOldPassword(change: Change, user: User, passwordHash: string): void {
    const key = { ...keyOf(user), password_hash: passwordHash };
    this.#ports.rows.remove(change, of(user), 'iam_old_password', key);
  }

  #load(account: string, key: string): Soon<UserSet | undefined> {
    return this.#ports.authority.load(userSet, iamOwner(account, key));
  }

  /** One that was deleted meanwhile is left out. */
  async #all(account: string, keys: readonly string[]): Promise<UserSet[]> {
    const sets = await soonAll(keys.map((key) => this.#load(account, key)));
    return sets.filter((each) => each !== undefined);
  }
}

function of(user: User) {
  return { set: userSet, owner: userOwner(user) };
}

function keyOf({ account, userName }: User) {
  return { account, user_key: nameKey(userName) };
}
