import type { Migrations } from '../store.ts';
import {
  commitCountMigrations,
  commitNumbers,
  countedCommits,
  type CommitNumbers,
} from './commit-count.ts';
import { openForWriting } from './connection.ts';
import { migrate } from './migrate.ts';

export interface LossOptions {
  readonly file: string;
  /** Of every room: what is missing may be a migration. */
  readonly migrations: readonly Migrations[];
  readonly now: Temporal.Instant;
}

/**
 * Has the database count on from where its marks are, so that it can be opened without what it lost, and keeps in
 * `lost_commits` what that is.
 * @returns nothing when no commit is missing; nothing was done then
 * @throws NewerSchemaError, the database's errors
 */
export async function acceptMissingCommits({
  file,
  migrations,
  now,
}: LossOptions): Promise<CommitNumbers | undefined> {
  const { counted, marked } = commitNumbers(file);
  if (counted >= marked) return undefined;
  using database = openForWriting(file);
  await migrate(database, Object.assign({}, commitCountMigrations, ...migrations));
  database.exec('BEGIN IMMEDIATE');
  database
    .prepare(
      'INSERT INTO lost_commits (after_commit, through_commit, accepted_at) VALUES (?, ?, ?)',
    )
    .run(countedCommits(database), marked, now.epochMilliseconds);
  database.prepare('UPDATE commit_count SET commits = ?').run(marked);
  database.exec('COMMIT');
  return { counted, marked };
}
