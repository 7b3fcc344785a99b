import type { Kysely } from 'kysely';
import { daysToExpiry } from './domain/events.ts';
import type { AcmTables } from './schema.ts';
import type { JobKind } from './store.ts';

const jobKinds: readonly JobKind[] = [
  'validate-domains',
  'issue-certificate',
  'renew-certificate',
  'expire-certificate',
  'announce-expiry',
];
const withinDays = [1, 3, 7, 15, 30, 45, 90] as const;
const mostEndings = 1_000;
/** Nothing is counted further than that. */
const mostCounted = 10_000;

/** How certificates and their jobs are, at a time. */
export interface Measured {
  /** Of the 1,000 that end first. */
  readonly endings: readonly { readonly arn: string; readonly days: number }[];
  /** How many end within so many days; 10,000 means that many or more. */
  readonly expiring: readonly { readonly days: number; readonly count: number }[];
  readonly jobs: readonly {
    readonly kind: JobKind;
    /** 10,000 means that many or more. */
    readonly due: number;
    /** 0 when none is due. */
    readonly oldestSeconds: number;
  }[];
}

/** Reads ranges of one index only, and bounded parts of them: what it costs depends on no number of certificates. */
export async function measure(db: Kysely<AcmTables>, now: Temporal.Instant): Promise<Measured> {
  const ofKind = (kind: JobKind) => db.selectFrom('acm_job').where('kind', '=', kind);
  const countUntil = async (kind: JobKind, until: Temporal.Instant): Promise<number> => {
    const found = ofKind(kind)
      .select('due_at')
      .where('due_at', '<=', until.epochMilliseconds)
      .limit(mostCounted)
      .as('found');
    const { n } = await db
      .selectFrom(found)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    return Number(n);
  };
  const endings = await ofKind('expire-certificate')
    .select(['certificate_arn', 'due_at'])
    .orderBy('due_at')
    .limit(mostEndings)
    .execute();
  return {
    endings: endings.map(({ certificate_arn: arn, due_at }) => ({
      arn,
      days: daysToExpiry(Temporal.Instant.fromEpochMilliseconds(Number(due_at)), now),
    })),
    expiring: await Promise.all(
      withinDays.map(async (days) => {
        const count = await countUntil('expire-certificate', now.add({ hours: days * 24 }));
        return { days, count };
      }),
    ),
    jobs: await Promise.all(
      jobKinds.map(async (kind) => {
        const first = await ofKind(kind)
          .select('due_at')
          .orderBy('due_at')
          .limit(1)
          .executeTakeFirst();
        const late = now.epochMilliseconds - Number(first?.due_at ?? now.epochMilliseconds);
        return { kind, due: await countUntil(kind, now), oldestSeconds: Math.max(0, late) / 1_000 };
      }),
    ),
  };
}
