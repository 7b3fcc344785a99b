import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Gate } from './gate.ts';

test('lets so many tasks run at once, the others in the order in which they came, failures included', async () => {
  const gate = new Gate(3);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const tasks = Array.from({ length: 20 }, (_, i) =>
    gate.pass(async () => {
      started.push(i);
      most = Math.max(most, (running += 1));
      await setImmediate();
      running -= 1;
      if (i % 5 === 0) throw new Error('a task failed');
    }),
  );
  await Promise.allSettled(tasks);
  assert.equal(most, 3);
  assert.deepEqual(
    started,
    started.toSorted((a, b) => a - b),
  );
  assert.equal(await gate.pass(async () => 7), 7);
});
