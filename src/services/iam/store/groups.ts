import { soonAll, type Soon } from '../../../lib/soon.ts';
import type { Change } from '../../../store/change.ts';
import { groupOwner, groupSet, type Group, type GroupSet } from '../sets/groups.ts';
import { iamOwner, nameKey } from '../sets/owner.ts';
import { countRows, keysOfPage, type Page } from './pages.ts';
import type { StorePorts } from './users.ts';

/** Groups with their policies. */
export class GroupStore {
  readonly #ports: StorePorts;

  constructor(ports: StorePorts) {
    this.#ports = ports;
  }

  find(account: string, groupName: string): Soon<GroupSet | undefined> {
    return this.#ports.authority.load(groupSet, iamOwner(account, nameKey(groupName)));
  }

  count(account: string, limit: number): Promise<number> {
    return countRows(this.#ports.db, 'iam_group', account, { limit });
  }

  async page(account: string, page: Page): Promise<GroupSet[]> {
    return this.#all(
      account,
      await keysOfPage(this.#ports.db, 'iam_group', 'group_key', { account, ...page }),
    );
  }

  async withPolicy(account: string, policyArn: string, page: Page): Promise<GroupSet[]> {
    const where = { policy_arn: policyArn };
    const from = { account, where, ...page };
    return this.#all(
      account,
      await keysOfPage(this.#ports.db, 'iam_group_attachment', 'group_key', from),
    );
  }

  insert(change: Change, group: Group): void {
    this.#ports.rows.insert(change, of(group), 'iam_group', {
      ...keyOf(group),
      group_name: group.groupName,
      path: group.path,
      group_id: group.groupId,
      created_at: group.createdAt.epochMilliseconds,
      version: group.version,
    });
  }

  /** Precedes every change of what is the group's. */
  touch(
    change: Change,
    group: Group,
    values: Partial<Pick<Group, 'groupName' | 'path'>> = {},
  ): void {
    this.#ports.rows.update(change, of(group), 'iam_group', {
      key: keyOf(group),
      values: {
        version: group.version + 1,
        // In another case only: the name is what the group is found by.
        ...(values.groupName === undefined ? {} : { group_name: values.groupName }),
        ...(values.path === undefined ? {} : { path: values.path }),
      },
      still: { version: group.version },
    });
  }

  /** Holds only while nobody is in it. */
  delete(change: Change, group: Group): void {
    const { account, group_key } = keyOf(group);
    change.write(
      this.#ports.db
        .selectFrom('iam_membership')
        .select('user_key')
        .where('account', '=', account)
        .where('group_key', '=', group_key)
        .limit(1),
      { rows: 0 },
    );
    this.#ports.rows.drop(change, of(group), keyOf(group), {
      table: 'iam_group',
      values: { version: group.version },
    });
  }

  /** The Change only holds while the group is there. */
  require(change: Change, group: Group): void {
    const { account, group_key } = keyOf(group);
    change.write(
      this.#ports.db
        .selectFrom('iam_group')
        .select('group_key')
        .where('account', '=', account)
        .where('group_key', '=', group_key)
        .where('group_id', '=', group.groupId),
      { rows: 1 },
    );
  }

  putPolicy(change: Change, group: Group, policyName: string, document: string): void {
    const row = { ...keyOf(group), policy_name: policyName, document };
    this.#ports.rows.put(change, of(group), 'iam_group_policy', row);
  }

  deletePolicy(change: Change, group: Group, policyName: string): void {
    const key = { ...keyOf(group), policy_name: policyName };
    this.#ports.rows.remove(change, of(group), 'iam_group_policy', key);
  }

  attach(change: Change, group: Group, policyArn: string): void {
    const row = { ...keyOf(group), policy_arn: policyArn };
    this.#ports.rows.put(change, of(group), 'iam_group_attachment', row);
  }

  detach(change: Change, group: Group, policyArn: string): void {
    const key = { ...keyOf(group), policy_arn: policyArn };
    this.#ports.rows.remove(change, of(group), 'iam_group_attachment', key);
  }

  async #all(account: string, keys: readonly string[]): Promise<GroupSet[]> {
    const sets = await soonAll(keys.map((key) => this.find(account, key)));
    return sets.filter((each) => each !== undefined);
  }
}

function of(group: Group) {
  return { set: groupSet, owner: groupOwner(group) };
}

function keyOf({ account, groupName }: Group) {
  return { account, group_key: nameKey(groupName) };
}
