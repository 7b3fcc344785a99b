import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');

/** What an operator installs and trusts beside holdfast and Node itself. To raise a number is a decision. */
const maxPackages = 14;
const maxMegabytes = 8;

interface LockedPackage {
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
}

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};
const atRunTime = Object.entries(packages)
  .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
  // Node itself.
  .filter(([, { optional }]) => optional !== true)
  .map(([path]) => path);

void test('few packages are needed at run time', () => {
  assert.ok(atRunTime.length <= maxPackages, `${atRunTime.length}: ${atRunTime.join(', ')}`);
});

void test('they are small', () => {
  const megabytes = atRunTime.reduce((sum, path) => sum + bytesIn(join(root, path)), 0) / 1e6;
  assert.ok(megabytes <= maxMegabytes, `${megabytes.toFixed(1)} MB`);
});

void test('none of them runs a program when it is installed', () => {
  for (const path of atRunTime) {
    const { scripts = {} } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as {
      scripts?: Record<string, string>;
    };
    for (const hook of ['preinstall', 'install', 'postinstall'])
      assert.equal(scripts[hook], undefined, `${path}: ${hook}`);
  }
});

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
