import type { Kysely } from 'kysely';
import { Change } from '../../store/change.ts';
import type { Authority } from './authority.ts';
import type { AuthoritySet } from './authority-set.ts';
import { ownersWithoutRecord } from './survey.ts';

const rowsPerStep = 500;

/**
 * Has the vault authenticate all rows of a kind as they are, where nobody has yet: for rows of a version that could not,
 * and for those who load many rows at once. It trusts whoever wrote them; sets that have a record are left alone.
 * @returns the number of sets
 */
export async function adoptSets(
  store: { readonly db: Kysely<any>; commit(change: Change): Promise<void> },
  authority: Authority,
  set: AuthoritySet<unknown>,
): Promise<number> {
  let adopted = 0;
  for await (const owners of ownersWithoutRecord(store.db, set, rowsPerStep)) {
    const change = new Change();
    await Promise.all(owners.map((owner) => authority.adopt(change, set, owner)));
    await store.commit(change);
    adopted += owners.length;
  }
  return adopted;
}
