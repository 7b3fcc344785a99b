import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statementSpans } from './positions.ts';

test('statements are found where they stand, in a list and alone', () => {
  const one =
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["a:b"],"Resource":"*"}}';
  assert.deepEqual(statementSpans(one), [
    {
      behind: { line: 1, column: 38 },
      start: { line: 1, column: 37 },
      end: { line: 1, column: one.length },
      startIndex: 36,
      endIndex: one.length - 1,
    },
  ]);
  const two = `{
  "Id": "{[}",
  "Statement": [
    { "Sid": "\\"Statement\\": {", "Condition": { "Bool": { "a:b": ["x"] } } },
    {
      "Sid": "b"
    }
  ]
}`;
  assert.deepEqual(
    statementSpans(two).map(({ start, end }) => [start.line, start.column, end.line, end.column]),
    [
      [4, 5, 4, 77],
      [5, 5, 7, 6],
    ],
  );
  assert.deepEqual(
    statementSpans(two).map(({ behind }) => [behind.line, behind.column]),
    [
      [3, 17],
      [4, 77],
    ],
  );
});
