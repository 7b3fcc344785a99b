import type { PolicyDocument } from './policy/types.ts';

/** What temporary credentials say of themselves; the vault has authenticated it. */
export interface Session {
  readonly issuedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  /** When a code of an MFA device was given for it; absent when none was. */
  readonly mfaAt?: Temporal.Instant;
  /** Handed in when the session was made, and inherited ones. */
  readonly tags: readonly SessionTag[];
  /** The keys of the tags that a session made with this one inherits. */
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity?: string;
  /** The identity provider whose token it was made with. */
  readonly federatedProvider?: string;
  /** What narrows it; absent when nothing does. */
  readonly policies?: SessionPolicies;
  /** Made with the credentials of another session of a role. */
  readonly isChained: boolean;
}

interface SessionTag {
  readonly Key: string;
  readonly Value: string;
}

interface SessionPolicies {
  readonly documents: readonly PolicyDocument[];
  /** Of managed policies, which hold as they are when a call is made. */
  readonly arns: readonly string[];
}
