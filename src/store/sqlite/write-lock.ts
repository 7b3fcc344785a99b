import type { DatabaseSync } from 'node:sqlite';
import { busy, busyMilliseconds, resultCode } from './connection.ts';

/** About as long as a small commit takes. */
const retryMilliseconds = 0.2;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Begins a transaction that writes, as soon as the other process has ended its own. SQLite itself would look again after
 * 1, 2, 5, 10, 15 … 100 ms, and of two that write all the time one would wait for most of it. Blocks the thread.
 * @throws SQLITE_BUSY after `busyMilliseconds`
 */
export function beginWriting(database: DatabaseSync): void {
  database.exec('PRAGMA busy_timeout = 0');
  try {
    const end = performance.now() + busyMilliseconds;
    while (!begins(database, performance.now() < end))
      Atomics.wait(sleeper, 0, 0, retryMilliseconds);
  } finally {
    database.exec(`PRAGMA busy_timeout = ${busyMilliseconds}`);
  }
}

function begins(database: DatabaseSync, mayBeBusy: boolean): boolean {
  try {
    database.exec('BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    if (mayBeBusy && resultCode(error) === busy) return false;
    throw error;
  }
}
