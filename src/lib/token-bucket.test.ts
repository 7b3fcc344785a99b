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

test('begins with fewer tokens where it is said, and takes back what was not needed', () => {
  const bucket = new TokenBucket({ burst: 2, perSecond: 1 }, () => 0, 1);
  assert.equal(bucket.take(), true);
  assert.equal(bucket.take(), false);
  for (let n = 0; n < 5; n++) bucket.giveBack();
  assert.deepEqual([bucket.take(), bucket.take(), bucket.take()], [true, true, false]);
});
