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

  /** @param read runs a query, and makes of its errors what the port says */
  constructor(database: DatabaseSync, read: Read = (query) => query()) {
    this.#connection = new Connection(database, read);
  }

  /** What Kysely would do with a query, without its promises. @throws StoreUnavailable */
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

type Read = <T>(query: () => T) => T;

class Connection implements DatabaseConnection {
  readonly #statements: Statements;
  readonly #read: Read;

  constructor(database: DatabaseSync, read: Read) {
    this.#statements = new Statements(database);
    this.#read = read;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.execute(query);
  }

  execute<Row>(query: CompiledQuery): QueryResult<Row> {
    return this.#read(() => this.#run<Row>(query));
  }

  #run<Row>(query: CompiledQuery): QueryResult<Row> {
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
