import type { AuthoritySet, SetOwner } from '../../../aws/authority/authority-set.ts';
import { parsePolicy } from '../../../aws/policy/parse.ts';
import type { PolicyDocument } from '../../../aws/policy/types.ts';
import type { Tag } from '../model.ts';
import type { PolicyTable, PolicyVersionTable } from '../schema.ts';
import { policyArn } from '../arn.ts';
import { iamOwner, instant, nameKey, readTags } from './owner.ts';

/** A customer managed policy. */
export interface ManagedPolicy {
  readonly account: string;
  readonly policyName: string;
  readonly path: string;
  readonly policyId: string;
  readonly description: string | undefined;
  readonly createdAt: Temporal.Instant;
  readonly updatedAt: Temporal.Instant;
  /** `v1`. */
  readonly defaultVersion: string;
  /** The number of the version that comes next. */
  readonly nextVersion: number;
  readonly tags: readonly Tag[];
  readonly version: number;
}

export interface PolicyVersion {
  readonly versionId: string;
  readonly document: string;
  readonly createdAt: Temporal.Instant;
}

export interface ManagedPolicySet {
  readonly policy: ManagedPolicy;
  /** The oldest first. */
  readonly versions: readonly PolicyVersion[];
  /** The default version, as it is evaluated. */
  readonly document: PolicyDocument;
}

export const managedPolicySet: AuthoritySet<ManagedPolicySet | undefined> = {
  kind: 'iam-policy',
  tables: [
    {
      name: 'iam_policy',
      key: ['account', 'policy_key'],
      columns: [
        'policy_name',
        'path',
        'policy_id',
        'description',
        'created_at',
        'updated_at',
        'default_version',
        'next_version',
        'tags',
        'version',
      ],
      place: ['account'],
      owner: 'policy_key',
    },
    {
      name: 'iam_policy_version',
      key: ['account', 'policy_key', 'version_id'],
      columns: ['document', 'created_at'],
      place: ['account'],
      owner: 'policy_key',
    },
  ],
  read: (rows) => {
    const [row] = rows<PolicyTable>('iam_policy');
    if (row === undefined) return undefined;
    const policy = policyFromRow(row);
    const versions = rows<PolicyVersionTable>('iam_policy_version')
      .map((each) => ({
        versionId: each.version_id,
        document: each.document,
        createdAt: instant(each.created_at),
      }))
      .toSorted((a, b) => numberOf(a.versionId) - numberOf(b.versionId));
    const current = versions.find(({ versionId }) => versionId === policy.defaultVersion);
    if (current === undefined) throw new TypeError('a policy without its default version');
    const source = {
      type: 'user-managed',
      name: policy.policyName,
      arn: policyArn(policy),
      text: current.document,
    } as const;
    return {
      policy,
      versions,
      document: { ...parsePolicy(current.document, 'identity'), source },
    };
  },
};

export function policyOwner({
  account,
  policyName,
}: Pick<ManagedPolicy, 'account' | 'policyName'>): SetOwner {
  return iamOwner(account, nameKey(policyName));
}

function policyFromRow(row: PolicyTable): ManagedPolicy {
  return {
    account: row.account,
    policyName: row.policy_name,
    path: row.path,
    policyId: row.policy_id,
    description: row.description ?? undefined,
    createdAt: instant(row.created_at),
    updatedAt: instant(row.updated_at),
    defaultVersion: row.default_version,
    nextVersion: row.next_version,
    tags: readTags(row.tags),
    version: row.version,
  };
}

function numberOf(versionId: string): number {
  return Number(versionId.slice(1));
}
