import { ValidationException } from '../errors.ts';
import type { GrantOperation } from '../model.ts';
import type { Principal } from '../../../aws/principal.ts';
import { containsContext, isSameContext, type EncryptionContext } from './encryption-context.ts';
import { grantableOperations } from './key-spec.ts';
import type { KmsKey, Place } from './key.ts';

export interface Grant extends Place {
  readonly keyId: string;
  /** 64 lower-case hex digits. */
  readonly grantId: string;
  /** Empty when it has none. */
  readonly name: string;
  /** As `PrincipalNames` keeps it: the unique id of a user or role. */
  readonly granteePrincipal: string;
  /** Kept likewise. */
  readonly retiringPrincipal?: string;
  /** The account that made it. */
  readonly issuingAccount: string;
  readonly operations: readonly GrantOperation[];
  readonly constraint?: GrantConstraint;
  readonly createdAt: Temporal.Instant;
}

export interface GrantConstraint {
  readonly type: 'EncryptionContextEquals' | 'EncryptionContextSubset';
  readonly context: EncryptionContext;
}

/** A key has at most so many, AWS managed keys apart. */
export const maxGrantsPerKey = 50_000;
const maxConstraintPairs = 8;
const maxConstraintValueLength = 384;

/** Operations to which a constraint on the encryption context does not apply. */
const withoutContext: readonly GrantOperation[] = ['DescribeKey', 'RetireGrant'];

/** Whether a grant allows a use of its key with this encryption context. */
export function covers(
  grant: Grant,
  operation: GrantOperation,
  context: EncryptionContext,
): boolean {
  if (!grant.operations.includes(operation)) return false;
  if (grant.constraint === undefined || withoutContext.includes(operation)) return true;
  return grant.constraint.type === 'EncryptionContextEquals'
    ? isSameContext(grant.constraint.context, context)
    : containsContext(context, grant.constraint.context);
}

/** The pairs that a use must have exactly; undefined when the grant has no such constraint. */
export function contextEquals({ constraint }: Grant): EncryptionContext | undefined {
  return constraint?.type === 'EncryptionContextEquals' ? constraint.context : undefined;
}

/**
 * Whether the holder of `parent` may make `child`: it allows no operation that `parent` does not, and its
 * constraint is as strict or stricter.
 */
export function permitsChild(
  parent: Grant,
  child: { operations: readonly GrantOperation[]; constraint?: GrantConstraint },
): boolean {
  if (!parent.operations.includes('CreateGrant')) return false;
  if (!child.operations.every((each) => parent.operations.includes(each))) return false;
  if (parent.constraint === undefined) return true;
  if (child.constraint === undefined) return false;
  return parent.constraint.type === 'EncryptionContextEquals'
    ? child.constraint.type === 'EncryptionContextEquals' &&
        isSameContext(parent.constraint.context, child.constraint.context)
    : containsContext(child.constraint.context, parent.constraint.context);
}

/**
 * The names under which grants reach a principal: unique ids, and ARNs in grants of before ids were kept. A grant to an account is its root user's alone: others
 * of the account would need an identity policy besides.
 */
export function granteeNames(principal: Principal): readonly string[] {
  switch (principal.type) {
    case 'service':
      return [principal.name];
    case 'web-identity':
      return [];
    case 'root':
      return [principal.arn];
    case 'user':
      return [principal.principalId, principal.arn];
    case 'federated-user':
      return [principal.arn];
    case 'role-session':
      return [
        principal.principalId,
        principal.roleId,
        principal.arn,
        principal.roleArn,
        ...(principal.service === undefined ? [] : [principal.service]),
      ];
  }
}

/** Whether the grant itself lets a principal retire it; its account may besides. */
export function mayRetire(grant: Grant, principal: Principal): boolean {
  const names = granteeNames(principal);
  return (
    (grant.retiringPrincipal !== undefined && names.includes(grant.retiringPrincipal)) ||
    (grant.operations.includes('RetireGrant') && names.includes(grant.granteePrincipal))
  );
}

/** @throws ValidationException */
export function checkOperations(operations: readonly GrantOperation[], key: KmsKey): void {
  const possible = grantableOperations(key.keySpec, key.keyUsage);
  const wrong = operations.find((each) => !possible.includes(each));
  if (wrong !== undefined) {
    throw new ValidationException(
      `Grant operation ${wrong} is not valid for a KMS key with key spec ${key.keySpec} and key usage ${key.keyUsage}.`,
    );
  }
}

/** The constraint of a request; an empty one is none. @throws ValidationException */
export function constraintOf(constraints: {
  readonly EncryptionContextEquals?: EncryptionContext | undefined;
  readonly EncryptionContextSubset?: EncryptionContext | undefined;
}): GrantConstraint | undefined {
  const given = (['EncryptionContextEquals', 'EncryptionContextSubset'] as const).flatMap(
    (type) => {
      const context = constraints[type];
      return context === undefined ? [] : [{ type, context }];
    },
  );
  if (given.length > 1) throw new ValidationException('More than one constraint supplied');
  const [constraint] = given;
  if (constraint === undefined) return undefined;
  const pairs = Object.entries(constraint.context);
  if (pairs.length > maxConstraintPairs) {
    throw new ValidationException(
      `A grant constraint can have at most ${maxConstraintPairs} encryption context pairs.`,
    );
  }
  if (pairs.some(([, value]) => value.length > maxConstraintValueLength)) {
    throw new ValidationException(
      `The values of a grant constraint can have at most ${maxConstraintValueLength} characters.`,
    );
  }
  return constraint.type === 'EncryptionContextSubset' && pairs.length === 0
    ? undefined
    : constraint;
}
