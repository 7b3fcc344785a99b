import type { Kysely } from 'kysely';
import type { Change } from './change.ts';

/** A guard did not hold, or a unique key was taken: decide again on what is there now. */
export class GuardFailed extends Error {
  constructor(message = 'the rows are no longer as they were read') {
    super(message);
    this.name = 'GuardFailed';
  }
}

/**
 * The database cannot take the change, of which nothing was kept, or answer the query (full disk, read-only, I/O error,
 * damage).
 */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreUnavailable';
  }
}

/**
 * The port to the database. Reads see the last commit; writing is only possible by a Change.
 * `Tables` is the intersection of the tables of the rooms that a process plugs in.
 */
export interface Store<Tables> extends AsyncDisposable {
  /** For queries, and for building the statements of a Change. Executing a write through it throws. */
  readonly db: Kysely<Tables>;
  /**
   * Keeps all statements of `change`, or none. Resolves when they are durable on disk; many Changes share
   * one fsync, in the order in which they were handed in.
   * @throws GuardFailed, StoreUnavailable
   */
  commit(change: Change): Promise<void>;
  /**
   * A number that is another one after each commit, of this process or any other: a cheap way to notice that
   * reading again is worth it.
   * @throws StoreUnavailable
   */
  changed(): number;
  /** The last read or commit failed for the database's sake, and no probe has succeeded since. */
  readonly isFailing: boolean;
}

/** A newer version of holdfast has used the database: this one must not touch it. */
export class NewerSchemaError extends Error {
  constructor(migration: string) {
    super(`the data was made by a newer version of holdfast (it has "${migration}")`);
    this.name = 'NewerSchemaError';
  }
}

/** A room's own tables, made by forward-only steps. Names sort in the order of their application. */
export interface Migrations {
  /** For example `kms-0001`. */
  readonly [name: string]: { up(db: Kysely<any>): Promise<void> };
}
