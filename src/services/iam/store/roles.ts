import { sql } from 'kysely';
import { soon, soonAll, type Soon } from '../../../lib/soon.ts';
import type { Change } from '../../../store/change.ts';
import type { RoleUseTable } from '../schema.ts';
import { iamOwner, nameKey } from '../sets/owner.ts';
import { roleOwner, roleSet, type Role, type RoleSet } from '../sets/roles.ts';
import { countRows, keysOfPage, secondOf, type Page } from './pages.ts';
import type { StorePorts } from './users.ts';

/** What can be changed of a role. */
export type RoleChanges = Partial<
  Pick<Role, 'description' | 'trustPolicy' | 'maxSessionSeconds' | 'tags'>
> & {
  /** Null takes it away. */
  readonly boundary?: string | null;
};

/** Roles, of customers and of services. */
export class RoleStore {
  readonly #ports: StorePorts;

  constructor(ports: StorePorts) {
    this.#ports = ports;
  }

  /** By its name, without regard to case. */
  find(account: string, roleName: string): Soon<RoleSet | undefined> {
    return soon(
      this.#load(account, roleName),
      (exact) => exact ?? this.#findSimilar(account, roleName),
    );
  }

  #findSimilar(account: string, roleName: string): Soon<RoleSet | undefined> {
    const { authority, db } = this.#ports;
    const row = authority.lookUp(roleSet, `name ${account} ${nameKey(roleName)}`, () =>
      db
        .selectFrom('iam_role')
        .select('role_name')
        .where('account', '=', account)
        .where(sql`lower(role_name)`, '=', nameKey(roleName))
        .executeTakeFirst(),
    );
    return soon(row, (found) => found && this.#load(account, found.role_name));
  }

  /** By the unique id, in whatever account. */
  async withId(roleId: string): Promise<RoleSet | undefined> {
    const row = await this.#ports.authority.lookUp(roleSet, `id ${roleId}`, () =>
      this.#ports.db
        .selectFrom('iam_role')
        .select(['account', 'role_name'])
        .where('role_id', '=', roleId)
        .executeTakeFirst(),
    );
    const found = row && (await this.#load(row.account, row.role_name));
    return found?.role.roleId === roleId ? found : undefined;
  }

