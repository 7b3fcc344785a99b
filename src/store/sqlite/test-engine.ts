import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreEngine } from '../../../test/suites/store.ts';
import { silentLog } from '../../lib/log.ts';
import { openSqliteStore } from './index.ts';

/** SQLite for the suite of the store. A place is a file in a new temporary folder. */
export const engine: StoreEngine = {
  name: 'SQLite',
  module: import.meta.url,
  makePlace: async () => join(await mkdtemp(join(tmpdir(), 'holdfast-store-')), 'holdfast.db'),
  open: (file, migrations, options = {}) =>
    openSqliteStore({ file, migrations: [migrations], log: silentLog, ...options }),
};
