import { formatArn } from '../../../aws/arn.ts';
import {
  DisabledException,
  InvalidKeyUsageException,
  KMSInvalidStateException,
} from '../errors.ts';
import type {
  EncryptionAlgorithmSpec,
  KeyManagerType,
  KeySpec,
  KeyState,
  KeyUsageType,
  OriginType,
} from '../model.ts';
import { encryptionAlgorithms } from './key-spec.ts';

/** Where a row stands. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

export interface KmsKey extends Place {
  /** UUID. */
  readonly keyId: string;
  readonly createdAt: Temporal.Instant;
  readonly description: string;
  readonly keySpec: KeySpec;
  readonly keyUsage: KeyUsageType;
  readonly origin: OriginType;
  readonly keyManager: KeyManagerType;
  readonly state: KeyState;
  /** The key policy as GetKeyPolicy shows it. */
  readonly policy: string;
  /** The backing key with which new ciphertexts are made. */
  readonly backingKeyId: string;
}

export function keyArn(key: Place & { readonly keyId: string }): string {
  return formatArn({
    service: 'kms',
    region: key.region,
    account: key.account,
    resource: `key/${key.keyId}`,
  });
}

/** Operations whose answer depends on the key's state in the same way. */
export type StateGroup = 'use' | 'create-grant' | 'create-alias' | 'enable-or-disable';

type Refusal = typeof DisabledException | typeof KMSInvalidStateException;
const invalid = KMSInvalidStateException;

/** What each state refuses. @see AWS KMS Developer Guide, "Key states of AWS KMS keys" */
const refusals: Readonly<Record<KeyState, Partial<Record<StateGroup, Refusal>>>> = {
  Enabled: {},
  Disabled: { use: DisabledException, 'create-grant': DisabledException },
  PendingDeletion: all(invalid),
  PendingReplicaDeletion: all(invalid),
  PendingImport: { use: invalid, 'create-grant': invalid, 'enable-or-disable': invalid },
  Unavailable: { use: invalid },
  Creating: { use: invalid, 'create-grant': invalid, 'enable-or-disable': invalid },
  Updating: { 'enable-or-disable': invalid },
};

const wordsOf: Readonly<Record<KeyState, string>> = {
  Enabled: 'enabled',
  Disabled: 'disabled',
  PendingDeletion: 'pending deletion',
  PendingReplicaDeletion: 'pending replica deletion',
  PendingImport: 'pending import',
  Unavailable: 'unavailable',
  Creating: 'creating',
  Updating: 'updating',
};

/** @throws DisabledException, KMSInvalidStateException */
export function refuseState(key: KmsKey, group: StateGroup): void {
  const Refusal = refusals[key.state][group];
  if (Refusal !== undefined) throw new Refusal(`${keyArn(key)} is ${wordsOf[key.state]}.`);
}

/** The key after EnableKey. @throws KMSInvalidStateException */
export function enabled(key: KmsKey): KmsKey {
  refuseState(key, 'enable-or-disable');
  return { ...key, state: 'Enabled' };
}

/** The key after DisableKey. @throws KMSInvalidStateException */
export function disabled(key: KmsKey): KmsKey {
  refuseState(key, 'enable-or-disable');
  return { ...key, state: 'Disabled' };
}

/** @throws InvalidKeyUsageException when the key is for something else, or has no such algorithm */
export function refuseUsage(
  key: KmsKey,
  operation: string,
  algorithm: EncryptionAlgorithmSpec,
): void {
  if (key.keyUsage !== 'ENCRYPT_DECRYPT') {
    throw new InvalidKeyUsageException(
      `${keyArn(key)} key usage is ${key.keyUsage} which is not valid for ${operation}.`,
    );
  }
  if (!encryptionAlgorithms(key.keySpec, key.keyUsage).includes(algorithm)) {
    throw new InvalidKeyUsageException(
      `Algorithm ${algorithm} is incompatible with key spec ${key.keySpec}.`,
    );
  }
}

function all(refusal: Refusal): Record<StateGroup, Refusal> {
  return {
    use: refusal,
    'create-grant': refusal,
    'create-alias': refusal,
    'enable-or-disable': refusal,
  };
}
