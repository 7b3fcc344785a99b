import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryAfter } from './retry-after.ts';

const now = Temporal.Instant.from('2026-11-24T12:00:00Z');
const cases: [header: string | undefined, seconds: number | undefined][] = [
  ['0', 0],
  ['120', 120],
  ['Tue, 24 Nov 2026 12:00:30 GMT', 30],
  ['Tue, 24 Nov 2026 11:00:00 GMT', 0],
  ['99999999', 86_400],
  ['Fri, 24 Nov 2126 12:00:00 GMT', 86_400],
  ['Tue, 32 Nov 2026 12:00:30 GMT', undefined],
  ['Tue, 24 Foo 2026 12:00:30 GMT', undefined],
  ['-1', undefined],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
];
for (const [header, seconds] of cases) {
  test(`RFC 9110 §10.2.3: Retry-After '${header}' is ${seconds} s`, () => {
    const at = retryAfter(header, now);
    assert.equal(at && now.until(at).total('seconds'), seconds);
  });
}
