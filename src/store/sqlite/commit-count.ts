import { statSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { sql } from 'kysely';
import { StoreUnavailable, type Migrations } from '../store.ts';
import { markedCommits, marksFile, type CommitMarks } from './commit-marks.ts';
import { openForReading } from './connection.ts';

/** Commits that were acknowledged and are gone, and without which the operator went on. */
interface LostCommitsTable {
  /** Those after this one … */
  after_commit: number;
  /** … to this one. */
  through_commit: number;
  /** Milliseconds since 1970. */
  accepted_at: number;
}

/** Until it is in the trail. */
export interface LostCommitsTables {
  lost_commits: LostCommitsTable;
}

export const commitCountMigrations: Migrations = {
  'commit-count-0001': {
    async up(db) {
      await db.schema
        .createTable('commit_count')
        .addColumn('id', 'integer', (c) => c.primaryKey().check(sql`id = 1`))
        .addColumn('commits', 'bigint', (c) => c.notNull())
        .execute();
      await db.insertInto('commit_count').values({ id: 1, commits: 0 }).execute();
      await db.schema
        .createTable('lost_commits')
        .addColumn('after_commit', 'bigint', (c) => c.primaryKey())
        .addColumn('through_commit', 'bigint', (c) => c.notNull())
        .addColumn('accepted_at', 'bigint', (c) => c.notNull())
        .execute();
    },
  },
};

/** Commits that were acknowledged are not in the database. */
export class CommitsMissing extends StoreUnavailable {
  constructor({ counted, marked }: CommitNumbers) {
    super(`of ${marked} commits that were acknowledged the last ${marked - counted} are missing`);
    this.name = 'CommitsMissing';
  }
}

export interface CommitNumbers {
  /** In the database. */
  readonly counted: number;
  /** By the marks beside it; 0 when they say nothing. */
  readonly marked: number;
}

/** Counts the commits of all processes, in each commit itself. */
export class CommitCount {
  readonly #statement: StatementSync;
  readonly #marks: CommitMarks;

  constructor(database: DatabaseSync, marks: CommitMarks) {
    this.#statement = database.prepare(
      'UPDATE commit_count SET commits = commits + 1 WHERE id = 1 RETURNING commits',
    );
    this.#marks = marks;
  }

  /** Within the transaction. @returns the number of the commit */
  next(): number {
    const row = this.#statement.get();
    if (row === undefined) throw new TypeError('the database does not count its commits');
    return Number(row['commits']);
  }

  /** Once it is durable. @returns false when nobody can see by it that this commit is lost */
  mark(commit: number): boolean {
    try {
      this.#marks.write(commit);
      return true;
    } catch {
      return false;
    }
  }
}

/**
 * Reads how many commits there are and have been; may be asked while others commit. Nothing is changed: a write-ahead log
 * that is damaged stays as it is, for whoever can mend it.
 */
export function commitNumbers(file: string): CommitNumbers {
  // First, so that the database has at least as many.
  const marked = markedCommits(marksFile(file));
  if (marked === 0 || (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0)
    return { counted: 0, marked };
  using database = openForReading(file);
  return { counted: countedCommits(database), marked };
}

/** @throws CommitsMissing */
export function refuseMissingCommits(file: string): void {
  const numbers = commitNumbers(file);
  if (numbers.counted < numbers.marked) throw new CommitsMissing(numbers);
}

export function countedCommits(database: DatabaseSync): number {
  const table = database
    .prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'commit_count'`)
    .get();
  if (table === undefined) return 0;
  return Number(database.prepare('SELECT commits FROM commit_count').get()?.['commits'] ?? 0);
}
