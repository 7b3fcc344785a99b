import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Counts } from './counts.ts';

test('counts add up by name and labels, and begin anew once they were taken', () => {
  const counts = new Counts();
  counts.add('a', ['x']);
  counts.add('a', ['x'], 2);
  counts.add('a', ['y']);
  const other = new Counts();
  other.addAll(counts.take());
  assert.deepEqual(counts.all(), []);
  other.add('a', ['y']);
  assert.deepEqual(other.all(), [
    ['a', ['x'], 3],
    ['a', ['y'], 2],
  ]);
});
