import type { Call } from '../../aws/call.ts';
import { CommonError } from '../../aws/errors.ts';
import { pageToken, readPageToken, type PagedList } from '../../aws/page-token.ts';

interface PagedInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** One page of a list that was asked for. */
export interface ListPage {
  readonly list: PagedList;
  /** The position after which it begins. */
  readonly after: string | undefined;
  readonly limit: number;
}

const byDefault = 100;

/** @throws validation for a marker of another list */
export function listPage(
  call: Call,
  name: string,
  { Marker, MaxItems = byDefault, ...parameters }: PagedInput & object,
): ListPage {
  const list = { call: { account: call.account, region: global }, name, parameters };
  if (Marker === undefined) return { list, after: undefined, limit: MaxItems };
  const [position] = readPageToken(Marker, list) ?? [];
  if (typeof position !== 'string')
    throw new CommonError('validation', `Invalid Marker: ${Marker}`);
  return { list, after: position, limit: MaxItems };
}

/** A marker holds for a list, whichever Region signs the call. */
const global = 'us-east-1' as Call['region'];

/** @param rows read with one more than fits: that one tells whether there is a next page */
export function paged<Each>(
  rows: readonly Each[],
  { limit, list }: ListPage,
  positionOf: (row: Each) => string,
): { readonly items: readonly Each[]; readonly IsTruncated: boolean; readonly Marker?: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined
    ? { items, IsTruncated: true, Marker: pageToken([positionOf(last)], list) }
    : { items, IsTruncated: false };
}

/** A page of what is at hand as a whole, in the order of its names. */
export function pagedNames<Each>(
  all: readonly Each[],
  page: ListPage,
  nameOf: (each: Each) => string,
): ReturnType<typeof paged<Each>> {
  const rows = all
    .filter((each) => page.after === undefined || nameOf(each) > page.after)
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return paged(rows, page, nameOf);
}
