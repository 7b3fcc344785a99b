import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { AccountId, Region } from '../aws/arn.ts';
import { adoptSets } from '../aws/authority/adopt.ts';
import type { Authority } from '../aws/authority/authority.ts';
import type { AuthoritySet } from '../aws/authority/authority-set.ts';
import type { Pipeline } from '../aws/pipeline.ts';
import { acmeAuthoritySets, privateCaAuthoritySets } from '../issuance/index.ts';
import { acmAuthoritySets } from '../services/acm/index.ts';
import { elbv2AuthoritySets } from '../services/elbv2/index.ts';
import { eventAuthoritySets } from '../services/events/index.ts';
import { iamAuthoritySets } from '../services/iam/index.ts';
import { kmsAuthoritySets } from '../services/kms/index.ts';
import { route53AuthoritySets } from '../services/route53/index.ts';
import type { DataStore } from './data-store.ts';
import { authorityFileName } from './authority-file.ts';
import { writePrivateFile } from './private-file.ts';
import { CannotStart, type Supervised } from './under-supervisor.ts';

/** All sorts of rows that confer authority. */
export const authoritySets: readonly AuthoritySet<unknown>[] = [
  ...acmAuthoritySets,
  ...acmeAuthoritySets,
  ...elbv2AuthoritySets,
  ...eventAuthoritySets,
  ...iamAuthoritySets,
  ...kmsAuthoritySets,
  ...privateCaAuthoritySets,
  ...route53AuthoritySets,
];

/** Sets of one kind that were taken as they are. */
interface Adopted {
  readonly setKind: string;
  /** Zero once they are on record. */
  setCount: number;
}

const description = v.object({ format: v.literal(1), kinds: v.array(v.string()) });

/**
 * At the first start of a version that authenticates rows of a kind: takes those that are there as they are. The kinds
 * stand in a file beside the database, so that whoever can write the database alone cannot bring such a start about again.
 * @returns what `recordAdoption` is to be told
 * @throws CannotStart
 */
export async function adoptRows(
  store: DataStore,
  authority: Authority,
  { settings, log }: Pick<Supervised, 'settings' | 'log'>,
): Promise<readonly Adopted[]> {
  const known = new Set(readKinds(fileOf(settings)));
  const adopted: Adopted[] = [];
  for (const set of authoritySets.filter(({ kind }) => !known.has(kind))) {
    const taken = { setKind: set.kind, setCount: await adoptSets(store, authority, set) };
    if (taken.setCount > 0) log.warn('rows of an earlier version are taken as they are', taken);
    adopted.push(taken);
  }
  return adopted;
}

/** Says in the trail what was adopted, and sees to it that it is not done again. Can be repeated. @throws FileNotWritten */
export async function recordAdoption(
  adopted: readonly Adopted[],
  { runJob }: Pick<Pipeline, 'runJob'>,
  trail: { readonly account: AccountId; readonly region: Region },
  { settings }: Pick<Supervised, 'settings'>,
): Promise<void> {
  const file = fileOf(settings);
  const known = readKinds(file);
  const kinds = new Set([...known, ...adopted.map(({ setKind }) => setKind)]);
  if (kinds.size === known.length) return;
  const job = { name: 'adopt-authority-rows', service: 'store.holdfast.internal', ...trail };
  for (const each of adopted.filter(({ setCount }) => setCount > 0)) {
    const { setKind, setCount } = each;
    await runJob(job, async (call) => call.audit.additional({ setKind, setCount }));
    each.setCount = 0;
  }
  const content = { format: 1, kinds: [...kinds].toSorted() };
  writePrivateFile(file, `${JSON.stringify(content, null, 2)}\n`);
}

function fileOf({ dataDirectory }: Supervised['settings']): string {
  return join(dataDirectory, authorityFileName);
}

function readKinds(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  try {
    return v.parse(description, JSON.parse(readFileSync(file, 'utf8'))).kinds;
  } catch (cause) {
    throw new CannotStart(`${file} is damaged, or of a newer version`, { cause });
  }
}
