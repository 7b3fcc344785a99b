import type { Call } from '../../aws/call.ts';
import type { PolicyDocument } from '../../aws/policy/types.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Secret } from '../../lib/secret.ts';
import type { Tag } from './model.ts';

/** What STS asks of IAM. */
export interface StsPorts {
  readonly identity: {
    /** The role with exactly this ARN, in whatever account. */
    roleToAssume(arn: string): Promise<RoleToAssume | undefined>;
    /** Whom an account lets vouch for others. @param url without `https://` */
    oidcProvider(account: string, url: string): Promise<IdentityProvider | undefined>;
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

/** What STS asks of others besides, to know whom to believe. */
export interface WebIdentityPorts {
  readonly identity: Pick<StsPorts['identity'], 'oidcProvider'>;
  readonly outbound: {
    /** Asks a server over HTTPS. @throws when there is no answer; the message says why, without a secret */
    send(request: {
      readonly method: 'GET';
      readonly url: string;
      readonly maxBytes: number;
      readonly timeoutMilliseconds: number;
      readonly thumbprints: readonly string[];
    }): Promise<{
      readonly status: number;
      readonly headers: Readonly<Record<string, string | undefined>>;
      readonly body: Uint8Array;
    }>;
  };
  readonly clock: Clock;
  readonly log: Log;
}

/** An OpenID Connect provider of an account. */
export interface IdentityProvider {
  readonly arn: string;
  /** Without `https://`. */
  readonly url: string;
  readonly clientIds: readonly string[];
  /** SHA-1, in hexadecimal digits. */
  readonly thumbprints: readonly string[];
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
  readonly federatedProvider?: string;
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
