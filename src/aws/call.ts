import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import type { Soon } from '../lib/soon.ts';
import type { VaultReceipt } from '../lib/vault-receipt.ts';
import type { Change } from '../store/change.ts';
import type { AccountId, Region } from './arn.ts';
import type { ConditionContext, PolicyDocument } from './policy/types.ts';
import type { Principal } from './principal.ts';
import type { Session } from './session.ts';

/**
 * One call of one operation: who calls, where, and what the call will do. Operations get it from the
 * pipeline; a nested call of another service gets one made by `via` or `as`.
 */
export interface Call {
  /** UUID; `x-amzn-RequestId` of the answer and `requestID` of the audit record. */
  readonly requestId: string;
  /** The account whose resources the call is about: the caller's own. */
  readonly account: AccountId;
  /** Region of the SigV4 scope. */
  readonly region: Region;
  readonly principal: Principal;
  /** Of temporary credentials; undefined for long-term ones. */
  readonly session: Session | undefined;
  /** Set on a nested call: the service through which it comes, for example `acm.amazonaws.com`. */
  readonly invokedBy: string | undefined;
  /** IP address of who asked; undefined for work that no request asked for. */
  readonly sourceIp: string | undefined;
  readonly clock: Clock;
  readonly random: Random;
  /** What will be kept if the call succeeds; shared by a call and its nested calls: one commit for all. */
  readonly change: Change;
  readonly audit: AuditNotes;
  /** Aborted when the client went away or the server stops. */
  readonly signal: AbortSignal;

  /**
   * Asks whether the principal may do `action` on `resource`. Every operation asks at least once.
   * @throws CommonError of kind access-denied, with AWS's text
   */
  authorize(action: string, resource: string, details?: AuthorizationDetails): Soon<void>;
  /** Says that AWS lets everybody do this (`sts:GetCallerIdentity`), so nothing is asked. */
  needsNoPermission(): void;
  /**
   * A call of another service on the caller's behalf (forward access session): same principal, but
   * `aws:ViaAWSService`, `aws:CalledVia`, `kms:ViaService` and `invokedBy` say through whom.
   * @param service for example `acm.amazonaws.com`
   */
  via(service: string): Call;
  /**
   * A call that a service makes for itself, with no rights of the caller.
   * @param service for example `acm.eu-west-1.amazonaws.com`
   */
  as(service: string): Call;
  /**
   * Does a nested call of another service on this call (made by `via` or `as`), with an audit record of its
   * own beside the outer call's, whether it succeeds or fails. `work` gets a call whose `audit` notes go into
   * that record. What it changes goes into the same Change; an error is recorded and thrown on.
   */
  nested<T>(event: NestedEvent, work: (inner: Call) => Soon<T>): Promise<T>;
}

/** What names a nested call in its audit record. */
export interface NestedEvent {
  /** For example `kms.amazonaws.com`. */
  readonly eventSource: string;
  /** For example `CreateGrant`. */
  readonly eventName: string;
  readonly readOnly: boolean;
}

export interface AuthorizationDetails {
  /** Condition keys of the service, for example `{ 'acm:DomainNames': ['a.example'] }`. */
  readonly context?: ConditionContext | (() => ConditionContext);
  /** Owner of the resource; by default the account in the ARN, or the caller's. */
  readonly resourceAccount?: string;
  /** The resource's own policy. */
  readonly resourcePolicy?: PolicyDocument;
  /** See `ApplicablePolicies.resourcePolicyDecides`. */
  readonly resourcePolicyDecides?: boolean;
  /** See `ApplicablePolicies.isGranted`. */
  readonly isGranted?: boolean;
  /** What the caller's account allows all its users: as good as an identity policy. */
  readonly accountPolicy?: PolicyDocument | undefined;
  /** A code of the caller's MFA device was given with this very call. */
  readonly hasMfaCode?: boolean;
  /** The denial does not say why: whether there is such a resource is nobody else's to know. */
  readonly hidesReason?: boolean;
}

/** What goes into the CloudTrail record besides what the pipeline knows by itself. */
export interface AuditNotes {
  /** `resources` of the record. */
  resource(resource: { type: string; arn: string; account?: string }): void;
  /** In the place of the input (lowerCamel, sensitive members hidden), for example null for RetireGrant. */
  requestParameters(value: Readonly<Record<string, unknown>> | null): void;
  /** In the place of the output. Reads have null without asking. */
  responseElements(value: Readonly<Record<string, unknown>> | null): void;
  /** Members of `additionalEventData`. */
  additional(data: Readonly<Record<string, unknown>>): void;
  /** A receipt of the vault for a use of a key; confirmed to the vault once the record is durable. */
  receipt(receipt: VaultReceipt): void;
}
