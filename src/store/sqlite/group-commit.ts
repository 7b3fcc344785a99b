import { statSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Statement } from '../change.ts';
import type { CommitCount } from './commit-count.ts';
import { databaseFailed, extendedCode, resultCode } from './connection.ts';
import { Statements } from './statements.ts';
import { beginWriting } from './write-lock.ts';
import { faultPoint } from '../../lib/fault-points.ts';
import { syncFile } from '../../lib/sync-folder.ts';

/** A Change in the writer's thread. */
export interface Work {
  readonly id: number;
  readonly statements: readonly Statement[];
  readonly isShredding: boolean;
}

/** What became of it: durable, or nothing of it kept, and why. */
export interface Outcome {
  readonly id: number;
  readonly failure?: Failure;
}

export interface Failure {
  readonly kind: 'guard' | 'unavailable' | 'statement';
  readonly message: string;
}

export interface Outcomes {
  readonly outcomes: readonly Outcome[];
  /** Set when deleted key material may still be in the write-ahead log; the next commit tries again. */
  readonly isLogUntruncated: boolean;
  /** Set when the mark of this commit could not be written: that it is lost, if it is one day, may not show. */
  readonly isUnmarked: boolean;
}

/** @see https://sqlite.org/rescode.html */
const uniqueBroken = new Set([1555, 2067, 2579]);

class BrokenGuard extends Error {}

/** Commits many Changes with one fsync. */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #count: CommitCount | undefined;
  #isUnmarked = false;
  /** Undefined for a database that is in no file. */
  readonly #logFile: string | undefined;
  /** Old bytes of key material may still be in the write-ahead log. */
  #mustTruncate: boolean;

  /** @param count absent for a database that is in no file */
  constructor(database: DatabaseSync, count?: CommitCount) {
    this.#database = database;
    this.#count = count;
    this.#statements = new Statements(database);
    const file = database.location();
    this.#logFile = file === null ? undefined : `${file}-wal`;
    // Who wrote it before may have been killed when it was to be truncated.
    this.#mustTruncate = this.#logFile !== undefined && sizeOf(this.#logFile) > 0;
  }

  run(batch: readonly Work[]): Outcomes {
    const outcomes = this.#commit(batch);
    return { outcomes, isLogUntruncated: this.#mustTruncate, isUnmarked: this.#isUnmarked };
  }

  #commit(batch: readonly Work[]): Outcome[] {
    faultPoint('writer.before-begin');
    try {
      const outcomes = this.#all(batch) ?? this.#each(batch);
      const commit = this.#count?.next();
      faultPoint('writer.before-commit');
      this.#database.exec('COMMIT');
      faultPoint('writer.after-commit');
      if (commit !== undefined) this.#isUnmarked = this.#count?.mark(commit) === false;
      if (batch.some(({ isShredding }) => isShredding)) this.#mustTruncate = true;
      if (this.#mustTruncate) this.#truncateLog();
      return outcomes;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      const failure = { kind: 'unavailable', message: messageOf(error) } as const;
      return batch.map(({ id }) => ({ id, failure }));
    }
  }

  /**
   * Applies them without a savepoint for each, which costs as much as a small Change.
   * @returns undefined, and nothing is done, when one of them does not hold
   * @throws when the database, not a Change, is at fault
   */
  #all(batch: readonly Work[]): Outcome[] | undefined {
    beginWriting(this.#database);
    try {
      for (const { statements } of batch) {
        for (const statement of statements) this.#execute(statement);
      }
      return batch.map(({ id }) => ({ id }));
    } catch (error) {
      if (failureOf(error).kind === 'unavailable') throw error;
      this.#database.exec('ROLLBACK');
      return undefined;
    }
  }

  /** So that those which hold are kept. */
  #each(batch: readonly Work[]): Outcome[] {
    beginWriting(this.#database);
    return batch.map((work) => this.#apply(work));
  }

  /** @throws when the database, not the Change, is at fault */
  #apply({ id, statements }: Work): Outcome {
    this.#database.exec('SAVEPOINT one_change');
    try {
      for (const statement of statements) this.#execute(statement);
      this.#database.exec('RELEASE one_change');
      return { id };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'unavailable') throw error;
      this.#database.exec('ROLLBACK TO one_change');
      this.#database.exec('RELEASE one_change');
      return { id, failure };
    }
  }

  #execute({ sql, parameters, rows }: Statement): void {
    const { statement, hasRows } = this.#statements.prepare(sql);
    const values = parameters as SQLInputValue[];
    const count = hasRows
      ? statement.all(...values).length
      : Number(statement.run(...values).changes);
    if (rows !== undefined && count !== rows)
      throw new BrokenGuard(`a statement touched ${count} rows, not ${rows}`);
  }

  /** Waits for readers of older snapshots, at most for the busy timeout. */
  #truncateLog(): void {
    faultPoint('writer.before-truncation');
    try {
      const result = this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
      if (result?.['busy'] !== 0) return;
      // Otherwise its old length, and all that was in it, might be back after a power cut.
      if (this.#logFile !== undefined) syncFile(this.#logFile);
      this.#mustTruncate = false;
      faultPoint('writer.after-truncation');
    } catch {
      // The commit is kept whatever happens here. What stands in the way shows at the next commit.
    }
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function failureOf(error: unknown): Failure {
  const message = messageOf(error);
  if (error instanceof BrokenGuard || uniqueBroken.has(extendedCode(error) ?? 0))
    return { kind: 'guard', message };
  return {
    kind: databaseFailed.has(resultCode(error) ?? 0) ? 'unavailable' : 'statement',
    message,
  };
}

/** SQLite's messages name tables and columns, never values. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'a thrown value that is no Error';
}
