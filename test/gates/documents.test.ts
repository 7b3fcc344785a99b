import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const documents = globSync(['*.md', '{bench,docs,src,test}/**/*.md'], { cwd: root });

/** A file with one of our endings, or a folder with a slash at its end. */
const path = /^(?:[\w.-]+\/)*(?:[\w.-]+\.(?:ts|cjs|json|jsonc|md)|[\w.-]+\/)$/;
/** From the root; what else a README under `src` names lies beside it. */
const rooted = /^(?:bench|bin|docs|src|test|tools|\.ci)\//;

void test('there are documents', () => assert.ok(documents.length > 15));

for (const document of documents) {
  void test(`${document} names files that are there`, () => {
    const text = readFileSync(join(root, document), 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
    const folder = join(root, dirname(document));
    const missing = [
      ...namedIn(text, document.startsWith('src/')).filter(
        (name) => !existsSync(join(root, name)) && !existsSync(join(folder, name)),
      ),
      ...linkedIn(text).filter((target) => !existsSync(join(folder, target))),
    ];
    assert.deepEqual(missing, []);
  });
}

/** Paths in code style. */
function namedIn(text: string, hasNeighbours: boolean): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)]
    .map(([, code = '']) => code)
    .filter((code) => path.test(code) && (hasNeighbours || rooted.test(code)));
}

function linkedIn(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !target.includes('://') && !target.startsWith('#'))
    .map((target) => target.replace(/#.*/, ''));
}

void test('docs/operating.md quotes lines that the code can say', () => {
  const sources = globSync('src/**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  const text = readFileSync(join(root, 'docs/operating.md'), 'utf8');
  const tables = text.slice(text.indexOf('## What a refused start says'));
  const quoted = [...tables.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, line = '']) => line),
  );
  assert.ok(quoted.length > 20);
  // An ellipsis stands for what is put in.
  const words = quoted.flatMap((line) =>
    line.split('…').map((part) => part.replaceAll(/^\W+|\W+$/g, '')),
  );
  assert.deepEqual(
    words.filter((part) => !sources.includes(part)),
    [],
  );
});

void test('documents name npm scripts that there are', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const all = documents.map((document) => readFileSync(join(root, document), 'utf8')).join('\n');
  const named = [...all.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
  assert.ok(named.includes('demo'));
  assert.deepEqual(
    named.filter((name) => !Object.hasOwn(scripts, name)),
    [],
  );
});
