/** So much of what a caller sent, for a message, as a timestamp has: of a secret that comes there it tells nothing. */
export function bounded(text: string): string {
  return text.length <= 16 ? text : `${text.slice(0, 8)}…`;
}
