import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Change } from '../change.ts';
import { BatchReader, BatchWriter, type Batch } from './batch.ts';

function changeOf(...statements: [sql: string, parameters: unknown[], rows?: number][]): Change {
  const change = new Change();
  for (const [sql, parameters, rows] of statements) {
    const guard = rows === undefined ? {} : { rows };
    change.write({ compile: () => ({ sql, parameters }) }, guard);
  }
  return change;
}

function crossed(batch: Batch): Batch {
  return structuredClone(batch);
}

test('Changes arrive as they were, and the text of a statement crosses once', () => {
  const writer = new BatchWriter();
  const reader = new BatchReader();
  const removed = changeOf(['DELETE', [], 1]);
  removed.shred();
  writer.add(
    1,
    changeOf(['INSERT', ['text', 1, null, new Uint8Array([1, 2])]], ['DELETE', [2], 0]),
  );
  writer.add(2, removed);
  writer.add(3, changeOf());
  const first = writer.take();
  assert.deepEqual(first.texts, ['INSERT', 'DELETE']);
  assert.deepEqual(reader.read(crossed(first)), [
    {
      id: 1,
      isShredding: false,
      statements: [
        { sql: 'INSERT', parameters: ['text', 1, null, new Uint8Array([1, 2])] },
        { sql: 'DELETE', parameters: [2], rows: 0 },
      ],
    },
    { id: 2, isShredding: true, statements: [{ sql: 'DELETE', parameters: [], rows: 1 }] },
    { id: 3, isShredding: false, statements: [] },
  ]);
  assert.ok(writer.isEmpty);
  writer.add(4, changeOf(['DELETE', [5]]));
  const second = writer.take();
  assert.deepEqual(second.texts, []);
  const [change] = reader.read(crossed(second));
  assert.deepEqual(change?.statements, [{ sql: 'DELETE', parameters: [5] }]);
});

test('of a Change with a parameter that no column takes nothing is left', () => {
  const writer = new BatchWriter();
  assert.throws(() => writer.add(1, changeOf(['INSERT', [1]], ['INSERT', [{}]])), TypeError);
  assert.ok(writer.isEmpty);
  writer.add(2, changeOf(['INSERT', [2]]));
  const [change, ...others] = new BatchReader().read(crossed(writer.take()));
  assert.deepEqual(change?.statements, [{ sql: 'INSERT', parameters: [2] }]);
  assert.deepEqual(others, []);
});

test('texts without end are forgotten on both sides, and go on arriving', () => {
  const writer = new BatchWriter();
  const reader = new BatchReader();
  for (let n = 0; n < 2_000; n++) {
    writer.add(n, changeOf([`SELECT ${n}`, []], ['SELECT', []]));
    const [change] = reader.read(crossed(writer.take()));
    assert.deepEqual(
      change?.statements.map(({ sql }) => sql),
      [`SELECT ${n}`, 'SELECT'],
    );
  }
});
