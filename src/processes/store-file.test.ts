import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { silentLog } from '../lib/log.ts';
import { openStoreFile } from './store-file.ts';

const options = { migrations: [], log: silentLog };

test('a database that is missing or empty is not made anew in a data folder that had one', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'holdfast-store-file-'));
  await using _folder = {
    [Symbol.asyncDispose]: () => rm(dataDirectory, { recursive: true }),
  };
  const file = join(dataDirectory, 'holdfast.db');
  const refusal = {
    message: `${file}: the database is missing or empty: restore it from a backup`,
  };
  await (await openStoreFile({ dataDirectory }, options))[Symbol.asyncDispose]();
  await writeFile(join(dataDirectory, 'authority.json'), '');
  await (await openStoreFile({ dataDirectory }, options))[Symbol.asyncDispose]();

  await writeFile(file, '');
  await assert.rejects(openStoreFile({ dataDirectory }, options), refusal);
  await rm(file);
  await assert.rejects(openStoreFile({ dataDirectory }, options), refusal);
  assert.ok(!existsSync(file));
});
