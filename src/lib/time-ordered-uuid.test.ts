import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemRandom } from './random.ts';
import { timeOrderedUuid } from './time-ordered-uuid.ts';

test('a time-ordered UUID is of version 7, begins with its time, and is never the same twice', () => {
  const at = Temporal.Instant.fromEpochMilliseconds(0x0192_3456_789a);
  const [one, other] = [timeOrderedUuid(at, systemRandom), timeOrderedUuid(at, systemRandom)];
  assert.match(one, /^01923456-789a-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(one, other);
  assert.ok(timeOrderedUuid(at.add({ milliseconds: 1 }), systemRandom) > one);
});
