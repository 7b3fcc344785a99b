import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base32Characters } from './base32.ts';

for (const [text, encoded] of [
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
] as const) {
  test(`base32 of "${text}" is that of RFC 4648, without padding`, () => {
    const characters = base32Characters(new TextEncoder().encode(text));
    assert.equal(new TextDecoder().decode(characters), encoded);
  });
}
