import type { Secret } from '../lib/secret.ts';
import type { Soon } from '../lib/soon.ts';
import type { VaultReceipt } from '../lib/vault-receipt.ts';
import type { PolicyDocument } from './policy/types.ts';
import type { Principal, RoleSessionPrincipal, RootPrincipal, UserPrincipal } from './principal.ts';

/** An access key as a signature is checked with it. */
export interface Credential {
  readonly principal: RootPrincipal | UserPrincipal | RoleSessionPrincipal;
  /** Stays the directory's: to be read with `reveal`, never disposed. */
  readonly secretAccessKey: Secret;
  /** Set for temporary credentials: the request must carry exactly this token. */
  readonly sessionToken?: Secret;
  /** Set for temporary credentials. */
  readonly expiresAt?: Temporal.Instant;
  readonly isMfaAuthenticated: boolean;
  /** Set when this very request made the vault open the secret: belongs into the record of the call. */
  readonly receipt?: VaultReceipt;
}

/** Who is known, and what their policies say: the port that IAM fills for the pipeline. */
export interface Directory {
  /** Undefined when there is no such key or it is not active. Cheap: asked for every request. */
  credential(accessKeyId: string): Soon<Credential | undefined>;
  /** The identity policies of a user or role, and the session policies if it has any. Root and services have none. */
  policiesOf(principal: Principal): Soon<{
    readonly identity: readonly PolicyDocument[];
    readonly session?: readonly PolicyDocument[];
  }>;
}
