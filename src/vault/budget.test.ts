import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const source = join(import.meta.dirname, '..');
/** Nothing that opens, starts or stores: `node:net` is only for the pipes that the process was given. */
const allowed = ['node:crypto', 'node:fs', 'node:net', 'node:stream', 'node:util'];
const maxLines = 2000;

interface Loaded {
  readonly lines: number;
  readonly foreign: readonly string[];
}

/** Every file that the vault's process loads, from its entry on. */
function loadedFiles(path: string, loaded = new Map<string, Loaded>()): Map<string, Loaded> {
  if (loaded.has(path)) return loaded;
  const text = readFileSync(path, 'utf8');
  const specifiers = [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)';/gms)].map(
    ([, specifier = '']) => specifier,
  );
  loaded.set(path, {
    lines: codeLines(text),
    foreign: specifiers.filter((specifier) => !specifier.startsWith('.')),
  });
  assert.doesNotMatch(text, /\bimport\(|\brequire\b|process\.binding/, relative(source, path));
  for (const specifier of specifiers.filter((each) => each.startsWith('.'))) {
    loadedFiles(join(dirname(path), specifier), loaded);
  }
  return loaded;
}

/** Lines of code: what is left without blank lines and comments. */
function codeLines(text: string): number {
  return text.split('\n').filter((line) => !/^\s*($|\/\/|\/\*|\*)/.test(line)).length;
}

const loaded = loadedFiles(join(source, 'processes', 'vault.ts'));

test('all that the vault loads is under 2,000 lines of code', () => {
  const total = [...loaded.values()].reduce((sum, { lines }) => sum + lines, 0);
  assert.ok(loaded.size > 20, 'the files were found');
  assert.ok(total < maxLines, `${total} lines`);
});

test('the vault loads itself, small things of lib and Node, and no package', () => {
  for (const [path, { foreign }] of loaded) {
    assert.match(relative(source, path), /^(vault\/|lib\/|processes\/vault\.ts$)/);
    for (const specifier of foreign)
      assert.ok(allowed.includes(specifier), `${path}: ${specifier}`);
    const opensPipes = path.endsWith(join('processes', 'vault.ts'));
    assert.ok(opensPipes || !foreign.some((each) => ['node:net', 'node:fs'].includes(each)), path);
  }
});
