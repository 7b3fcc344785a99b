/**
 * Draws what imports what into ARCHITECTURE.md, between its two markers: processes, rooms, and the other parts of
 * `src/`. A process is drawn with everything that its files in `src/processes` import; all rooms are drawn as one;
 * an arrow is left out where others lead the same way.
 *
 *   node tools/draw-architecture.ts [--check]     --check: fail when the picture is stale
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const source = join(root, 'src');
const processes = ['supervise', 'api', 'worker', 'dns', 'gateway', 'vault'];
const [begin, end] = [
  '<!-- drawn by tools/draw-architecture.ts -->',
  '<!-- end of the drawing -->',
];

const files = sourceFiles();
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
  const parts = [...new Set(files.map(partOf))].filter(isDrawn).sort();
  const rooms = readdirSync(join(source, 'services')).sort();
  const arrows = withoutDetours(
    new Map([
      ...processes.map((name) => [`process-${name}`, importedByProcess(name)] as const),
      ...parts.map((part) => [part, importedByPart(part)] as const),
    ]),
  );
  return [
    '```mermaid',
    'flowchart TD',
    '  subgraph processes',
    ...processes.map((name) => `    process-${name}([${name}])`),
    '  end',
    ...parts.map((part) => `  ${part}["${part === 'services' ? rooms.join('<br>') : part}"]`),
    ...[...arrows]
      .filter(([, to]) => to.length > 0)
      .map(([from, to]) => `  ${from} --> ${to.join(' & ')}`),
    '```',
  ].join('\n');
}

/** The parts that a process needs: those of its own file, and of the files beside it that this one leads to. */
function importedByProcess(name: string): string[] {
  const reached = new Set([join(source, 'processes', `${name}.ts`)]);
  for (const file of reached) {
    for (const imported of importsOf(file))
      if (partOf(imported) === 'processes') reached.add(imported);
  }
  return partsImportedBy([...reached]);
}

function importedByPart(part: string): string[] {
  return partsImportedBy(files.filter((file) => partOf(file) === part));
}

/** Leaves out what is reached by way of another import, too. */
function withoutDetours(
  imports: ReadonlyMap<string, readonly string[]>,
): Map<string, readonly string[]> {
  const reached = (from: string): string[] =>
    (imports.get(from) ?? []).flatMap((to) => [to, ...reached(to)]);
  return new Map(
    [...imports].map(([from, all]) => {
      const byOthers = new Set(all.flatMap(reached));
      return [from, all.filter((to) => !byOthers.has(to))];
    }),
  );
}

function partsImportedBy(importers: readonly string[]): string[] {
  const own = new Set(importers.map(partOf));
  const parts = new Set(importers.flatMap(importsOf).map(partOf));
  return [...parts].filter((part) => isDrawn(part) && !own.has(part)).sort();
}

/** Everybody imports `lib`; the processes are drawn one by one; `main.ts` is the table of commands. */
function isDrawn(part: string): boolean {
  return !['lib', 'processes', 'main.ts'].includes(part);
}

function partOf(file: string): string {
  return relative(source, file).split('/')[0] ?? '';
}

function sourceFiles(): string[] {
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .filter(({ name }) => !name.endsWith('.test.ts') && !name.startsWith('test-'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string): string[] {
  const imports = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?'(\.{1,2}\/[^']+)'/g);
  return [...imports].map(([, path = '']) => join(dirname(file), path));
}
