import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, test } from 'node:test';
import { corpusOf } from '../../tools/fuzz/corpus.ts';
import { judged } from '../../tools/fuzz/judge.ts';
import { targets } from '../../tools/fuzz/targets/index.ts';

// What the fuzzer once found, and what led it deep into the code, again at every change.

for (const [name, target] of Object.entries(targets)) {
  test(`the laws of ${name} hold for what is kept in test/corpora/${name}`, async () => {
    const subject = await target.start();
    after(() => subject[Symbol.asyncDispose]());
    const corpus = corpusOf(name);
    assert.ok(corpus.size > 0, 'there is a corpus');
    for (const [file, input] of corpus) {
      const find = await judged(subject, input);
      assert.equal(find, undefined, file);
    }
  });
}

test('every corpus has its target', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true });
  const names = folders.filter((each) => each.isDirectory()).map((each) => each.name);
  assert.deepEqual(
    names.filter((name) => targets[name] === undefined),
    [],
  );
});
