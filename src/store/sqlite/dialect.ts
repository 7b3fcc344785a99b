import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
} from 'kysely';
import { Statements } from './statements.ts';

/**
 * Kysely over one connection of `node:sqlite`. Queries run at once and on the caller's thread, so the
 * connection needs no waiting line. There are no transactions: to write is the writer's.
 */
export class NodeSqliteDialect implements Dialect {
  readonly #connection: Connection;

  constructor(database: DatabaseSync) {
    this.#connection = new Connection(database);
  }

  /** What Kysely would do with a query, without its promises. */
  execute<Row>(query: CompiledQuery<Row>): QueryResult<Row> {
    return this.#connection.execute(query);
  }

  createDriver(): Driver {
    const refuse = (): Promise<never> =>
      Promise.reject(new TypeError('to write, hand a Change to Store.commit'));
    return {
      init: async () => {},
      acquireConnection: async () => this.#connection,
      releaseConnection: async () => {},
      beginTransaction: refuse,
      commitTransaction: refuse,
      rollbackTransaction: refuse,
      destroy: async () => {},
    };
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new SqliteAdapter();
  }

  createIntrospector(db: Kysely<any>): SqliteIntrospector {
    return new SqliteIntrospector(db);
  }
}

class Connection implements DatabaseConnection {
  readonly #statements: Statements;

  constructor(database: DatabaseSync) {
    this.#statements = new Statements(database);
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.execute(query);
  }

  execute<Row>(query: CompiledQuery): QueryResult<Row> {
    const { statement, hasRows } = this.#statements.prepare(query.sql);
    const parameters = query.parameters as SQLInputValue[];
    if (hasRows) return { rows: statement.all(...parameters) as Row[] };
    const { changes } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield this.execute<Row>(query);
  }
}
