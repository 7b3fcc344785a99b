import { formatArn } from '../../../aws/arn.ts';
import {
  InvalidAliasNameException,
  NotAuthorizedException,
  ValidationException,
} from '../errors.ts';
import type { Place } from './key.ts';

export interface Alias extends Place {
  /** With `alias/`. */
  readonly name: string;
  readonly keyId: string;
  readonly createdAt: Temporal.Instant;
  readonly updatedAt: Temporal.Instant;
}

/** A key has at most so many. */
export const maxAliasesPerKey = 50;

export function aliasArn(alias: Place & { readonly name: string }): string {
  return formatArn({
    service: 'kms',
    region: alias.region,
    account: alias.account,
    resource: alias.name,
  });
}

/**
 * Refuses names that customers cannot give or take.
 * @throws ValidationException, NotAuthorizedException, InvalidAliasNameException
 */
export function checkAliasName(name: string): void {
  if (!name.startsWith('alias/') || name === 'alias/') {
    throw new ValidationException(
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  }
  if (name.startsWith('alias/aws/')) throw new NotAuthorizedException();
  if (name.includes(':'))
    throw new InvalidAliasNameException(`${name} contains invalid characters for an alias`);
}
