import { closeSync, existsSync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import type { Log } from '../../lib/log.ts';
import { Change } from '../change.ts';
import { executeDirectly } from '../repeated-query.ts';
import { NewerSchemaError, StoreUnavailable, type Migrations, type Store } from '../store.ts';
import { refuseDamage } from './check.ts';
import { commitCountMigrations, refuseMissingCommits } from './commit-count.ts';
import { makeMarks, marksFile } from './commit-marks.ts';
import { Condition } from './condition.ts';
import { openForReading, openForWriting } from './connection.ts';
import { NodeSqliteDialect } from './dialect.ts';
import { migrate, requireSchema } from './migrate.ts';
import { Writer } from './writer.ts';

export { acceptMissingCommits } from './accept-loss.ts';
export { checkDatabase } from './check.ts';
export { commitNumbers, CommitsMissing, type LostCommitsTables } from './commit-count.ts';
export { FolderInUse, lockFolder } from './folder-lock.ts';

export interface SqliteOptions {
  /** Path of the database; made with mode 0600 if it is not there. SQLite keeps `-wal` and `-shm` beside it. */
  readonly file: string;
  /** Of every room, whether this process uses it or not; for a process that only reads, of what it reads. */
  readonly migrations: readonly Migrations[];
  readonly log: Log;
  /** For a process that only reads: another one must have made the schema. */
  readonly readOnly?: boolean;
}

/**
 * Opens the store of one machine. Several processes may have the same file open at once.
 * @throws NewerSchemaError, StoreUnavailable, of it CommitsMissing
 */
export async function openSqliteStore<Tables>(options: SqliteOptions): Promise<Store<Tables>> {
  const { file, log, readOnly } = options;
  const migrations: Migrations = Object.assign({}, commitCountMigrations, ...options.migrations);
  try {
    if (readOnly !== true) {
      rollBack(file);
      refuseDamage(file);
      refuseMissingCommits(file);
      await prepare(file, migrations, log);
    }
    using onFailure = new DisposableStack();
    const reader = onFailure.use(openForReading(file));
    requireSchema(reader, migrations);
    onFailure.move();
    return new SqliteStore(reader, options);
  } catch (cause) {
    if (cause instanceof NewerSchemaError || cause instanceof StoreUnavailable) throw cause;
    const reason = cause instanceof Error ? cause.message : 'for an unknown reason';
    throw new StoreUnavailable(`the database cannot be opened: ${reason}`, { cause });
  }
}

/** Ends what was cut off before there was a write-ahead log, in a first start: who only reads could not. */
function rollBack(file: string): void {
  if (existsSync(`${file}-journal`)) openForWriting(file).close();
}

async function prepare(file: string, migrations: Migrations, log: Log): Promise<void> {
  makeMarks(marksFile(file));
  closeSync(openSync(file, 'a', 0o600));
  using database = openForWriting(file);
  const applied = await migrate(database, migrations);
  if (applied.length > 0) log.info('the schema was brought up to date', { steps: applied.length });
}

class SqliteStore<Tables> implements Store<Tables> {
  readonly db: Kysely<Tables>;
  readonly #reader: DatabaseSync;
  readonly #writer: Writer | undefined;
  readonly #condition: Condition;
  readonly #dataVersion;
  #changed: number | undefined;

  constructor(reader: DatabaseSync, { file, log, readOnly }: SqliteOptions) {
    const condition = new Condition(log, () => this.#probe());
    this.#reader = reader;
    this.#condition = condition;
    this.#writer =
      readOnly === true ? undefined : new Writer(file, log, (reason) => condition.failed(reason));
    this.#dataVersion = reader.prepare('PRAGMA data_version');
    const dialect = new NodeSqliteDialect(reader, (query) => {
      this.#forgetChanged();
      return condition.read(query);
    });
    this.db = new Kysely({ dialect });
    executeDirectly(this.db, (query) => dialect.execute(query).rows);
  }

  async commit(change: Change): Promise<void> {
    if (!change.isPrepared) await change.prepare();
    if (change.isEmpty) return change.committed();
    if (this.#writer === undefined)
      throw new StoreUnavailable('the store is open for reading only');
    await this.#writer.commit(change);
  }

  /**
   * Counts commits of all other connections, thus of the writer's thread too. Asked once for all that one callback of the
   * event loop leads to, and again after each query: no commit of which anybody in it has heard is later.
   * @see https://sqlite.org/pragma.html#pragma_data_version
   */
  changed(): number {
    if (this.#changed === undefined) {
      const row = this.#condition.read(() => this.#dataVersion.get());
      this.#changed = Number(row?.['data_version']);
      // Runs when no promise of this callback has anything left to do.
      process.nextTick(this.#forgetChanged);
    }
    return this.#changed;
  }

  readonly #forgetChanged = (): void => {
    this.#changed = undefined;
  };

  get isFailing(): boolean {
    return this.#condition.isFailing;
  }

  /** A commit also overwrites, in the write-ahead log, the frames of one that failed to be synchronized. */
  async #probe(): Promise<void> {
    this.#condition.read(() => this.#reader.prepare('SELECT count(*) FROM sqlite_schema').get());
    const change = new Change();
    // Writes the page of the header, and says nothing new.
    change.write({ compile: () => ({ sql: 'PRAGMA user_version = 0', parameters: [] }) });
    await this.#writer?.commit(change);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#condition[Symbol.dispose]();
    await this.#writer?.[Symbol.asyncDispose]();
    await this.db.destroy();
    this.#reader.close();
  }
}
