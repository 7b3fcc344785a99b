import { openForReading } from './connection.ts';

/** At most so many lines. */
const maxFindings = 20;

/**
 * Reads every page of a database, its write-ahead log included.
 * @returns what is wrong with it, in SQLite's words; nothing when it is sound
 */
export function checkDatabase(file: string): readonly string[] {
  try {
    using database = openForReading(file);
    const rows = database.prepare(`PRAGMA integrity_check(${maxFindings})`).all();
    return rows.map((row) => String(row['integrity_check'])).filter((each) => each !== 'ok');
  } catch (error) {
    return [error instanceof Error ? error.message : 'it cannot be read'];
  }
}
