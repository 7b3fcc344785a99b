import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

/** The database of a running installation, for looking only. */
export class Database implements Disposable {
  readonly #database: DatabaseSync;

  constructor(dataDirectory: string) {
    this.#database = new DatabaseSync(join(dataDirectory, 'holdfast.db'), {
      readOnly: true,
      timeout: 10_000,
    });
  }

  rows<Row>(sql: string, ...parameters: readonly SQLInputValue[]): Row[] {
    return this.#database.prepare(sql).all(...parameters) as Row[];
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
