import type { Secret } from '../lib/secret.ts';
import type { Soon } from '../lib/soon.ts';
import type { VaultReceipt } from '../lib/vault-receipt.ts';
import type { PolicyDocument } from './policy/types.ts';
import type { Principal, SignedPrincipal } from './principal.ts';
import type { Session } from './session.ts';

/** An access key as a signature is checked with it. */
export interface Credential {
  readonly principal: SignedPrincipal;
  /** Stays the directory's: to be read with `reveal`, never disposed. */
  readonly secretAccessKey: Secret;
  /** Set for temporary credentials, whose token was opened. */
  readonly session?: Session;
  /** Tags of the user or role, and of the session. */
  readonly tags?: readonly { readonly Key: string; readonly Value: string }[];
  /** Set when this very request made the vault open the secret: belongs into the record of the call. */
  readonly receipt?: VaultReceipt;
}

/** What policies say of somebody. */
export interface PrincipalPolicies {
  readonly identity: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
  readonly session?: readonly PolicyDocument[];
}

/** Who is known, and what their policies say: the port that IAM fills for the pipeline. */
export interface Directory {
  /**
   * Undefined when there is no such key, when it is not active, or when this is not its token. Cheap: asked for every
   * request.
   * @param sessionToken what the request carries, if it does
   */
  credential(accessKeyId: string, sessionToken: string | undefined): Soon<Credential | undefined>;
  /**
   * The identity policies of a user or role, and the session policies if it has any. Root and services have none.
   * @param session of the principal's credentials
   */
  policiesOf(principal: Principal, session: Session | undefined): Soon<PrincipalPolicies>;
}
