import fc from 'fast-check';

/** Text as its bytes, UTF-8. */
export function bytesOf(text: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> {
  return text.map((each) => Uint8Array.from(Buffer.from(each)));
}

/** Short and long bytes without any structure. */
export const anyBytes: fc.Arbitrary<Uint8Array> = fc.uint8Array({ size: 'medium' });

/** One of these characters. */
export function oneOf(characters: string): fc.Arbitrary<string> {
  return fc.constantFrom(...characters.split(/(?:)/u));
}

/** Mostly the first. */
export function common<T>(first: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 7 * others.length, arbitrary: fc.constant(first) },
    { weight: others.length, arbitrary: fc.constantFrom(...others) },
  );
}
