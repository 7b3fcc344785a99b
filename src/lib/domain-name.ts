/**
 * A domain name as names are compared and kept here: ASCII letters in lower case, no dot at the end; the
 * root is the empty string. Only ASCII is folded, because DNS knows no other case. @see RFC 4343 §3
 */
export function plainName(name: string): string {
  return name.replace(/\.$/, '').replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** A plain name and the names above it, longest first, without the root. */
export function selfAndAbove(name: string): string[] {
  const names: string[] = [];
  for (let at = name; at !== ''; at = parentOf(at)) names.push(at);
  return names;
}

/** The plain name without its first label. */
export function parentOf(name: string): string {
  const dot = name.indexOf('.');
  return dot === -1 ? '' : name.slice(dot + 1);
}

/** Whether a plain name is `suffix` or lies under it. */
export function liesUnder(name: string, suffix: string): boolean {
  return suffix === '' || name === suffix || name.endsWith(`.${suffix}`);
}
