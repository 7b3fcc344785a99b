import type { Call } from '../../aws/call.ts';
import { CommonError } from '../../aws/errors.ts';
import { readCiphertextHeader } from '../../lib/ciphertext-header.ts';
import { InvalidCiphertextException, ValidationException } from './errors.ts';
import { locateKey, type LocatedKey } from './key-id.ts';
import type { KmsPorts } from './ports.ts';

/**
 * The key named in the request, or by the ciphertext itself.
 * @param named.ciphertext absent only in a dry run that ignores it
 * @throws NotFoundException, access-denied, InvalidCiphertextException, ValidationException
 */
export async function keyOfCiphertext(
  call: Call,
  ports: Pick<KmsPorts, 'reader'>,
  named: { readonly keyId: string | undefined; readonly ciphertext: Uint8Array | undefined },
  action: string,
): Promise<LocatedKey> {
  const { keyId, ciphertext } = named;
  if (keyId !== undefined)
    return locateKey(call, ports, keyId, { action, byAlias: true, acrossAccounts: true });
  if (ciphertext === undefined)
    throw new ValidationException('The key must be named when the ciphertext is ignored.');
  const header = readCiphertextHeader(ciphertext);
  if (header === undefined) throw new InvalidCiphertextException();
  const key = await ports.reader.keyOfAnyAccount(call.region, header.keyId);
  if (key === undefined) throw unknownKey();
  return { key, ...(key.account === call.account ? {} : { asIfAbsent: unknownKey() }) };
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
