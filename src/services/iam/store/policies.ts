import { soon, soonAll, type Soon } from '../../../lib/soon.ts';
import type { Change } from '../../../store/change.ts';
import { policyArn, readPolicyArn } from '../arn.ts';
import type { IamTables } from '../schema.ts';
import { iamOwner, nameKey } from '../sets/owner.ts';
import {
  managedPolicySet,
  policyOwner,
  type ManagedPolicy,
  type ManagedPolicySet,
  type PolicyVersion,
} from '../sets/policies.ts';
import { countRows, keysOfPage, type Page } from './pages.ts';
import type { StorePorts } from './users.ts';

const attachmentTables = [
  'iam_user_attachment',
  'iam_group_attachment',
  'iam_role_attachment',
] as const;

/** Customer managed policies. */
export class PolicyStore {
  readonly #ports: StorePorts;

  constructor(ports: StorePorts) {
    this.#ports = ports;
  }

  /** @param arn of any form; undefined when it names no policy that is there */
  find(arn: string): Soon<ManagedPolicySet | undefined> {
    const named = readPolicyArn(arn);
    return soon(named && this.named(named.account, named.policyName), (found) =>
      found !== undefined && policyArn(found.policy) === arn ? found : undefined,
    );
  }

  named(account: string, policyName: string): Soon<ManagedPolicySet | undefined> {
    return this.#ports.authority.load(managedPolicySet, iamOwner(account, nameKey(policyName)));
  }

  count(account: string, limit: number): Promise<number> {
    return countRows(this.#ports.db, 'iam_policy', account, { limit });
  }

  async page(account: string, page: Page): Promise<ManagedPolicySet[]> {
    const keys = await keysOfPage(this.#ports.db, 'iam_policy', 'policy_key', { account, ...page });
    const sets = await soonAll(keys.map((key) => this.named(account, key)));
    return sets.filter((each) => each !== undefined);
  }

  countVersions(account: string, limit: number): Promise<number> {
    return countRows(this.#ports.db, 'iam_policy_version', account, { limit });
  }

  /** To how many users, groups and roles of the account the policy is attached, and of how many it is the boundary. */
  async usage(account: string, arn: string): Promise<{ attachments: number; boundaries: number }> {
    const count = (table: keyof IamTables, column = 'policy_arn') =>
      countRows(this.#ports.db, table, account, { limit: maxCounted, where: { [column]: arn } });
    const attachments = await Promise.all(attachmentTables.map((table) => count(table)));
    const boundaries = await Promise.all([
      count('iam_user_boundary'),
      count('iam_role_settings', 'boundary'),
    ]);
    return { attachments: sum(attachments), boundaries: sum(boundaries) };
  }

  insert(change: Change, policy: ManagedPolicy, first: PolicyVersion): void {
    this.#ports.rows.insert(change, of(policy), 'iam_policy', {
      ...keyOf(policy),
      policy_name: policy.policyName,
      path: policy.path,
      policy_id: policy.policyId,
      description: policy.description ?? null,
      created_at: policy.createdAt.epochMilliseconds,
      updated_at: policy.updatedAt.epochMilliseconds,
      default_version: policy.defaultVersion,
      next_version: policy.nextVersion,
      tags: JSON.stringify(policy.tags),
      version: policy.version,
    });
    this.insertVersion(change, policy, first);
  }

  /** Precedes every change of the policy. */
  touch(
    change: Change,
    policy: ManagedPolicy,
    values: Partial<
      Pick<ManagedPolicy, 'updatedAt' | 'defaultVersion' | 'nextVersion' | 'tags'>
    > = {},
  ): void {
    const { updatedAt, defaultVersion, nextVersion, tags } = values;
    this.#ports.rows.update(change, of(policy), 'iam_policy', {
      key: keyOf(policy),
      values: {
        version: policy.version + 1,
        ...(updatedAt === undefined ? {} : { updated_at: updatedAt.epochMilliseconds }),
        ...(defaultVersion === undefined ? {} : { default_version: defaultVersion }),
        ...(nextVersion === undefined ? {} : { next_version: nextVersion }),
        ...(tags === undefined ? {} : { tags: JSON.stringify(tags) }),
      },
      still: { version: policy.version },
    });
  }

  insertVersion(change: Change, policy: ManagedPolicy, version: PolicyVersion): void {
    this.#ports.rows.insert(change, of(policy), 'iam_policy_version', {
      ...keyOf(policy),
      version_id: version.versionId,
      document: version.document,
      created_at: version.createdAt.epochMilliseconds,
    });
  }

  deleteVersion(change: Change, policy: ManagedPolicy, versionId: string): void {
    const key = { ...keyOf(policy), version_id: versionId };
    this.#ports.rows.remove(change, of(policy), 'iam_policy_version', key);
  }

  /** Holds only while it is attached to nobody, and nobody's boundary. */
  delete(change: Change, policy: ManagedPolicy): void {
    const arn = policyArn(policy);
    const { db } = this.#ports;
    for (const table of [...attachmentTables, 'iam_user_boundary'] as const)
      change.write(
        db
          .selectFrom(table)
          .select('account')
          .where('account', '=', policy.account)
          .where('policy_arn', '=', arn)
          .limit(1),
        { rows: 0 },
      );
    change.write(
      db
        .selectFrom('iam_role_settings')
        .select('account')
        .where('account', '=', policy.account)
        .where('boundary', '=', arn)
        .limit(1),
      { rows: 0 },
    );
    this.#ports.rows.drop(change, of(policy), keyOf(policy), {
      table: 'iam_policy',
      values: { version: policy.version },
    });
  }

  /** The Change only holds while the policy is there: what attaches it must not outlive it. */
  require(change: Change, policy: ManagedPolicy): void {
    const { account, policy_key } = keyOf(policy);
    change.write(
      this.#ports.db
        .selectFrom('iam_policy')
        .select('policy_key')
        .where('account', '=', account)
        .where('policy_key', '=', policy_key)
        .where('policy_id', '=', policy.policyId),
      { rows: 1 },
    );
  }
}

/** More than an account may have users, groups and roles. */
const maxCounted = 20_000;

function of(policy: ManagedPolicy) {
  return { set: managedPolicySet, owner: policyOwner(policy) };
}

function keyOf({ account, policyName }: ManagedPolicy) {
  return { account, policy_key: nameKey(policyName) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
