import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { AccountId, Region } from '../aws/arn.ts';
import { adoptSets } from '../aws/authority/adopt.ts';
import type { Authority } from '../aws/authority/authority.ts';
import type { AuthoritySet } from '../aws/authority/authority-set.ts';
import type { Pipeline } from '../aws/pipeline.ts';
import { privateCaAuthoritySets } from '../issuance/index.ts';
import { acmAuthoritySets } from '../services/acm/index.ts';
import { elbv2AuthoritySets } from '../services/elbv2/index.ts';
import { iamAuthoritySets } from '../services/iam/index.ts';
import { kmsAuthoritySets } from '../services/kms/index.ts';
import { route53AuthoritySets } from '../services/route53/index.ts';
import type { DataStore } from './data-store.ts';
import { writePrivateFile } from './private-file.ts';
import { CannotStart, type Supervised } from './under-supervisor.ts';

/** All sorts of rows that confer authority. */
export const authoritySets: readonly AuthoritySet<unknown>[] = [
  ...acmAuthoritySets,
  ...elbv2AuthoritySets,
  ...iamAuthoritySets,
  ...kmsAuthoritySets,
  ...privateCaAuthoritySets,
  ...route53AuthoritySets,
];

interface Adopting {
  readonly authority: Authority;
  readonly pipeline: Pick<Pipeline, 'runJob'>;
  readonly store: DataStore;
  /** Of what belongs to no other account. */
  readonly trail: { readonly account: AccountId; readonly region: Region };
}

const fileName = 'authority.json';
const description = v.object({ format: v.literal(1), kinds: v.array(v.string()) });

/**
 * At the first start of a version that authenticates rows of a kind: takes those that are there as they are. The kinds
 * stand in a file beside the database, so that whoever can write the database alone cannot bring such a start about again. Each taking is on record.
 * @throws CannotStart
 */
export async function adoptRows(
  { authority, pipeline, store, trail }: Adopting,
  { settings, log }: Pick<Supervised, 'settings' | 'log'>,
): Promise<void> {
  const file = join(settings.dataDirectory, fileName);
  const known = new Set(readKinds(file));
  const added = authoritySets.filter(({ kind }) => !known.has(kind));
  if (added.length === 0) return;
  for (const set of added) {
    const setCount = await adoptSets(store, authority, set);
    if (setCount === 0) continue;
    const adopted = { setKind: set.kind, setCount };
    log.warn('rows of an earlier version are taken as they are', adopted);
    const job = { name: 'adopt-authority-rows', service: 'store.holdfast.internal', ...trail };
    await pipeline.runJob(job, async (call) => call.audit.additional(adopted));
  }
  const kinds = [...known, ...added.map(({ kind }) => kind)].sort();
  writePrivateFile(file, `${JSON.stringify({ format: 1, kinds }, null, 2)}\n`);
}

function readKinds(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  try {
    return v.parse(description, JSON.parse(readFileSync(file, 'utf8'))).kinds;
  } catch (cause) {
    throw new CannotStart(`${file} is damaged, or of a newer version`, { cause });
  }
}
