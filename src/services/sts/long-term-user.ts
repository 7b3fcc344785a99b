import type { Call } from '../../aws/call.ts';
import { CommonError } from '../../aws/errors.ts';

/**
 * The user who calls with an access key of their own.
 * @throws access-denied for temporary credentials, and for whoever is no user
 */
export function longTermUser(
  { principal, session }: Call,
  operation: string,
): { readonly userId: string; readonly byKey: string } {
  if (session !== undefined || principal.type !== 'user')
    throw new CommonError('access-denied', `Cannot call ${operation} with session credentials`);
  return { userId: principal.principalId, byKey: principal.accessKeyId };
}
