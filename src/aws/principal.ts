import type { AccountId } from './arn.ts';

/** Who is calling, as proved by a signature (or, for a service, by the code that runs as it). */
export type Principal = SignedPrincipal | ServicePrincipal;

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
  return principal.type === 'service' ? principal.name : principal.arn;
}
