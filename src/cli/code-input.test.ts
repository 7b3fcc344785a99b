import assert from 'node:assert/strict';
import { mkdtempDisposableSync, openSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { CodeInput } from './code-input.ts';

function inputOf(t: TestContext, content: string): CodeInput {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-code-'));
  t.after(() => folder.remove());
  const path = join(folder.path, 'codes');
  writeFileSync(path, content);
  return new CodeInput(openSync(path, 'r'));
}

test('codes are read from a descriptor one line after the other, with or without an end', (t) => {
  using input = inputOf(t, '123456\r\n 000000 \n999999');
  assert.deepEqual(
    [1, 2, 3].map(() => input.ask('')),
    ['123456', '000000', '999999'],
  );
});

test('what is no code is refused before anybody is asked', (t) => {
  for (const content of ['', '\n', '12345\n', '1234567\n', '12a456\n', '1'.repeat(1_000)]) {
    using input = inputOf(t, content);
    assert.throws(() => input.ask(''), { message: 'a code has six digits' });
  }
});

test('a descriptor that is not open is said in one line', () => {
  using input = new CodeInput(987);
  assert.throws(() => input.ask(''), {
    message: 'no code can be read from descriptor 987 (EBADF)',
  });
});
