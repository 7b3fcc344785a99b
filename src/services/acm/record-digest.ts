import { createHash } from 'node:crypto';
import { validatedDomain } from './domain/validation-record.ts';

/** What the validation record of a name depends on: the installation, the account and the domain. 64 bytes. */
export function recordDigest(installationId: string, account: string, name: string): Uint8Array {
  return createHash('sha512')
    .update(JSON.stringify([installationId, account, validatedDomain(name)]))
    .digest();
}
