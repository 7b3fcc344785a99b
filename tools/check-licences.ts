/**
 * Checks every package that an install brings: its licence is permissive, and whether docs/dependencies.md has a
 * line for each that package.json names.
 *
 *   node tools/check-licences.ts
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const permissive = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'Python-2.0',
  'MIT-0',
]);

interface LockedPackage {
  readonly license?: string;
  readonly dev?: boolean;
}

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};
const problems: string[] = [];
for (const [path, { license = 'none', dev = false }] of Object.entries(lock.packages)) {
  if (path === '' || isPermissive(license)) continue;
  problems.push(`${path}: licence ${license}${dev ? ' (development only)' : ''}`);
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  string,
  Record<string, string> | undefined
>;
const documented = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
  for (const name of Object.keys(manifest[kind] ?? {})) {
    if (!documented.includes(`\`${name}\``))
      problems.push(`docs/dependencies.md has no line for ${name}`);
  }
}

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(
  `${Object.keys(lock.packages).length - 1} packages, ${problems.length} problems\n`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

/** A choice is as good as its best part, a combination as its worst. */
function isPermissive(expression: string): boolean {
  const text = expression.replaceAll(/[()]/g, '');
  if (text.includes(' OR ')) return text.split(' OR ').some(isPermissive);
  return text.split(' AND ').every((each) => permissive.has(each.trim()));
}
