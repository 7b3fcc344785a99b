import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** A prepared statement, and whether it answers with rows. */
export interface Prepared {
  readonly statement: StatementSync;
  readonly hasRows: boolean;
}

/** The prepared statements of one connection; the one that was not used for longest goes first. */
export class Statements {
  readonly #database: DatabaseSync;
  readonly #capacity: number;
  readonly #prepared = new Map<string, Prepared>();

  constructor(database: DatabaseSync, capacity = 500) {
    this.#database = database;
    this.#capacity = capacity;
  }

  prepare(sql: string): Prepared {
    let prepared = this.#prepared.get(sql);
    if (prepared === undefined) {
      const statement = this.#database.prepare(sql);
      prepared = { statement, hasRows: statement.columns().length > 0 };
      const [oldest] = this.#prepared.keys();
      if (oldest !== undefined && this.#prepared.size >= this.#capacity)
        this.#prepared.delete(oldest);
    } else {
      this.#prepared.delete(sql);
    }
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}
