import { InvalidMarkerException } from './errors.ts';

/** One page of a list, which is read with one row more than fits: that row tells whether there is a next page. */
export interface Page<Each> {
  readonly items: readonly Each[];
  readonly NextMarker?: string;
  readonly Truncated: boolean;
}

export function pageOf<Each>(
  rows: readonly Each[],
  limit: number,
  positionOf: (row: Each) => string,
): Page<Each> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined
    ? { items, NextMarker: formatMarker(positionOf(last)), Truncated: true }
    : { items, Truncated: false };
}

/** The position after which a page starts. @throws InvalidMarkerException */
export function readMarker(marker: string | undefined): string | undefined {
  if (marker === undefined) return undefined;
  try {
    const { a } = JSON.parse(Buffer.from(marker, 'base64url').toString()) as { a?: unknown };
    if (typeof a === 'string') return a;
  } catch {
    // Not one of ours: the same answer as for one that holds something else.
  }
  throw new InvalidMarkerException();
}

function formatMarker(position: string): string {
  return Buffer.from(JSON.stringify({ a: position })).toString('base64url');
}
