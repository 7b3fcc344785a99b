import { ValidationException } from '../errors.ts';

export type EncryptionContext = Readonly<Record<string, string>>;

/** AWS names no limit of its own; external key stores must take this much, so no client may rely on more. */
const maxContextBytes = 8192;

/** @throws ValidationException when the context cannot be authenticated */
export function checkedContext(context: EncryptionContext | undefined): EncryptionContext {
  const pairs = Object.entries(context ?? {});
  if (!pairs.flat().every((text) => text.isWellFormed()))
    throw new ValidationException('The encryption context is not Unicode text.');
  const bytes = pairs.reduce(
    (sum, pair) => sum + new TextEncoder().encode(pair.join('')).length,
    0,
  );
  if (bytes > maxContextBytes) {
    throw new ValidationException(
      `The encryption context cannot be longer than ${maxContextBytes} bytes.`,
    );
  }
  return context ?? {};
}

export function isSameContext(a: EncryptionContext, b: EncryptionContext): boolean {
  return Object.keys(a).length === Object.keys(b).length && containsContext(a, b);
}

/** Whether every pair of `part` is in `whole`, upper and lower case told apart. */
export function containsContext(whole: EncryptionContext, part: EncryptionContext): boolean {
  return Object.entries(part).every(
    ([key, value]) => Object.hasOwn(whole, key) && whole[key] === value,
  );
}

/** The same text for the same pairs, whatever their order. */
export function canonicalContext(context: EncryptionContext): string {
  return JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1)));
}
