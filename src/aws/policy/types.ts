import type { Principal } from '../principal.ts';

/** A policy document after parsing: every scalar-or-array is an array, elements in canonical case. */
export interface PolicyDocument {
  readonly version: '2012-10-17' | '2008-10-17';
  readonly id?: string;
  readonly statements: readonly Statement[];
  /** Where it stands; absent for a document that belongs to nobody yet. */
  readonly source?: PolicySource;
}

/** Whose policy a document is, in the words of `PolicySourceType` of IAM's model. */
export interface PolicySource {
  readonly type: 'user' | 'group' | 'role' | 'aws-managed' | 'user-managed' | 'resource' | 'none';
  /** The user, group or role of an inline policy. */
  readonly owner?: string;
  /** Its name, or what stands for one: the position in a list of session policies. */
  readonly name: string;
  /** Of a managed policy. */
  readonly arn?: string;
  /** The document as it was given. */
  readonly text: string;
}

export interface Statement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principal?: PrincipalElement;
  readonly notPrincipal?: PrincipalElement;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly conditions: readonly Condition[];
}

/** `"*"`, or ids by kind. */
export type PrincipalElement =
  | '*'
  | { readonly [kind in 'AWS' | 'Service' | 'Federated' | 'CanonicalUser']?: readonly string[] };

export interface Condition {
  /** For example `ForAllValues:StringEqualsIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** One value, or several for a multi-valued key. Keys are matched without regard to case. */
export type ConditionContext = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface PolicyRequest {
  readonly principal: Principal;
  /** `service:Operation`. */
  readonly action: string;
  /** An ARN, or `*` for actions without a resource. */
  readonly resource: string;
  readonly context: ConditionContext;
}

/** Everything that has a say in one decision. */
export interface ApplicablePolicies {
  /** Of the user, their groups, or the role: inline and managed. */
  readonly identity: readonly PolicyDocument[];
  /** The permissions boundary of the user or role: what it does not allow, no identity policy gives. */
  readonly boundary?: PolicyDocument;
  /** Present for sessions that were made with policies: they must allow too. */
  readonly session?: readonly PolicyDocument[];
  /** The resource's own policy, for example a key policy. */
  readonly resource?: PolicyDocument;
  /**
   * True for KMS keys: without an Allow in the resource policy (or one that delegates to the account)
   * nothing is allowed, whatever the identity policies say.
   */
  readonly resourcePolicyDecides?: boolean;
  /** The account that owns the resource. */
  readonly resourceAccount: string;
  /** A KMS grant covers the request. It allows in the place of policies, never against a Deny. */
  readonly isGranted?: boolean;
}

export interface Decision {
  readonly allowed: boolean;
  /** What decided, in the words that AWS's denial message uses. */
  readonly reason:
    | 'allowed'
    | 'explicit-deny-identity'
    | 'explicit-deny-resource'
    | 'explicit-deny-boundary'
    | 'explicit-deny-session'
    | 'no-identity-allow'
    | 'no-resource-allow'
    | 'no-boundary-allow'
    | 'no-session-allow';
  /** The statements that decided. */
  readonly statements: readonly Statement[];
}
