import type { Call } from '../../aws/call.ts';
import { CommonError } from '../../aws/errors.ts';

/** As KMS knows the holders of certificates that ACM lends out. */
export const holderService = 'tlsconnectionmanager.amazonaws.com';

/**
 * Asks for the permission, and for a session of the holders' service-linked role: what is told here is of all
 * accounts, so an account's administrator, who may do everything, may not do this.
 * @throws CommonError of kind access-denied
 */
export async function authorizeHolder(call: Call, operation: string): Promise<void> {
  const action = `holdfast:${operation}`;
  await call.authorize(action, '*');
  const { principal } = call;
  if (principal.type !== 'role-session' || principal.service !== holderService)
    throw new CommonError('access-denied', `Only a gateway is allowed to perform: ${action}`);
}
