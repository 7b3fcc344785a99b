import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OfflineTimer } from './offline.ts';

/** A machine with three clocks; in its sleep only the monotonic one stands still. */
function machine() {
  const clocks = { wall: Temporal.Instant.from('2026-11-24T12:00:00Z'), monotonic: 0, uptime: 0 };
  const clock = { now: () => clocks.wall, monotonic: () => clocks.monotonic };
  const timer = new OfflineTimer(clock, () => clocks.uptime, 60);
  const sleep = (seconds: number): void => {
    clocks.wall = clocks.wall.add({ seconds });
    clocks.uptime += seconds;
  };
  const run = (seconds: number): void => {
    sleep(seconds);
    clocks.monotonic += seconds * 1_000;
  };
  return { clocks, timer, run, sleep };
}

test('the limit is over when the control plane was silent for so long', () => {
  const { timer, run } = machine();
  run(59);
  assert.equal(timer.isOver(), false);
  run(1);
  assert.equal(timer.isOver(), true);
  timer.heard();
  assert.equal(timer.isOver(), false);
});

test('a machine that slept has no time left over', () => {
  const { timer, sleep } = machine();
  sleep(61);
  assert.equal(timer.isOver(), true);
});

test('a wall clock that is set by more than a minute, or a sleep, is noticed once', () => {
  const { clocks, timer, run, sleep } = machine();
  run(3_600);
  assert.equal(timer.hasJumped(), false);
  clocks.wall = clocks.wall.subtract({ seconds: 61 });
  assert.equal(timer.hasJumped(), true);
  assert.equal(timer.hasJumped(), false);
  sleep(61);
  assert.equal(timer.hasJumped(), true);
  clocks.wall = clocks.wall.add({ seconds: 30 });
  assert.equal(timer.hasJumped(), false);
});
