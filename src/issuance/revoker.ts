import type { Call } from '../aws/call.ts';

/** CRLReason of a revocation for good, as a number. @see RFC 5280 §5.3.1 */
export type RevocationCode = 0 | 1 | 2 | 3 | 4 | 5 | 9 | 10;

/** Takes certificates back that it has signed. */
export interface Revoker {
  /**
   * Notes in `call.change` that the certificates (PEM) hold no more: durable with that commit, and told to those who ask
   * soon after it. One that is revoked already keeps its time and reason.
   * @throws IssuerRefusal where somebody else signed one of them: then nothing is noted
   */
  readonly revoke: (
    call: Call,
    certificates: readonly string[],
    reason: RevocationCode,
  ) => Promise<void>;
}
