import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RestartPolicy } from './restart-policy.ts';

test('a crash after a steady life is followed by a start at once', () => {
  const policy = new RestartPolicy();
  assert.equal(policy.waitAfter(3_600_000, false), 0);
  assert.equal(policy.waitAfter(3_600_000, false), 0);
});

test('starts that come to nothing wait longer and longer, to a limit', () => {
  const policy = new RestartPolicy();
  const waits = Array.from({ length: 8 }, () => policy.waitAfter(50, false));
  assert.deepEqual(waits, [0, 400, 800, 1600, 3200, 5000, 5000, 5000]);
  assert.equal(policy.failures, 8);
});

test('a steady life makes the failures before it forgotten', () => {
  const policy = new RestartPolicy();
  for (let start = 0; start < 5; start += 1) policy.waitAfter(50, false);
  policy.waitAfter(60_000, false);
  assert.equal(policy.failures, 0);
  assert.equal(policy.waitAfter(50, false), 0);
});

test('who was ready and is killed again and again is back at once each time', () => {
  const policy = new RestartPolicy();
  const waits = Array.from({ length: 5 }, () => policy.waitAfter(1_500, true));
  assert.deepEqual(waits, [0, 0, 0, 0, 0]);
});

test('who is ready and ends in the same moment waits like one that fails', () => {
  const policy = new RestartPolicy();
  const waits = Array.from({ length: 3 }, () => policy.waitAfter(700, true));
  assert.deepEqual(waits, [0, 400, 800]);
});
