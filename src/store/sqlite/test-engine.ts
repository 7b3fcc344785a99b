import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreEngine } from '../../../test/suites/store.ts';
import { silentLog } from '../../lib/log.ts';
import { openSqliteStore } from './index.ts';

const folders: string[] = [];
process.once('exit', () => folders.forEach((each) => rmSync(each, { recursive: true })));

/** SQLite for the suite of the store. A place is a file in a folder that goes with the process. */
export const engine: StoreEngine = {
  name: 'SQLite',
  module: import.meta.url,
  async makePlace() {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-store-'));
    folders.push(folder);
    return join(folder, 'holdfast.db');
  },
  open: (file, migrations, options = {}) =>
    openSqliteStore({ file, migrations: [migrations], log: silentLog, ...options }),
};
