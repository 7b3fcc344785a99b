const blanks: readonly unknown[] = [0x20, 0x09, 0x0d];
const lineEnds: readonly unknown[] = [0x0a, undefined];

/** Whether a boundary of RFC 7468 stands alone on its line, but for blanks behind it, as OpenSSL wants it too. */
export function isAlone(text: Uint8Array, start: number, end: number): boolean {
  let lineEnd = end;
  while (blanks.includes(text[lineEnd])) lineEnd += 1;
  return lineEnds.includes(text[start - 1]) && lineEnds.includes(text[lineEnd]);
}
