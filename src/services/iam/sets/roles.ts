import type { AuthoritySet, SetOwner } from '../../../aws/authority/authority-set.ts';
import { parsePolicy } from '../../../aws/policy/parse.ts';
import type { PolicyDocument } from '../../../aws/policy/types.ts';
import { serviceLinkedRoles } from '../domain/service-linked-roles.ts';
import type { Tag } from '../model.ts';
import type {
  RoleAttachmentTable,
  RolePolicyTable,
  RoleSettingsTable,
  RoleTable,
} from '../schema.ts';
import { iamOwner, instant, readTags } from './owner.ts';

export interface Role {
  readonly account: string;
  readonly roleName: string;
  readonly path: string;
  readonly roleId: string;
  readonly createdAt: Temporal.Instant;
  readonly description: string | undefined;
  /** The document that says who may assume it. */
  readonly trustPolicy: string;
  readonly maxSessionSeconds: number;
  /** ARN of the permissions boundary. */
  readonly boundary: string | undefined;
  readonly tags: readonly Tag[];
  /** Set for a role that belongs to a service, which nobody changes by a call: the principal its sessions count as. */
  readonly service: string | undefined;
  readonly version: number;
}

export interface RoleSet {
  readonly role: Role;
  readonly trust: PolicyDocument;
  readonly policies: ReadonlyMap<string, string>;
  readonly identityPolicies: readonly PolicyDocument[];
  readonly attached: readonly string[];
}

export const roleSet: AuthoritySet<RoleSet | undefined> = {
  kind: 'iam-role',
  tables: [
    ofRole('iam_role', [], ['role_id', 'created_at']),
    ofRole(
      'iam_role_settings',
      [],
      ['path', 'description', 'trust_policy', 'max_session_seconds', 'boundary', 'tags', 'version'],
    ),
    ofRole('iam_role_policy', ['policy_name'], ['document']),
    ofRole('iam_role_attachment', ['policy_arn'], []),
  ],
  read: (rows) => {
    const [row] = rows<RoleTable>('iam_role');
    if (row === undefined) return undefined;
    const [settings] = rows<RoleSettingsTable>('iam_role_settings');
    const role =
      settings === undefined ? serviceLinked(identityOf(row)) : ofCustomer(row, settings);
    if (role === undefined) return undefined;
    const policies = new Map(
      rows<RolePolicyTable>('iam_role_policy').map((each) => [each.policy_name, each.document]),
    );
    const own = serviceLinkedRoles[row.role_name];
    if (settings === undefined && own !== undefined) policies.set(row.role_name, own.policy);
    return {
      role,
      trust: parsePolicy(role.trustPolicy, 'trust'),
      policies,
      identityPolicies: [...policies].map(([name, document]) => ({
        ...parsePolicy(document, 'identity'),
        source: { type: 'role', owner: row.role_name, name, text: document },
      })),
      attached: rows<RoleAttachmentTable>('iam_role_attachment').map((each) => each.policy_arn),
    };
  },
};

export function roleOwner({ account, roleName }: Pick<Role, 'account' | 'roleName'>): SetOwner {
  return iamOwner(account, roleName);
}

/** A role that belongs to a service, with what is the same for all accounts; undefined when there is none of this name. */
export function serviceLinked(
  identity: Pick<Role, 'account' | 'roleName' | 'roleId' | 'createdAt'>,
): Role | undefined {
  const facts = serviceLinkedRoles[identity.roleName];
  return (
    facts && {
      ...identity,
      path: facts.path,
      description: facts.description,
      trustPolicy: facts.trustPolicy,
      maxSessionSeconds: 3600,
      boundary: undefined,
      tags: [],
      service: facts.service,
      version: 0,
    }
  );
}

function ofCustomer(row: RoleTable, settings: RoleSettingsTable): Role {
  return {
    ...identityOf(row),
    path: settings.path,
    description: settings.description ?? undefined,
    trustPolicy: settings.trust_policy,
    maxSessionSeconds: settings.max_session_seconds,
    boundary: settings.boundary ?? undefined,
    tags: readTags(settings.tags),
    service: undefined,
    version: settings.version,
  };
}

function identityOf(row: RoleTable) {
  return {
    account: row.account,
    roleName: row.role_name,
    roleId: row.role_id,
    createdAt: instant(row.created_at),
  };
}

function ofRole(name: string, key: readonly string[], columns: readonly string[]) {
  return {
    name,
    key: ['account', 'role_name', ...key],
    columns,
    place: ['account'],
    owner: 'role_name',
  } as const;
}
