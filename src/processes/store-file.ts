import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CommitsMissing, openSqliteStore, type SqliteOptions } from '../store/sqlite/index.ts';
import { NewerSchemaError, StoreUnavailable, type Store } from '../store/store.ts';
import { authorityFileName } from './authority-file.ts';
import type { Settings } from './settings.ts';
import { CannotStart } from './under-supervisor.ts';

const storeFileName = 'holdfast.db';

export function storeFileOf({ dataDirectory }: Pick<Settings, 'dataDirectory'>): string {
  return join(dataDirectory, storeFileName);
}

const wayOut =
  'put the files back that were here, restore a backup, or go on without: holdfast check --accept-lost-commits';

/** Opens the database of the data folder. @throws CannotStart */
export async function openStoreFile<Tables>(
  settings: Pick<Settings, 'dataDirectory'>,
  options: Omit<SqliteOptions, 'file'>,
): Promise<Store<Tables>> {
  const file = storeFileOf(settings);
  refuseLoss(settings.dataDirectory, file);
  try {
    return await openSqliteStore<Tables>({ file, ...options });
  } catch (error) {
    if (error instanceof CommitsMissing)
      throw new CannotStart(`${file}: ${error.message}: ${wayOut}`, { cause: error });
    if (error instanceof NewerSchemaError || error instanceof StoreUnavailable)
      throw new CannotStart(`${file}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** A new database in the place of one that is gone would hide that everything in it is lost. */
function refuseLoss(dataDirectory: string, file: string): void {
  // Written once there is a database, so that a first start that was cut short may go on.
  if (!existsSync(join(dataDirectory, authorityFileName))) return;
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0)
    throw new CannotStart(`${file}: the database is missing or empty: restore it from a backup`);
}
