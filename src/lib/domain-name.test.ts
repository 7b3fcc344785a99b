import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liesUnder, parentOf, plainName, selfAndAbove } from './domain-name.ts';

test('a plain name has small ASCII letters and no dot at its end', () => {
  assert.equal(plainName('WWW.Example.'), 'www.example');
  assert.equal(plainName('.'), '');
  // The Kelvin sign is no K to the DNS.
  assert.equal(plainName('\u212A.example'), '\u212A.example');
});

test('the names above a name end before the root', () => {
  assert.deepEqual(selfAndAbove('a.b.c'), ['a.b.c', 'b.c', 'c']);
  assert.deepEqual(selfAndAbove(''), []);
  assert.equal(parentOf('c'), '');
});

test('a name lies under whole labels only', () => {
  assert.ok(liesUnder('a.example', 'example'));
  assert.ok(liesUnder('example', 'example'));
  assert.ok(liesUnder('example', ''));
  assert.ok(!liesUnder('anexample', 'example'));
  assert.ok(!liesUnder('example', 'a.example'));
});
