import type { Kysely } from 'kysely';
import { TamperedSet, type Authority } from './authority.ts';
import type { AuthoritySet, SetOwner } from './authority-set.ts';
import { ownersWithoutRecord, recordedSets } from './survey.ts';

const setsPerStep = 50;
const rowsPerStep = 200;

/**
 * Checks every set once, used or not, and looks for rows without a set. The alarm of `authority` says what is broken.
 * @param pause waits between two small steps; false ends the round
 */
export async function scrub(
  db: Kysely<any>,
  authority: Authority,
  sets: readonly AuthoritySet<unknown>[],
  pause: () => Promise<boolean>,
): Promise<void> {
  const byKind = new Map(sets.map((set) => [set.kind, set]));
  for await (const named of recordedSets(db, setsPerStep)) {
    for (const { kind, ...owner } of named) await check(authority, byKind.get(kind), owner);
    if (!(await pause())) return;
  }
  for (const set of sets) {
    for await (const owners of ownersWithoutRecord(db, set, rowsPerStep)) {
      for (const owner of owners) await check(authority, set, owner);
      if (!(await pause())) return;
    }
  }
}

async function check(
  authority: Authority,
  set: AuthoritySet<unknown> | undefined,
  owner: SetOwner,
): Promise<void> {
  try {
    if (set !== undefined) await authority.verified(set, owner);
  } catch (error) {
    if (!(error instanceof TamperedSet)) throw error;
  }
}
