import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { mutations } from '../torture/mutations.ts';

const root = join(import.meta.dirname, '../..');

for (const { meaning, edits } of mutations)
  test(`the code still has the lines without which ${meaning}, once each`, () => {
    const texts = new Map<string, string>();
    for (const { file, replace, by } of edits) {
      const text = texts.get(file) ?? readFileSync(join(root, file), 'utf8');
      assert.equal(text.split(replace).length - 1, 1, `${file}: ${replace}`);
      texts.set(
        file,
        text.replace(replace, () => by),
      );
    }
  });
