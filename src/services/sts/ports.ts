import type { Call } from '../../aws/call.ts';
import type { PolicyDocument } from '../../aws/policy/types.ts';
import type { Secret } from '../../lib/secret.ts';
import type { Tag } from './model.ts';

/** What STS asks of IAM. */
export interface StsPorts {
  readonly identity: {
    /** The role with exactly this ARN, in whatever account. */
    roleToAssume(arn: string): Promise<RoleToAssume | undefined>;
    /** Whether there is such a managed policy, of AWS's or the account's. */
    hasPolicy(account: string, arn: string): Promise<boolean>;
    /** Whether this is a code of an enabled device of the caller; a right one is used up with the call's Change. */
    provesMfa(
      call: Call,
      code: { readonly serial: string; readonly code: string },
    ): Promise<boolean>;
    /** Notes when a role was last used. */
    noteRoleUse(call: Call, role: RoleToAssume): void;
  };
  readonly sessions: {
    issue(
      call: Call,
      order: { account: string; claims: NewSession; durationSeconds: number },
    ): Promise<TemporaryCredentials>;
  };
}

export interface RoleToAssume {
  readonly account: string;
  readonly arn: string;
  readonly roleName: string;
  readonly roleId: string;
  /** Who may assume it. */
  readonly trust: PolicyDocument;
  readonly maxSessionSeconds: number;
  readonly tags: readonly Tag[];
}

/** What temporary credentials are to say of themselves. */
interface NewSession {
  readonly who:
    | { kind: 'role'; roleName: string; roleId: string; sessionName: string }
    | { kind: 'user'; userId: string; byKey: string }
    | { kind: 'federated-user'; userId: string; byKey: string; name: string };
  readonly mfaAt?: number;
  readonly tags?: Tag[];
  readonly transitiveTagKeys?: string[];
  readonly sourceIdentity?: string;
  readonly policies?: string[];
  readonly policyArns?: string[];
  readonly isChained?: boolean;
}

/** The caller disposes both secrets. */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken: Secret;
  readonly expiresAt: Temporal.Instant;
}
