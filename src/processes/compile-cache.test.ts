import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { useCompileCache } from './compile-cache.ts';

let caches: string;
beforeEach(() => (caches = mkdtempSync(join(tmpdir(), 'holdfast-caches-'))));
afterEach(() => rmSync(caches, { recursive: true }));

test('the folder is its owner’s alone, and the processes that are started learn of it', () => {
  const environment: NodeJS.ProcessEnv = { XDG_CACHE_HOME: caches };
  useCompileCache(environment);
  const folder = join(caches, 'holdfast');
  assert.equal(environment['NODE_COMPILE_CACHE'], folder);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
});

test('a folder that others may write, or that a link leads to, is not used', () => {
  const environment: NodeJS.ProcessEnv = { XDG_CACHE_HOME: caches };
  useCompileCache({ ...environment });
  chmodSync(join(caches, 'holdfast'), 0o770);
  useCompileCache(environment);
  assert.equal(environment['NODE_COMPILE_CACHE'], undefined);

  rmSync(join(caches, 'holdfast'), { recursive: true });
  symlinkSync(tmpdir(), join(caches, 'holdfast'));
  useCompileCache(environment);
  assert.equal(environment['NODE_COMPILE_CACHE'], undefined);
});

test('who has chosen a folder keeps it', () => {
  const environment = { XDG_CACHE_HOME: caches, NODE_COMPILE_CACHE: '/elsewhere' };
  useCompileCache(environment);
  assert.equal(environment.NODE_COMPILE_CACHE, '/elsewhere');
  assert.deepEqual(readdirSync(caches), []);
});
