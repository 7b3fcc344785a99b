import { createHash } from 'node:crypto';
import type { Call } from './call.ts';

/** Which list a page belongs to. */
export interface PagedList {
  readonly call: Pick<Call, 'account' | 'region'>;
  /** Operation. */
  readonly name: string;
  /** What was asked for, but for the place and the size of the page. */
  readonly parameters?: unknown;
}

/**
 * An opaque token for what comes after `position`. It holds for the account, the Region, the operation and the
 * parameters of the list that gave it out: anywhere else it would silently leave out what stands before.
 */
export function pageToken(position: readonly (string | number)[], list: PagedList): string {
  return Buffer.from(JSON.stringify([digestOf(list), ...position])).toString('base64url');
}

/** @returns the position; undefined when the token is none of this list's */
export function readPageToken(token: string, list: PagedList): readonly unknown[] | undefined {
  try {
    const content: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (!Array.isArray(content)) return undefined;
    const [digest, ...position] = content as unknown[];
    return digest === digestOf(list) ? position : undefined;
  } catch {
    return undefined;
  }
}

function digestOf({ call, name, parameters }: PagedList): string {
  return createHash('sha256')
    .update(JSON.stringify([call.account, call.region, name, parameters]))
    .digest('base64url')
    .slice(0, 16);
}
