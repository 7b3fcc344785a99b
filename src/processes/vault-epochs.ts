import { sql, type Kysely } from 'kysely';
import type { AccountId, Region } from '../aws/arn.ts';
import { receiptsOf } from '../aws/audit/record.ts';
import type { AuditTrail } from '../aws/audit/trail.ts';
import type { Call } from '../aws/call.ts';
import type { Pipeline } from '../aws/pipeline.ts';
import { faultPoint } from '../lib/fault-points.ts';
import type { VaultReceipt } from '../lib/vault-receipt.ts';
import { Change } from '../store/change.ts';
import { repeatedStatement } from '../store/repeated-query.ts';
import { GuardFailed, type Migrations } from '../store/store.ts';

/** How far the audit records go in a life of the vault. */
interface VaultEpochTable {
  /** Hex, as receipts name it. */
  epoch: string;
  /** All receipts up to this number are in a record. */
  recorded_through: number;
  /** How many receipts were on record when the record of its end was written; null while there is none. */
  closed_count: number | null;
}

/** A receipt that is in a record, although one before it is not yet: see `recorded_through`. */
interface VaultReceiptTable {
  epoch: string;
  n: number;
}

export interface VaultEpochTables {
  vault_epoch: VaultEpochTable;
  vault_receipt: VaultReceiptTable;
}

