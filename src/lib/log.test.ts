import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog } from './log.ts';

function written(isTTY: boolean): string {
  const lines: string[] = [];
  const stream = { isTTY, write: (line: string) => lines.push(line) };
  const log = createLog('worker', stream, () => '2026-11-24T12:00:00.000Z');
  log.warn('a name', { name: 'x\u001b[2J\u009b1A\ty' });
  return lines.join('');
}

test('a terminal gets readable lines, in which nothing controls it', () => {
  assert.equal(written(true), '12:00:00.000 warn  worker: a name name=x?[2J?1A\ty\n');
});

test('others get JSON, a line each', () => {
  assert.deepEqual(JSON.parse(written(false)), {
    time: '2026-11-24T12:00:00.000Z',
    level: 'warn',
    process: 'worker',
    message: 'a name',
    name: 'x\u001b[2J\u009b1A\ty',
  });
});
