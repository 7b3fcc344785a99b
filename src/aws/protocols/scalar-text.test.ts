import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fits, readScalar } from './scalar-text.ts';
import { toIso8601 } from './timestamps.ts';

void suite('a number', () => {
  void test('of type integer has 32 bits, of type long as many as a JSON number can hold', () => {
    assert.ok(fits('integer', 2 ** 31 - 1) && fits('integer', -(2 ** 31)));
    assert.ok(!fits('integer', 2 ** 31) && !fits('integer', -(2 ** 31) - 1));
    assert.ok(fits('long', 2 ** 53 - 1) && !fits('long', 2 ** 53));
    assert.ok(!fits('integer', 1.5) && !fits('long', 0.1) && !fits('double', Infinity));
  });

  void test('in a form is refused when it is too large or no number', () => {
    using secrets = new DisposableStack();
    assert.equal(readScalar({ type: 'integer' }, '-7', secrets), -7);
    for (const text of ['', 'abc', '1.5', '0x10', ' 1', '2147483648', '99999999999999999999'])
      assert.throws(() => readScalar({ type: 'integer' }, text, secrets), /is not an integer/);
    assert.equal(readScalar({ type: 'double' }, '-1.5e3', secrets), -1500);
    for (const text of ['1e400', '2'.repeat(310), 'Infinity', '.5', '1.'])
      assert.throws(() => readScalar({ type: 'double' }, text, secrets), /is not a number/);
  });
});

void suite('a time in ISO 8601', () => {
  void test('has three digits of milliseconds or none', () => {
    const written = (text: string): string => toIso8601(Temporal.Instant.from(text));
    assert.equal(written('2026-11-24T12:00:00Z'), '2026-11-24T12:00:00Z');
    assert.equal(written('2026-11-24T12:00:00.12Z'), '2026-11-24T12:00:00.120Z');
    assert.equal(written('2026-11-24T12:00:00.9996Z'), '2026-11-24T12:00:01Z');
  });
});
