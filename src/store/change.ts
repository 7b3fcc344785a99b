/** A statement ready for the writer: Kysely's compiled form without its types. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** When set: how many rows it must touch (or, for a query, return); otherwise the whole Change fails. */
  readonly rows?: number;
}

/** Anything that Kysely can compile: an insert, update, delete or select. */
export interface Compilable {
  compile(): { readonly sql: string; readonly parameters: readonly unknown[] };
}

/**
 * What an operation decided to do: guarded statements, kept in one commit. Nothing here touches the
 * database; `Store.commit` does, and an operation whose guard fails decides again on a new snapshot.
 */
export class Change {
  readonly #statements: Statement[] = [];
  readonly #beforeCommit: (() => Promise<void>)[] = [];
  readonly #afterCommit: (() => void)[] = [];
  #isShredding = false;

  /**
   * Adds a statement. With `rows`, the Change only holds if exactly that many rows are touched: the way
   * to say "if the row is still as I read it". A broken UNIQUE or PRIMARY KEY fails the Change likewise.
   */
  write(query: Compilable, guard: { rows?: number } = {}): void {
    const { sql, parameters } = query.compile();
    this.#statements.push({
      sql,
      parameters,
      ...(guard.rows === undefined ? {} : { rows: guard.rows }),
    });
  }

  /** Has `work` add statements that take time to make, once everything else is decided. */
  beforeCommit(work: () => Promise<void>): void {
    this.#beforeCommit.push(work);
  }

  get isPrepared(): boolean {
    return this.#beforeCommit.length === 0;
  }

  /** Does what waits for the commit; nothing when it is done. The store does it too, if nobody has before. */
  async prepare(): Promise<void> {
    for (const work of this.#beforeCommit.splice(0)) await work();
  }

  /** Runs `callback` once the commit is durable (wake a job, tell a listener). It must not throw. */
  afterCommit(callback: () => void): void {
    this.#afterCommit.push(callback);
  }

  /**
   * Says that the statements delete or replace key material: the commit only resolves when the old bytes are
   * in none of the database's files any more.
   */
  shred(): void {
    this.#isShredding = true;
  }

  get isShredding(): boolean {
    return this.#isShredding;
  }

  get statements(): readonly Statement[] {
    return this.#statements;
  }

  get isEmpty(): boolean {
    return this.#statements.length === 0;
  }

  committed(): void {
    for (const callback of this.#afterCommit) callback();
  }
}
