import type { Random } from '../../lib/random.ts';
import type { Grant } from './domain/grant.ts';
import { keyArn } from './domain/key.ts';
import { InvalidGrantTokenException } from './errors.ts';

/** Names a grant. Not secret and no proof of anything: grants take effect at once, with or without it. */
export function newGrantToken(grant: Grant, random: Random): string {
  const content = [keyArn(grant), grant.grantId, random.uuid()];
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/** @throws InvalidGrantTokenException */
export function readGrantToken(token: string): {
  readonly keyArn: string;
  readonly grantId: string;
} {
  try {
    const [arn, grantId] = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[];
    if (typeof arn === 'string' && typeof grantId === 'string') return { keyArn: arn, grantId };
  } catch {
    // Not one of ours: the same answer as for one that holds something else.
  }
  throw new InvalidGrantTokenException('The grant token is not valid.');
}

/** @throws InvalidGrantTokenException */
export function checkGrantTokens(tokens: readonly string[] | undefined): void {
  tokens?.forEach(readGrantToken);
}
