import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matcherOf } from './glob.ts';
import { readPattern } from './pattern.ts';

const matches = (pattern: string, text: string): boolean =>
  matcherOf(readPattern(pattern, undefined) ?? [])(text);

/** By definition: character by character, every way that there is. */
function fits(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern.startsWith('*'))
    return fits(pattern.slice(1), text) || (text !== '' && fits(pattern, text.slice(1)));
  if (text === '' || (!pattern.startsWith('?') && pattern[0] !== text[0])) return false;
  return fits(pattern.slice(1), text.slice(1));
}

test('a pattern fits what it fits by definition', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', '?', '*'), maxLength: 9 }),
      fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 }),
      (pattern, text) => assert.equal(matches(pattern, text), fits(pattern, text)),
    ),
    { numRuns: 5000, seed: 20261125 },
  );
});

test('pieces of more than 32 characters are found where they stand', () => {
  for (const length of [31, 32, 33, 64, 65, 200]) {
    const piece = `?${'a'.repeat(length - 2)}b`;
    const before = 'a'.repeat(70);
    assert.equal(matches(`*${piece}*`, `${before}b${before}`), length <= 71, `${length}`);
    assert.equal(matches(`x*${piece}*y`, `x${'a'.repeat(length - 1)}by`), true, `${length}`);
    assert.equal(matches(`x*${piece}*y`, `x${'a'.repeat(length - 2)}by`), false, `${length}`);
  }
});

test('pieces do not overlap, nor with the beginning and the end', () => {
  assert.equal(matches('ab*ba', 'aba'), false);
  assert.equal(matches('ab*ba', 'abba'), true);
  assert.equal(matches('*aa*aa*', 'aaa'), false);
  assert.equal(matches('a*a?*?a', 'aaaaa'), true);
});
