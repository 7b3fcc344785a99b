import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TokenBucket } from './token-bucket.ts';

test('gives the burst at once, then as many as time brings, and never more than the burst', () => {
  let now = 1_000;
  const bucket = new TokenBucket({ burst: 3, perSecond: 2 }, () => now);
  const takeAll = (): number => {
    let count = 0;
    while (bucket.take()) count += 1;
    return count;
  };
  assert.equal(takeAll(), 3);
  now += 400;
  assert.equal(takeAll(), 0);
  now += 100;
  assert.equal(takeAll(), 1);
  now += 3_600_000;
  assert.equal(takeAll(), 3);
});
