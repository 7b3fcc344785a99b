import type { Call } from '../../aws/call.ts';
import { authorizeKey } from './authorization.ts';
import type { EncryptionContext } from './domain/encryption-context.ts';
import { refuseState, refuseUsage, type KmsKey } from './domain/key.ts';
import { keyMaterialId } from './key-material.ts';
import type { LocatedKey } from './key-id.ts';
import type { KmsPorts } from './ports.ts';
import { backingKeyOf, currentBackingKey, useVault } from './vault-use.ts';

export interface ReEncryptSource {
  readonly located: LocatedKey;
  readonly ciphertext: Uint8Array;
  readonly context: EncryptionContext;
}

export interface ReEncryptTarget {
  readonly located: LocatedKey;
  readonly context: EncryptionContext;
}

/**
 * Asks for both halves of a re-encryption, and whether the keys are in a state for it.
 * @throws access-denied, DisabledException, KMSInvalidStateException, InvalidKeyUsageException
 */
export async function authorizeReEncrypt(
  call: Call,
  ports: KmsPorts,
  source: Omit<ReEncryptSource, 'ciphertext'>,
  target: ReEncryptTarget,
): Promise<void> {
  const isSameKey = isSame(source.located.key, target.located.key);
  for (const [operation, { located, context }] of [
    ['ReEncryptFrom', source],
    ['ReEncryptTo', target],
  ] as const) {
    await authorizeKey(call, ports, located, `kms:${operation}`, {
      grantOperation: operation,
      encryptionContext: context,
      context: {
        'kms:ReEncryptOnSameKey': String(isSameKey),
        'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
      },
    });
  }
  for (const { located } of [source, target]) {
    refuseState(located.key, 'use');
    refuseUsage(located.key, 'ReEncrypt', 'SYMMETRIC_DEFAULT');
  }
}

/**
 * Makes another ciphertext of the same plaintext, which only the vault sees.
 * @throws what authorizeReEncrypt throws; IncorrectKeyException, InvalidCiphertextException
 */
export async function reEncrypt(
  call: Call,
  ports: KmsPorts,
  source: ReEncryptSource,
  target: ReEncryptTarget,
): Promise<{ ciphertext: Uint8Array; sourceMaterialId: string; targetMaterialId: string }> {
  await authorizeReEncrypt(call, ports, source, target);
  const { ciphertext: blob, context } = source;
  const from = await backingKeyOf(call, ports, source.located.key, blob);
  const to = await currentBackingKey(call, ports, target.located.key);
  const { ciphertext } = await useVault(call, 'kms:ReEncryptFrom', source.located.key, (claim) =>
    ports.vault.reEncrypt(
      { key: from, ciphertext: blob, context },
      { key: to, context: target.context },
      claim,
    ),
  );
  const [sourceMaterialId, targetMaterialId] = [keyMaterialId(from), keyMaterialId(to)];
  return { ciphertext, sourceMaterialId, targetMaterialId };
}

function isSame(a: KmsKey, b: KmsKey): boolean {
  return a.account === b.account && a.region === b.region && a.keyId === b.keyId;
}
