import type { Call } from '../../aws/call.ts';
import { CommonError } from '../../aws/errors.ts';
import { readCiphertextHeader } from '../../lib/ciphertext-header.ts';
import { authorizeKey, isDenial, type KeyUse } from './authorization.ts';
import { InvalidCiphertextException, ValidationException } from './errors.ts';
import { locateKey, type LocatedKey } from './key-id.ts';
import type { KmsPorts } from './ports.ts';

/** How a request says which key its ciphertext is of. */
export interface CiphertextReference {
  readonly keyId: string | undefined;
  /** Absent only in a dry run that ignores the ciphertext. */
  readonly ciphertext: Uint8Array | undefined;
}

/**
 * The key named in the request, or by the ciphertext itself.
 * @throws NotFoundException, access-denied, InvalidCiphertextException
 */
export async function keyOfCiphertext(
  call: Call,
  ports: Pick<KmsPorts, 'reader'>,
  { keyId, ciphertext }: CiphertextReference,
  action: string,
): Promise<LocatedKey> {
  if (keyId !== undefined)
    return locateKey(call, ports, keyId, { action, byAlias: true, acrossAccounts: true });
  const header = ciphertext && readCiphertextHeader(ciphertext);
  if (header === undefined) throw new InvalidCiphertextException();
  const key = await ports.reader.keyOfAnyAccount(call.region, header.keyId);
  if (key === undefined) throw unknownKey();
  return { key };
}

/** As authorizeKey; of a key that only the ciphertext names, forbidden reads like absent. */
export async function authorizeCiphertext(
  call: Call,
  ports: Pick<KmsPorts, 'reader' | 'writer'>,
  located: LocatedKey,
  reference: CiphertextReference,
  action: string,
  use: KeyUse,
): Promise<void> {
  try {
    await authorizeKey(call, ports, located, action, use);
  } catch (error) {
    const isForeign = located.key.account !== call.account;
    throw isDenial(error) && isForeign && reference.keyId === undefined ? unknownKey() : error;
  }
}

/**
 * The ciphertext of a request; undefined in a dry run that says IGNORE_CIPHERTEXT.
 * @throws ValidationException
 */
export function ciphertextOf(input: {
  readonly CiphertextBlob?: Uint8Array | undefined;
  readonly DryRun?: boolean | undefined;
  readonly DryRunModifiers?: readonly string[] | undefined;
}): Uint8Array | undefined {
  const ignores = input.DryRunModifiers?.includes('IGNORE_CIPHERTEXT') === true;
  if (ignores && input.DryRun !== true)
    throw new ValidationException('DryRunModifiers can only be specified when DryRun is true.');
  if (ignores) return undefined;
  if (input.CiphertextBlob === undefined) {
    throw new ValidationException(
      "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null",
    );
  }
  return input.CiphertextBlob;
}

function unknownKey(): CommonError {
  return new CommonError(
    'access-denied',
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
  );
}
