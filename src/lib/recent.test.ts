import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Recent } from './recent.ts';

test('what was asked for lately stays, the rest goes and is told of', () => {
  const gone: string[] = [];
  const recent = new Recent<string>(8, (value) => gone.push(value));
  for (let n = 0; n < 8; n++) recent.set(`key ${n}`, `value ${n}`);
  assert.deepEqual(gone, []);
  assert.equal(recent.find('key 0'), 'value 0');
  for (let n = 8; n < 12; n++) recent.set(`key ${n}`, `value ${n}`);
  assert.deepEqual(gone, ['value 1', 'value 2', 'value 3', 'value 4']);
  assert.equal(recent.find('key 0'), 'value 0');
  assert.equal(recent.find('key 1'), undefined);
});

test('the last quarter of what was asked for is there, in whatever order it was asked for', () => {
  const capacity = 16;
  const recent = new Recent<number>(capacity);
  const asked: number[] = [];
  for (let n = 0; n < 1000; n++) {
    const key = (n * n * 7) % 61;
    asked.push(key);
    recent.get(String(key), () => key);
    for (const each of asked.slice(-capacity / 4)) assert.equal(recent.find(String(each)), each);
  }
});

test('what is deleted is told of once', () => {
  const gone: number[] = [];
  const recent = new Recent<number>(2, (value) => gone.push(value));
  recent.set('a', 1);
  recent.delete('a');
  recent.delete('a');
  assert.deepEqual(gone, [1]);
  assert.equal(recent.find('a'), undefined);
});
