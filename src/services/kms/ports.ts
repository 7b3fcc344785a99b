import type { PrincipalNames } from '../../aws/policy/principal-names.ts';
import type { Change } from '../../store/change.ts';
import type { PrivateKeySpec, ReadyKey, Vault } from '../../vault-client/vault.ts';
import type { KmsReader } from './store.ts';
import type { KmsWriter } from './writer.ts';

/** A grant that is no more. */
export interface EndedGrant {
  readonly account: string;
  readonly region: string;
  readonly keyArn: string;
  readonly grantId: string;
  /** Of its constraint, when it had one of this type. */
  readonly encryptionContextEquals?: Readonly<Record<string, string>>;
}

export interface KmsPorts {
  readonly reader: KmsReader;
  readonly writer: KmsWriter;
  /** Key policies and grants name users and roles. */
  readonly principals: PrincipalNames;
  readonly vault: Pick<
    Vault,
    | 'createBackingKey'
    | 'encrypt'
    | 'decrypt'
    | 'reEncrypt'
    | 'generateDataKey'
    | 'generateRandom'
    | 'decryptToRecipient'
    | 'generatePrivateKey'
    | 'importPrivateKey'
    | 'signCsr'
    | 'exportPrivateKey'
  >;
  /** Key pairs that were made ahead; each is given once. */
  readonly readyKeys?: { take(spec: PrivateKeySpec): ReadyKey | undefined } | undefined;
  /** A grant ends with `change`: those who live on it have to hear of it at once. */
  grantEnded(change: Change, grant: EndedGrant): void;
}
