import type { AccountId } from './arn.ts';

/** Who is calling, as proved by a signature, by a token (or, for a service, by the code that runs as it). */
export type Principal = SignedPrincipal | WebIdentityPrincipal | ServicePrincipal;

/** Who can sign a request. */
export type SignedPrincipal =
  | RootPrincipal
  | UserPrincipal
  | RoleSessionPrincipal
  | FederatedUserPrincipal;

interface Signed {
  readonly account: AccountId;
  /** As `sts:GetCallerIdentity` shows it. */
  readonly arn: string;
  /** `AIDA…`, `AROA…:session`, or the account id for root: the `aws:userid` condition key. */
  readonly principalId: string;
  readonly accessKeyId: string;
}

export interface RootPrincipal extends Signed {
  readonly type: 'root';
}

export interface UserPrincipal extends Signed {
  readonly type: 'user';
  readonly userName: string;
}

/** A session of a role; `arn` is `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
export interface RoleSessionPrincipal extends Signed {
  readonly type: 'role-session';
  readonly roleArn: string;
  readonly roleName: string;
  readonly roleId: string;
  readonly sessionName: string;
  /**
   * Set for sessions of a service-linked role: the service principal that KMS treats them as, for example
   * `tlsconnectionmanager.amazonaws.com`.
   */
  readonly service?: string;
}

/** Somebody for whom a user has asked credentials (`sts:GetFederationToken`): the user's own rights, narrowed. */
interface FederatedUserPrincipal extends Signed {
  readonly type: 'federated-user';
  readonly name: string;
  /** The user who asked. */
  readonly userName: string;
  readonly userArn: string;
  readonly userId: string;
}

/** Somebody for whom an identity provider vouches. Without an access key: all they can do is take on a role. */
export interface WebIdentityPrincipal {
  readonly type: 'web-identity';
  /** Of the provider, and of the role. */
  readonly account: AccountId;
  /** `<ARN of the provider>:<audience>:<subject>`, as CloudTrail shows it. */
  readonly principalId: string;
  /** ARN of the provider. */
  readonly provider: string;
  readonly audience: string;
  readonly subject: string;
  /** Condition keys that the token fills: `<issuer>:sub` and its like. */
  readonly conditionKeys: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** What the provider says of the session that is to be made. */
  readonly session: {
    readonly tags: readonly { readonly Key: string; readonly Value: string }[];
    readonly transitiveTagKeys: readonly string[];
    readonly sourceIdentity: string | undefined;
  };
}

/** A service acting for itself, for example ACM under its encryption grant. */
export interface ServicePrincipal {
  readonly type: 'service';
  /** `acm.eu-west-1.amazonaws.com` or `tlsconnectionmanager.amazonaws.com`. */
  readonly name: string;
  /** The account on whose resources it works. */
  readonly account: AccountId;
}

/** The name by which messages and receipts call a principal. */
export function principalName(principal: Principal): string {
  switch (principal.type) {
    case 'service':
      return principal.name;
    case 'web-identity':
      return principal.principalId;
    default:
      return principal.arn;
  }
}
