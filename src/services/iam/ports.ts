import type { Vault } from '../../vault-client/vault.ts';
import type { SealedCredentials } from './sealed-credentials.ts';
import type { IamReader } from './store.ts';
import type { IamWriter } from './writer.ts';

/** What IAM asks of the vault: its credentials are encrypted under a key of holdfast's own. */
export type IamVault = Pick<Vault, 'createBackingKey' | 'encrypt' | 'decrypt'>;

export interface IamPorts {
  readonly reader: IamReader;
  readonly writer: IamWriter;
  readonly credentials: SealedCredentials;
}
