import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');

/** To ask, or to say that AWS asks nobody. */
const asking = /\bcall\.authorize\(|\bneedsNoPermission\(/;

/**
 * Whether an operation, or what it imports from its own room, asks for a permission. The pipeline makes sure
 * when it runs; this says it before anybody calls.
 */
function asks(file: string, seen = new Set<string>()): boolean {
  if (seen.has(file) || !existsSync(file)) return false;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  if (asking.test(text)) return true;
  const imports = [...text.matchAll(/^(?:import|} from|export) [^;]*?'(\.[^']+)';$/gm)]
    .map(([, path]) => join(dirname(file), path!))
    .filter((path) => roomOf(path) === roomOf(file));
  return imports.some((path) => asks(path, seen));
}

function roomOf(path: string): string | undefined {
  return /src\/services\/[^/]+\//.exec(path)?.[0];
}

function operationsOf(pattern: string): string[] {
  return globSync(pattern, { cwd: root })
    .filter((path) => !path.endsWith('.test.ts') && !path.endsWith('index.ts'))
    .map((path) => join(root, path));
}

void test('every operation asks for a permission', () => {
  const operations = operationsOf('src/services/*/operations/*.ts');
  assert.ok(operations.length > 20);
  const silent = operations.filter((file) => !asks(file)).map((file) => relative(root, file));
  assert.deepEqual(silent, []);
});

void test('one that does not is found', () => {
  const [offender] = operationsOf('test/gates/src/services/acm/operations/*.ts');
  assert.ok(offender !== undefined);
  assert.equal(asks(offender), false);
});
