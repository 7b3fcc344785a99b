import { ValidationError } from './errors.ts';

/** As many as AWS gives when PageSize is absent, and at most. */
const largestPage = 400;

export interface Page {
  /** The last ARN (or other key) of the page before. */
  readonly after: string | undefined;
  readonly size: number;
}

/** @throws ValidationError when the Marker is none of ours */
export function pageOf(input: {
  readonly Marker?: string | undefined;
  readonly PageSize?: number | undefined;
}): Page {
  const after =
    input.Marker === undefined ? undefined : Buffer.from(input.Marker, 'base64url').toString();
  if (after !== undefined && markerOf(after) !== input.Marker)
    throw new ValidationError('The marker is not valid');
  return { after, size: input.PageSize ?? largestPage };
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
    NextMarker: found.length > page.size && last !== undefined ? markerOf(key(last)) : undefined,
  };
}

function markerOf(key: string): string {
  return Buffer.from(key).toString('base64url');
}

/** AWS describes at most so many resources that a call names. */
const mostNamed = 20;

/** @throws ValidationError */
export function checkCount(what: string, ...lists: readonly (readonly string[])[]): void {
  const longest = Math.max(...lists.map((list) => list.length));
  if (longest > mostNamed)
    throw new ValidationError(`Up to '${mostNamed}' ${what} can be described at once`);
}