  count(account: string, limit: number): Promise<number> {
    return countRows(this.#ports.db, 'iam_role', account, { limit });
  }

  /** @param page its path prefix is for the caller to look at: roles of services keep none */
  async page(account: string, page: Omit<Page, 'pathPrefix'>): Promise<RoleSet[]> {
    return this.#all(
      account,
      await keysOfPage(this.#ports.db, 'iam_role', 'role_name', { account, ...page }),
    );
  }

  async withPolicy(
    account: string,
    policyArn: string,
    usage: 'attached' | 'boundary',
    page: Page,
  ): Promise<RoleSet[]> {
    const [table, where] =
      usage === 'attached'
        ? (['iam_role_attachment', { policy_arn: policyArn }] as const)
        : (['iam_role_settings', { boundary: policyArn }] as const);
    return this.#all(
      account,
      await keysOfPage(this.#ports.db, table, 'role_name', { account, where, ...page }),
    );
  }

  use(account: string, roleName: string): Promise<RoleUseTable | undefined> {
    return this.#ports.db
      .selectFrom('iam_role_use')
      .selectAll()
      .where('account', '=', account)
      .where('role_name', '=', roleName)
      .executeTakeFirst();
  }

  /** Of a role that is there; an older use never takes the place of a newer one. */
  noteUse(
    change: Change,
    { account, roleId }: { readonly account: string; readonly roleId: string },
    { at, region }: { readonly at: Temporal.Instant; readonly region: string },
  ): void {
    const usedAt = secondOf(at);
    change.write(
      this.#ports.db
        .insertInto('iam_role_use')
        .columns(['account', 'role_name', 'used_at', 'region'])
        .expression((eb) =>
          eb
            .selectFrom('iam_role')
            .select(['account', 'role_name'])
            .select(sql<number>`cast(${usedAt} as bigint)`.as('used_at'))
            .select(sql<string>`cast(${region} as text)`.as('region'))
            .where('role_id', '=', roleId)
            .where('account', '=', account),
        )
        .onConflict((conflict) =>
          conflict
            .columns(['account', 'role_name'])
            .doUpdateSet({ used_at: usedAt, region })
            .where('iam_role_use.used_at', '<', usedAt),
        ),
    );
  }

  insert(change: Change, role: Role): void {
    this.insertServiceLinked(change, role);
    this.#ports.rows.insert(change, of(role), 'iam_role_settings', {
      ...keyOf(role),
      path: role.path,
      description: role.description ?? null,
      trust_policy: role.trustPolicy,
      max_session_seconds: role.maxSessionSeconds,
      boundary: role.boundary ?? null,
      tags: JSON.stringify(role.tags),
      version: role.version,
    });
  }

  /** A role that belongs to a service: the rest of it is not kept. */
  insertServiceLinked(
    change: Change,
    role: Pick<Role, 'account' | 'roleName' | 'roleId' | 'createdAt'>,
  ): void {
    this.#ports.rows.insert(change, of(role), 'iam_role', {
      ...keyOf(role),
      role_id: role.roleId,
      created_at: role.createdAt.epochMilliseconds,
    });
  }

  /** Precedes every change of what is the role's. */
  touch(change: Change, role: Role, changes: RoleChanges = {}): void {
    if (role.service !== undefined) return this.#touchServiceLinked(change, role);
    const { description, trustPolicy, maxSessionSeconds, tags, boundary } = changes;
    this.#ports.rows.update(change, of(role), 'iam_role_settings', {
      key: keyOf(role),
      values: {
        version: role.version + 1,
        ...(description === undefined ? {} : { description }),
        ...(trustPolicy === undefined ? {} : { trust_policy: trustPolicy }),
        ...(maxSessionSeconds === undefined ? {} : { max_session_seconds: maxSessionSeconds }),
        ...(tags === undefined ? {} : { tags: JSON.stringify(tags) }),
        ...(boundary === undefined ? {} : { boundary }),
      },
      still: { version: role.version },
    });
  }

  /** Nothing of it changes but its policies, if it is still there. */
  #touchServiceLinked(change: Change, role: Role): void {
    const as = { role_id: role.roleId };
    const row = { key: keyOf(role), values: as, still: as };
    this.#ports.rows.update(change, of(role), 'iam_role', row);
  }

  /** Its sessions end with it. */
  delete(change: Change, role: Role): void {
    this.#ports.rows.drop(
      change,
      of(role),
      keyOf(role),
      role.service === undefined
        ? { table: 'iam_role_settings', values: { version: role.version } }
        : { table: 'iam_role', values: { role_id: role.roleId } },
    );
    change.write(
      this.#ports.db
        .deleteFrom('iam_role_use')
        .where('account', '=', role.account)
        .where('role_name', '=', role.roleName),
    );
  }

  putPolicy(change: Change, role: Role, policyName: string, document: string): void {
    const row = { ...keyOf(role), policy_name: policyName, document };
    this.#ports.rows.put(change, of(role), 'iam_role_policy', row);
  }

  deletePolicy(change: Change, role: Role, policyName: string): void {
    const key = { ...keyOf(role), policy_name: policyName };
    this.#ports.rows.remove(change, of(role), 'iam_role_policy', key);
  }

  attach(change: Change, role: Role, policyArn: string): void {
    const row = { ...keyOf(role), policy_arn: policyArn };
    this.#ports.rows.put(change, of(role), 'iam_role_attachment', row);
  }

  detach(change: Change, role: Role, policyArn: string): void {
    const key = { ...keyOf(role), policy_arn: policyArn };
    this.#ports.rows.remove(change, of(role), 'iam_role_attachment', key);
  }

  #load(account: string, roleName: string): Soon<RoleSet | undefined> {
    return this.#ports.authority.load(roleSet, iamOwner(account, roleName));
  }

  async #all(account: string, names: readonly string[]): Promise<RoleSet[]> {
    const sets = await soonAll(names.map((name) => this.#load(account, name)));
    return sets.filter((each) => each !== undefined);
  }
}

function of(role: Pick<Role, 'account' | 'roleName'>) {
  return { set: roleSet, owner: roleOwner(role) };
}

function keyOf({ account, roleName }: Pick<Role, 'account' | 'roleName'>) {
  return { account, role_name: roleName };
}
