import { hash } from 'node:crypto';
import { canonicalContext, type EncryptionContext } from './domain/encryption-context.ts';
import type { Grant, GrantConstraint } from './domain/grant.ts';

const unconstrained = '';

/**
 * Under what a grant is found by a use of the key: all pairs together for EncryptionContextEquals, the first
 * pair for EncryptionContextSubset. So a use reads the grants that may cover it, and not all of a grantee.
 */
export function contextRule(constraint: GrantConstraint | undefined): string {
  if (constraint === undefined) return unconstrained;
  const { type, context } = constraint;
  if (type === 'EncryptionContextEquals') return equalsRule(context);
  const [first] = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return first === undefined ? unconstrained : subsetRule(first);
}

/** The rules of all grants that may cover a use with this encryption context. */
export function contextRules(context: EncryptionContext): readonly string[] {
  return [unconstrained, equalsRule(context), ...Object.entries(context).map(subsetRule)];
}

/**
 * Equal for grants of one key with the same name and parameters: asking twice then makes one grant. Grants
 * without a name are never the same.
 */
export function sameness(
  grant: Omit<Grant, 'grantId' | 'createdAt' | 'account' | 'region' | 'keyId'>,
): string | null {
  if (grant.name === '') return null;
  return digest([
    grant.name,
    grant.granteePrincipal,
    grant.retiringPrincipal ?? '',
    grant.issuingAccount,
    [...grant.operations].sort(),
    grant.constraint?.type ?? '',
    canonicalContext(grant.constraint?.context ?? {}),
  ]);
}

function equalsRule(context: EncryptionContext): string {
  return digest(['equals', canonicalContext(context)]);
}

function subsetRule(pair: readonly [string, string]): string {
  return digest(['subset', ...pair]);
}

function digest(parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts));
}
