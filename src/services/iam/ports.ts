import type { Vault } from '../../vault-client/vault.ts';
import type { Guesses } from './guesses.ts';
import type { Identities } from './identities.ts';
import type { MfaCodes } from './mfa.ts';
import type { SealedCredentials } from './sealed-credentials.ts';
import type { IamStores } from './store/index.ts';

/** What IAM asks of the vault: its credentials are encrypted under a key of holdfast's own. */
export type IamVault = Pick<Vault, 'createBackingKey' | 'encrypt' | 'decrypt'>;

export interface IamPorts extends IamStores {
  readonly credentials: SealedCredentials;
  readonly mfa: MfaCodes;
  /** Of passwords. */
  readonly guesses: Guesses;
  /** What policies say of users and roles. */
  readonly identities: Identities;
}
