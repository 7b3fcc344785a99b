import type { Principal } from '../principal.ts';
import type { PrincipalElement, Statement } from './types.ts';

/**
 * How directly a resource policy names the caller. An `identity` (the user, the session, the service) is
 * allowed whatever its session policies leave out; a `role` and `everybody` are not; an `account` only
 * hands the decision to the identity policies of that account.
 */
export type Named = 'identity' | 'role' | 'everybody' | 'account';

/** How a statement's Principal or NotPrincipal names the caller, or undefined when it does not apply to it. */
export function namedBy(
  statement: Statement,
  principal: Principal,
  { isBounded = false }: { readonly isBounded?: boolean } = {},
): Named | undefined {
  if (statement.principal !== undefined) {
    const named = namedIn(statement.principal, principal);
    // "*" lets in whoever has an identity here. Those of a provider are let in where it is named.
    const isStranger = principal.type === 'web-identity' && named === 'everybody';
    return isStranger && statement.effect === 'Allow' ? undefined : named;
  }
  if (statement.notPrincipal === undefined) return undefined;
  // AWS: a Deny with NotPrincipal spares nobody who has a permissions boundary.
  if (isBounded && statement.effect === 'Deny') return 'everybody';
  return isExcepted(statement.notPrincipal, principal, statement.effect) ? undefined : 'everybody';
}

function namedIn(element: PrincipalElement, principal: Principal): Named | undefined {
  if (element === '*') return 'everybody';
  const levels = namesOf(principal);
  for (const level of ['identity', 'role', 'account'] as const) {
    if (
      levels[level].some(
        ({ kind, names }) => element[kind]?.some((id) => names.includes(id)) === true,
      )
    )
      return level;
  }
  return element.AWS?.includes('*') === true ? 'everybody' : undefined;
}

/**
 * A Deny spares only a caller of whom every name is listed (user and account; session, role and account);
 * an Allow leaves out a caller of whom any name is listed. So neither gives more than was meant.
 */
function isExcepted(
  element: PrincipalElement,
  principal: Principal,
  effect: 'Allow' | 'Deny',
): boolean {
  if (element === '*' || element.AWS?.includes('*') === true) return true;
  const levels = Object.values(namesOf(principal)).filter((names) => names.length > 0);
  const isListed = (names: readonly Names[]): boolean =>
    names.some(({ kind, names: ids }) => element[kind]?.some((id) => ids.includes(id)) === true);
  return effect === 'Deny' ? levels.every(isListed) : levels.some(isListed);
}

interface Names {
  readonly kind: 'AWS' | 'Service' | 'Federated';
  readonly names: readonly string[];
}

function namesOf(principal: Principal): Record<'identity' | 'role' | 'account', readonly Names[]> {
  if (principal.type === 'service')
    return { identity: [{ kind: 'Service', names: [principal.name] }], role: [], account: [] };
  if (principal.type === 'web-identity')
    return {
      identity: [{ kind: 'Federated', names: [principal.provider] }],
      role: [],
      account: [],
    };
  const account: Names[] = [
    { kind: 'AWS', names: [principal.account, `arn:aws:iam::${principal.account}:root`] },
  ];
  switch (principal.type) {
    case 'root':
      return { identity: [], role: [], account };
    case 'user':
      return {
        identity: [{ kind: 'AWS', names: [principal.arn, principal.principalId] }],
        role: [],
        account,
      };
    case 'federated-user':
      return {
        identity: [{ kind: 'AWS', names: [principal.arn] }],
        // Whoever names the user does not pass over the policies that narrow what was given on.
        role: [{ kind: 'AWS', names: [principal.userArn, principal.userId] }],
        account,
      };
    case 'role-session': {
      const role: Names[] = [{ kind: 'AWS', names: [principal.roleArn, principal.roleId] }];
      if (principal.service !== undefined)
        role.push({ kind: 'Service', names: [principal.service] });
      return {
        identity: [{ kind: 'AWS', names: [principal.arn, principal.principalId] }],
        role,
        account,
      };
    }
  }
}
