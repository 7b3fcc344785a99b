import type { DatabaseSync } from 'node:sqlite';
import { statSync } from 'node:fs';
import { StoreUnavailable } from '../store.ts';
import { openForReading } from './connection.ts';

/** At most so many lines. */
const maxFindings = 20;

/** Of database and log: what is read in a tenth of a second. More would make a start late; the command `check` reads it. */
const maxQuickBytes = 64 * 1024 * 1024;

/**
 * Reads every page of a database, its write-ahead log included, and sees whether the indexes are right.
 * @returns what is wrong with it, in SQLite's words; nothing when it is sound
 */
export function checkDatabase(file: string): readonly string[] {
  try {
    using database = openForReading(file);
    return findings(database, 'integrity_check', maxFindings);
  } catch (error) {
    return [error instanceof Error ? error.message : 'it cannot be read'];
  }
}

/**
 * Reads every page of a database that is not too large. Nothing is changed.
 * @throws StoreUnavailable when it is damaged, or the database's error
 */
export function refuseDamage(file: string): void {
  const bytes = bytesOf(file);
  if (bytes === 0 || bytes + bytesOf(`${file}-wal`) > maxQuickBytes) return;
  using database = openForReading(file);
  const [finding] = findings(database, 'quick_check', 1);
  if (finding !== undefined) throw new StoreUnavailable(`the database is damaged: ${finding}`);
}

/** Each in one line. @see https://sqlite.org/pragma.html#pragma_integrity_check */
function findings(
  database: DatabaseSync,
  pragma: 'integrity_check' | 'quick_check',
  most: number,
): readonly string[] {
  return database
    .prepare(`PRAGMA ${pragma}(${most})`)
    .all()
    .map((row) => String(row[pragma]).replaceAll(/\s+/g, ' '))
    .filter((each) => each !== 'ok');
}

function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
