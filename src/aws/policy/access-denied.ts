import { CommonError } from '../errors.ts';
import type { Decision } from './types.ts';
import { principalName, type Principal } from '../principal.ts';

type Denial = Exclude<Decision['reason'], 'allowed'>;

const reasons: Readonly<Record<Denial, (action: string) => string>> = {
  'explicit-deny-identity': () => 'with an explicit deny in an identity-based policy',
  'explicit-deny-resource': () => 'with an explicit deny in a resource-based policy',
  'explicit-deny-boundary': () => 'with an explicit deny in a permissions boundary',
  'explicit-deny-session': () => 'with an explicit deny in a session policy',
  'no-identity-allow': (action) => `because no identity-based policy allows the ${action} action`,
  'no-resource-allow': (action) => `because no resource-based policy allows the ${action} action`,
  'no-boundary-allow': (action) => `because no permissions boundary allows the ${action} action`,
  'no-session-allow': (action) => `because no session policy allows the ${action} action`,
};

/**
 * AWS's text. Callers from another account than the resource's are not told the reason, nor is anybody of a role.
 * @see AWS IAM User Guide, "Troubleshoot access denied error messages"
 */
export function accessDenied(
  principal: Principal,
  action: string,
  resource: string,
  decided: { readonly reason: Decision['reason']; readonly isTold: boolean },
): CommonError {
  if (principal.type === 'web-identity')
    return new CommonError('access-denied', `Not authorized to perform ${action}`);
  const { reason } = decided;
  const why = reason === 'allowed' || !decided.isTold ? '' : ` ${reasons[reason](action)}`;
  return new CommonError(
    'access-denied',
    `User: ${principalName(principal)} is not authorized to perform: ${action} on resource: ${resource}${why}`,
  );
}
