/**
 * Draws the parts of `src/` and what they import of each other into ARCHITECTURE.md, between its two markers.
 *
 *   node tools/draw-architecture.ts [--check]     --check: fail when the picture is stale
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const source = join(root, 'src');
const [begin, end] = [
  '<!-- drawn by tools/draw-architecture.ts -->',
  '<!-- end of the drawing -->',
];

const document = join(root, 'ARCHITECTURE.md');
const text = readFileSync(document, 'utf8');
const [before, after] = [text.indexOf(begin), text.indexOf(end)];
if (before < 0 || after < before) throw new Error('ARCHITECTURE.md has lost its markers');
const drawn = `${text.slice(0, before + begin.length)}\n\n${drawing()}\n\n${text.slice(after)}`;
if (!process.argv.includes('--check')) writeFileSync(document, drawn);
else if (drawn !== text) {
  process.stderr.write('ARCHITECTURE.md is stale: run node tools/draw-architecture.ts\n');
  process.exitCode = 1;
}

function drawing(): string {
  const arrows = new Map<string, Set<string>>();
  for (const file of sourceFiles()) {
    const from = partOf(file);
    for (const imported of importsOf(file)) {
      const to = partOf(imported);
      if (from === to || to === 'lib') continue;
      arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
    }
  }
  const lines = [...arrows.keys()]
    .sort()
    .map((from) => `  ${from} --> ${[...(arrows.get(from) ?? [])].sort().join(' & ')}`);
  return ['```mermaid', 'flowchart TD', ...lines, '```'].join('\n');
}

function sourceFiles(): string[] {
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .filter(({ name }) => !name.endsWith('.test.ts') && !name.startsWith('test-'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function importsOf(file: string): string[] {
  const imports = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?'(\.{1,2}\/[^']+)'/g);
  return [...imports].map(([, path = '']) => join(dirname(file), path));
}

/** A folder under `src`, a room under `src/services`, or a process. */
function partOf(file: string): string {
  const [part = '', room = ''] = relative(source, file).split('/');
  if (part === 'services' || part === 'processes' || part === 'dataplane')
    return room.replace(/\.ts$/, '') || part;
  return part.replace(/\.ts$/, '');
}
