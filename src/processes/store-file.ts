import { join } from 'node:path';
import { openSqliteStore, type SqliteOptions } from '../store/sqlite/index.ts';
import { NewerSchemaError, StoreUnavailable, type Store } from '../store/store.ts';
import type { Settings } from './settings.ts';
import { CannotStart } from './under-supervisor.ts';

/** Opens the database of the data folder. @throws CannotStart */
export async function openStoreFile<Tables>(
  { dataDirectory }: Settings,
  options: Omit<SqliteOptions, 'file'>,
): Promise<Store<Tables>> {
  const file = join(dataDirectory, 'holdfast.db');
  try {
    return await openSqliteStore<Tables>({ file, ...options });
  } catch (error) {
    if (error instanceof NewerSchemaError || error instanceof StoreUnavailable)
      throw new CannotStart(`${file}: ${error.message}`, { cause: error });
    throw error;
  }
}