export const vaultEpochMigrations: Migrations = {
  'vault-epoch-0001': {
    async up(db) {
      await db.schema
        .createTable('vault_epoch')
        .addColumn('epoch', 'text', (c) => c.primaryKey())
        .addColumn('last_recorded', 'bigint', (c) => c.notNull())
        .execute();
    },
  },
  'vault-epoch-0002': {
    async up(db) {
      await db.schema
        .alterTable('vault_epoch')
        .renameColumn('last_recorded', 'recorded_through')
        .execute();
      await db.schema.alterTable('vault_epoch').addColumn('closed_count', 'bigint').execute();
      await db.schema
        .createTable('vault_receipt')
        .addColumn('epoch', 'text', (c) => c.notNull())
        .addColumn('n', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('vault_receipt_pk', ['epoch', 'n'])
        .execute();
    },
  },
};

interface Place {
  readonly account: AccountId;
  readonly region: Region;
}

type RunJob = Pick<Pipeline, 'runJob'>;

/** Of those whose line is drawn: more, and all calls would wait for it, as nobody else can commit meanwhile. */
const receiptsPerCommit = 500;

interface Committing {
  readonly commit: (change: Change) => Promise<void>;
}

/** How much of a life of the vault is on record. */
interface Page {
  readonly epoch: string;
  readonly recordedThrough: number;
  /** Those on record beyond the first gap, ascending. */
  readonly later: readonly number[];
  readonly closedCount: number | undefined;
}

/**
 * The book of the vault's lives: which receipts are on record. Each is in one record, and in no other. What a vault did
 * just before it was killed nobody may know: for each life that ended a record says how far the others go, and which
 * receipts are missing.
 */
export class VaultEpochs {
  readonly #db: Kysely<VaultEpochTables>;
  readonly #noted;

  constructor(db: Kysely<VaultEpochTables>) {
    this.#db = db;
    this.#noted = repeatedStatement(
      ({ epoch, n }: { readonly epoch: string; readonly n: number }) =>
        db
          .insertInto('vault_receipt')
          .columns(['epoch', 'n'])
          .expression(
            db
              .selectNoFrom([sql<string>`${epoch}`.as('epoch'), sql<number>`${n}`.as('n')])
              .where((eb) =>
                eb.not(
                  eb.exists(
                    eb
                      .selectFrom('vault_epoch')
                      .select('epoch')
                      .where('epoch', '=', epoch)
                      .where('recorded_through', '>=', n),
                  ),
                ),
              ),
          ),
    );
  }

  /** A trail whose records are only kept if their receipts are in no other record. */
  noting(trail: AuditTrail): AuditTrail {
    return {
      write: (change, records, at) => {
        trail.write(change, records, at);
        for (const { epoch, n } of records.flatMap(receiptsOf))
          change.write(this.#noted({ epoch, n }), { rows: 1 });
      },
    };
  }

  /** Those of the receipts, of one epoch, that are in no record. */
  async unrecorded(receipts: readonly VaultReceipt[]): Promise<VaultReceipt[]> {
    const [first] = receipts;
    if (first === undefined) return [];
    const through = (await this.#row(first.epoch))?.recorded_through ?? 0;
    const rows = await this.#db
      .selectFrom('vault_receipt')
      .select('n')
      .where('epoch', '=', first.epoch)
      .where(
        'n',
        'in',
        receipts.map(({ n }) => n),
      )
      .execute();
    const recorded = new Set(rows.map(({ n }) => Number(n)));
    return receipts.filter(({ n }) => n > Number(through) && !recorded.has(n));
  }

  /** Begins the page of a life, unless it is begun: what is used before nobody would miss. */
  async begin(epoch: string, { runJob }: RunJob, place: Place): Promise<void> {
    const job = { name: 'begin-vault-epoch', service: 'vault.holdfast.internal', ...place };
    await runJob(job, async ({ change }) => this.#begin(epoch, change));
  }

  /** Begins the page of the present life, and closes those of earlier ones: one record each, whichever process is first. */
  async turnTo(present: string, host: RunJob, place: Place): Promise<void> {
    await this.begin(present, host, place);
    await this.#closeOpen(present, host, place);
  }

  /**
   * Draws a line below what is recorded without a gap. Where a record came still later than the end of its life, the
   * page is closed once more. For one process, every now and then.
   */
  async sumUp(present: string, host: RunJob & Committing, place: Place): Promise<void> {
    for (let epoch = await this.#epochAfter(''); epoch !== undefined;) {
      if ((await this.#row(epoch)) === undefined) {
        // Whoever was to begin its page has ended before.
        const change = new Change();
        this.#begin(epoch, change);
        await host.commit(change);
      }
      await this.#drawLine(epoch, host);
      if (epoch !== present) await this.#close(epoch, host, place);
      epoch = await this.#epochAfter(epoch);
    }
    // Who ended with a vault may have begun its page after the next one was turned to.
    await this.#closeOpen(present, host, place);
  }

  /** Lives of the vault of which receipts are in no record, at most `limit`. What is below the line has no gap. */
  async missing(limit: number): Promise<readonly string[]> {
    const epochs: string[] = [];
    let epoch = await this.#epochAfter('');
    for (; epoch !== undefined && epochs.length < limit; epoch = await this.#epochAfter(epoch)) {
      const page = await this.#page(epoch);
      // Of one that lives records are still on their way.
      if (page?.closedCount !== undefined && gaps(page.recordedThrough, page.later).length > 0)
        epochs.push(epoch);
    }
    return epochs;
  }

  async #closeOpen(present: string, host: RunJob, place: Place): Promise<void> {
    const open = await this.#db
      .selectFrom('vault_epoch')
      .select('epoch')
      .where('epoch', '!=', present)
      .where('closed_count', 'is', null)
      .execute();
    for (const { epoch } of open) await this.#close(epoch, host, place);
  }

  #begin(epoch: string, change: Change): void {
    change.write(
      this.#db
        .insertInto('vault_epoch')
        .values({ epoch, recorded_through: 0, closed_count: null })
        .onConflict((conflict) => conflict.column('epoch').doNothing()),
    );
  }

  /** Of those with receipts beyond the line. */
  async #epochAfter(epoch: string): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('vault_receipt')
      .select('epoch')
      .where('epoch', '>', epoch)
      .orderBy('epoch')
      .limit(1)
      .executeTakeFirst();
    return row?.epoch;
  }

  async #drawLine(epoch: string, { commit }: Committing): Promise<void> {
    const page = await this.#page(epoch);
    if (page === undefined) return;
    const line = page.later.findLast((n, at) => n === page.recordedThrough + at + 1);
    if (line === undefined) return;
    try {
      for (let from = page.recordedThrough; from < line; from += receiptsPerCommit)
        await commit(this.#moved(epoch, from, Math.min(line, from + receiptsPerCommit)));
    } catch (error) {
      // Somebody else drew it.
      if (!(error instanceof GuardFailed)) throw error;
    }
  }

  #moved(epoch: string, from: number, line: number): Change {
    const change = new Change();
    change.write(
      this.#db
        .updateTable('vault_epoch')
        .set({ recorded_through: line })
        .where('epoch', '=', epoch)
        .where('recorded_through', '=', from),
      { rows: 1 },
    );
    change.write(
      this.#db.deleteFrom('vault_receipt').where('epoch', '=', epoch).where('n', '<=', line),
    );
    return change;
  }

  async #close(epoch: string, { runJob }: RunJob, place: Place): Promise<void> {
    const job = { name: 'end-vault-epoch', service: 'vault.holdfast.internal', ...place };
    await runJob(job, async ({ change, audit }: Call) => {
      const page = await this.#page(epoch);
      if (page === undefined) return;
      const { recordedThrough, later, closedCount } = page;
      const count = recordedThrough + later.length;
      // Somebody else was faster.
      if (count === closedCount) return;
      faultPoint('epoch.closing');
      change.write(
        this.#db
          .updateTable('vault_epoch')
          .set({ closed_count: count })
          .where('epoch', '=', epoch)
          .where('closed_count', closedCount === undefined ? 'is' : '=', closedCount ?? null),
        { rows: 1 },
      );
      const missing = gaps(recordedThrough, later);
      audit.additional({
        vaultEpoch: epoch,
        lastRecordedReceipt: later.at(-1) ?? recordedThrough,
        ...(missing.length === 0 ? {} : { missingReceipts: missing }),
      });
    });
  }

  async #page(epoch: string): Promise<Page | undefined> {
    const row = await this.#row(epoch);
    if (row === undefined) return undefined;
    const later = await this.#db
      .selectFrom('vault_receipt')
      .select('n')
      .where('epoch', '=', epoch)
      .where('n', '>', row.recorded_through)
      .orderBy('n')
      .execute();
    return {
      epoch,
      recordedThrough: Number(row.recorded_through),
      later: later.map(({ n }) => Number(n)),
      closedCount: row.closed_count === null ? undefined : Number(row.closed_count),
    };
  }

  async #row(epoch: string): Promise<VaultEpochTable | undefined> {
    return this.#db
      .selectFrom('vault_epoch')
      .selectAll()
      .where('epoch', '=', epoch)
      .executeTakeFirst();
  }
}

/** First and last number of each gap between `through` and the last of `later`. */
function gaps(through: number, later: readonly number[]): readonly (readonly [number, number])[] {
  return later.flatMap((n, at) => {
    const before = later[at - 1] ?? through;
    return n === before + 1 ? [] : [[before + 1, n - 1] as const];
  });
}
