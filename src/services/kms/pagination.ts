import { pageToken, readPageToken, type PagedList } from '../../aws/page-token.ts';
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
  list: PagedList,
): Page<Each> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined
    ? { items, NextMarker: pageToken([positionOf(last)], list), Truncated: true }
    : { items, Truncated: false };
}

/** The position after which a page starts. @throws InvalidMarkerException */
export function readMarker(marker: string | undefined, list: PagedList): string | undefined {
  if (marker === undefined) return undefined;
  const [position] = readPageToken(marker, list) ?? [];
  if (typeof position === 'string') return position;
  throw new InvalidMarkerException();
}
