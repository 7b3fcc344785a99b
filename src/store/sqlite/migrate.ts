import type { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { Kysely } from 'kysely';
import { NewerSchemaError, StoreUnavailable, type Migrations } from '../store.ts';
import { busy, busyMilliseconds, resultCode } from './connection.ts';
import { NodeSqliteDialect } from './dialect.ts';

const pauseMilliseconds = 10;

/**
 * Brings the schema up to date, forwards only. Two processes that start at once wait for each other.
 * @returns the names of the migrations that were applied
 * @throws NewerSchemaError
 */
export async function migrate(
  database: DatabaseSync,
  migrations: Migrations,
): Promise<readonly string[]> {
  if (pending(database, migrations).length === 0) return [];
  await beginWriting(database);
  try {
    database.exec('CREATE TABLE IF NOT EXISTS schema_migration (name TEXT NOT NULL PRIMARY KEY)');
    const db = new Kysely<never>({ dialect: new NodeSqliteDialect(database) });
    const names = pending(database, migrations);
    for (const name of names) {
      await migrations[name]?.up(db);
      database.prepare('INSERT INTO schema_migration (name) VALUES (?)').run(name);
    }
    database.exec('COMMIT');
    return names;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Waits without holding the thread: whoever has the lock may be running on it. */
async function beginWriting(database: DatabaseSync): Promise<void> {
  database.exec('PRAGMA busy_timeout = 0');
  for (let waited = 0; ; waited += pauseMilliseconds) {
    try {
      return database.exec('BEGIN IMMEDIATE');
    } catch (error) {
      if (resultCode(error) !== busy || waited >= busyMilliseconds) throw error;
      await setTimeout(pauseMilliseconds);
    }
  }
}

/** @throws StoreUnavailable when one of the migrations was not applied yet */
export function requireSchema(database: DatabaseSync, migrations: Migrations): void {
  const applied = new Set(appliedMigrations(database));
  if (Object.keys(migrations).some((name) => !applied.has(name)))
    throw new StoreUnavailable('the data folder is not ready: its schema is of an older version');
}

function pending(database: DatabaseSync, migrations: Migrations): string[] {
  const applied = new Set(appliedMigrations(database));
  for (const name of applied) {
    if (!Object.hasOwn(migrations, name)) throw new NewerSchemaError(name);
  }
  return Object.keys(migrations)
    .filter((name) => !applied.has(name))
    .toSorted();
}

function appliedMigrations(database: DatabaseSync): string[] {
  const table = database
    .prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'`)
    .get();
  if (table === undefined) return [];
  return database
    .prepare('SELECT name FROM schema_migration')
    .all()
    .map((row) => String(row['name']));
}
