import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { busy, resultCode } from './connection.ts';

/** Another process works with the data folder. */
export class FolderInUse extends Error {
  constructor(folder: string) {
    super(`the data folder ${folder} is in use by another process`);
    this.name = 'FolderInUse';
  }
}

/**
 * Takes the data folder for this process until it is disposed or the process ends, however it ends: the lock
 * is the operating system's, on a small database that is held exclusively.
 * @throws FolderInUse
 */
export function lockFolder(folder: string): Disposable {
  const file = join(folder, 'lock');
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    throw resultCode(error) === busy ? new FolderInUse(folder) : error;
  }
}
