import { DatabaseSync } from 'node:sqlite';

/** Milliseconds to wait for another process's lock. */
export const busyMilliseconds = 10_000;

/**
 * Of 4 KiB. What is inserted in order (records, above all) writes the same pages again and again: the longer the log,
 * the fewer times they go into the database. 16 MiB are read in a few hundredths of a second after a crash.
 */
const pagesBetweenCheckpoints = 4_000;

/** A connection that writes. Each commit is on disk before it returns, and what is deleted is overwritten. */
export function openForWriting(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: busyMilliseconds, defensive: true });
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA wal_autocheckpoint = ${pagesBetweenCheckpoints};
  `);
  return database;
}

/** A connection that SQLite itself keeps from writing. */
export function openForReading(file: string): DatabaseSync {
  const database = new DatabaseSync(file, {
    readOnly: true,
    timeout: busyMilliseconds,
    defensive: true,
  });
  database.exec('PRAGMA temp_store = MEMORY');
  return database;
}

/** SQLite's result code for "another connection has the lock". */
export const busy = 5;

/** SQLite's primary result code of an error, or undefined when it is no error of SQLite. */
export function resultCode(error: unknown): number | undefined {
  const extended = extendedCode(error);
  return extended === undefined ? undefined : extended & 0xff;
}

/** @see https://sqlite.org/rescode.html */
export function extendedCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : undefined;
}

/**
 * The database, not what it was asked, is at fault: PERM, BUSY, NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT, FULL,
 * CANTOPEN, PROTOCOL, NOLFS, NOTADB.
 */
export const databaseFailed: ReadonlySet<number> = new Set([
  3, 5, 7, 8, 9, 10, 11, 13, 14, 15, 22, 26,
]);

/** CORRUPT or NOTADB: what the file holds is not what was written. */
export function isDamage(error: unknown): boolean {
  return [11, 26].includes(resultCode(error) ?? 0);
}
