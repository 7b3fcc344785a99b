import type { AuthoritySet, SetOwner } from '../../../aws/authority/authority-set.ts';
import { parsePolicy } from '../../../aws/policy/parse.ts';
import type { PolicyDocument } from '../../../aws/policy/types.ts';
import type { GroupAttachmentTable, GroupPolicyTable, GroupTable } from '../schema.ts';
import { iamOwner, instant, nameKey } from './owner.ts';

export interface Group {
  readonly account: string;
  readonly groupName: string;
  readonly path: string;
  readonly groupId: string;
  readonly createdAt: Temporal.Instant;
  readonly version: number;
}

/** A group with its policies. Who is in it stands with the users. */
export interface GroupSet {
  readonly group: Group;
  readonly policies: ReadonlyMap<string, string>;
  readonly identityPolicies: readonly PolicyDocument[];
  readonly attached: readonly string[];
}

export const groupSet: AuthoritySet<GroupSet | undefined> = {
  kind: 'iam-group',
  tables: [
    ofGroup('iam_group', [], ['group_name', 'path', 'group_id', 'created_at', 'version']),
    ofGroup('iam_group_policy', ['policy_name'], ['document']),
    ofGroup('iam_group_attachment', ['policy_arn'], []),
  ],
  read: (rows) => {
    const [row] = rows<GroupTable>('iam_group');
    if (row === undefined) return undefined;
    const policies = rows<GroupPolicyTable>('iam_group_policy');
    return {
      group: {
        account: row.account,
        groupName: row.group_name,
        path: row.path,
        groupId: row.group_id,
        createdAt: instant(row.created_at),
        version: row.version,
      },
      policies: new Map(policies.map((each) => [each.policy_name, each.document])),
      identityPolicies: policies.map((each) => ({
        ...parsePolicy(each.document, 'identity'),
        source: {
          type: 'group',
          owner: row.group_name,
          name: each.policy_name,
          text: each.document,
        },
      })),
      attached: rows<GroupAttachmentTable>('iam_group_attachment').map((each) => each.policy_arn),
    };
  },
};

export function groupOwner({ account, groupName }: Pick<Group, 'account' | 'groupName'>): SetOwner {
  return iamOwner(account, nameKey(groupName));
}

function ofGroup(name: string, key: readonly string[], columns: readonly string[]) {
  return {
    name,
    key: ['account', 'group_key', ...key],
    columns,
    place: ['account'],
    owner: 'group_key',
  } as const;
}
