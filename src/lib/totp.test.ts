import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepOfCode, totpCode, totpStep } from './totp.ts';

// RFC 6238, appendix B (the last six of its eight digits).
const seed = new TextEncoder().encode('12345678901234567890');
for (const [seconds, code] of [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const) {
  test(`the code at ${seconds} s is that of RFC 6238`, () => {
    const at = Temporal.Instant.fromEpochMilliseconds(seconds * 1000);
    assert.equal(totpCode(seed, totpStep(at)), code);
  });
}

test('a code is taken near its time, and never again', () => {
  const now = Temporal.Instant.from('2026-11-25T12:00:00Z');
  const step = totpStep(now);
  const at = (offset: number) => stepOfCode(seed, totpCode(seed, step + offset), { now, after: 0 });
  assert.deepEqual([-2, -1, 0, 1, 2].map(at), [undefined, step - 1, step, step + 1, undefined]);
  assert.equal(stepOfCode(seed, totpCode(seed, step), { now, after: step }), undefined);
  assert.equal(stepOfCode(seed, '', { now, after: 0 }), undefined);
});
