import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, type CompiledQuery } from 'kysely';
import type { Change } from '../../src/store/change.ts';
import { NodeSqliteDialect } from '../../src/store/sqlite/dialect.ts';
import { GroupCommit } from '../../src/store/sqlite/group-commit.ts';
import { migrate } from '../../src/store/sqlite/migrate.ts';
import { GuardFailed, type Migrations, type Store } from '../../src/store/store.ts';

/** A store for the tests of one room: what reads, migrates and commits is the real thing, on a database in memory. */
export class MemoryStore<Tables> implements Pick<Store<Tables>, 'db' | 'commit'> {
  readonly db: Kysely<Tables>;
  /** For what would take too long to bring about by calls. */
  readonly database = new DatabaseSync(':memory:');
  /** Commits that destroyed key material. */
  shreddings = 0;
  readonly #group = new GroupCommit(this.database);
  readonly #queries: CompiledQuery[] = [];

  static async open<Tables>(migrations: Migrations): Promise<MemoryStore<Tables>> {
    const store = new MemoryStore<Tables>();
    await migrate(store.database, migrations);
    return store;
  }

  private constructor() {
    this.db = new Kysely<Tables>({
      dialect: new NodeSqliteDialect(this.database),
      log: ({ query }) => void this.#queries.push(query),
    });
  }

  async commit(change: Change): Promise<void> {
    await change.prepare();
    const { statements, isShredding } = change;
    const { outcomes } = this.#group.run([{ id: 1, statements, isShredding }]);
    const failure = outcomes[0]?.failure;
    if (failure?.kind === 'guard') throw new GuardFailed(failure.message);
    if (failure !== undefined) throw new TypeError(failure.message);
    if (isShredding) this.shreddings += 1;
    change.committed();
  }

  /** What was asked for so far. */
  get reads(): readonly string[] {
    return this.#queries.map(({ sql }) => sql);
  }

  /** How SQLite would find what was asked for so far: the steps of every query's plan. */
  plans(): string[] {
    return this.#queries.flatMap(({ sql, parameters }) =>
      this.database
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...(parameters as SQLInputValue[]))
        .map(({ detail }) => String(detail)),
    );
  }
}
