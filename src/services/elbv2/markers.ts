import { pageToken, readPageToken, type PagedList } from '../../aws/page-token.ts';
import { ValidationError } from './errors.ts';

/** As many as AWS gives when PageSize is absent, and at most. */
const largestPage = 400;

export interface Page {
  /** The last ARN (or other key) of the page before. */
  readonly after: string | undefined;
  readonly size: number;
  readonly list: PagedList;
}

/** @throws ValidationError when the Marker is none of this list's */
export function pageOf(
  list: PagedList,
  input: { readonly Marker?: string | undefined; readonly PageSize?: number | undefined },
): Page {
  return {
    after: input.Marker === undefined ? undefined : positionIn(list, input.Marker),
    size: input.PageSize ?? largestPage,
    list,
  };
}

function positionIn(list: PagedList, marker: string): string {
  const [position] = readPageToken(marker, list) ?? [];
  if (typeof position === 'string') return position;
  throw new ValidationError('The marker is not valid');
}

/** Cuts off the one more that was read to know whether there is a next page. */
export function cut<Each>(
  found: readonly Each[],
  page: Page,
  key: (each: Each) => string,
): { readonly items: readonly Each[]; readonly NextMarker: string | undefined } {
  const items = found.slice(0, page.size);
  const last = items.at(-1);
  return {
    items,
    NextMarker:
      found.length > page.size && last !== undefined
        ? pageToken([key(last)], page.list)
        : undefined,
  };
}

/** AWS describes at most so many resources that a call names. */
const mostNamed = 20;

/** @throws ValidationError */
export function checkCount(what: string, ...lists: readonly (readonly string[])[]): void {
  const longest = Math.max(...lists.map((list) => list.length));
  if (longest > mostNamed)
    throw new ValidationError(`Up to '${mostNamed}' ${what} can be described at once`);
}
