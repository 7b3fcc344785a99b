import type { Kysely } from 'kysely';
import type { AccountId, Region } from '../aws/arn.ts';
import { receiptsOf } from '../aws/audit/record.ts';
import type { AuditTrail } from '../aws/audit/trail.ts';
import type { Call } from '../aws/call.ts';
import type { Pipeline } from '../aws/pipeline.ts';
import type { Change } from '../store/change.ts';
import { repeatedStatement } from '../store/repeated-query.ts';
import type { Migrations } from '../store/store.ts';
import { faultPoint } from '../lib/fault-points.ts';

/** How far the audit records go in a life of the vault. */
interface VaultEpochTable {
  /** Hex, as receipts name it. */
  epoch: string;
  /** The highest number of a receipt that is in a record. */
  last_recorded: number;
}

export interface VaultEpochTables {
  vault_epoch: VaultEpochTable;
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
};

/**
 * The book of the vault's lives. What a vault did after the last receipt that is on record, before it was killed,
 * nobody knows: for each life that ended a record says how far the others go.
 */
export class VaultEpochs {
  readonly #db: Kysely<VaultEpochTables>;
  readonly #noted;

  constructor(db: Kysely<VaultEpochTables>) {
    this.#db = db;
    this.#noted = repeatedStatement(
      ({ epoch, n }: { readonly epoch: string; readonly n: number }) =>
        db
          .insertInto('vault_epoch')
          .values({ epoch, last_recorded: n })
          .onConflict((conflict) =>
            conflict
              .column('epoch')
              .doUpdateSet({ last_recorded: n })
              .where('vault_epoch.last_recorded', '<', n),
          ),
    );
  }

  /** A trail that notes in the commit of the records themselves which receipts are in them. */
  noting(trail: AuditTrail): AuditTrail {
    return {
      write: (change, records, at) => {
        trail.write(change, records, at);
        const last = new Map<string, number>();
        for (const { epoch, n } of records.flatMap(receiptsOf))
          last.set(epoch, Math.max(n, last.get(epoch) ?? 0));
        for (const [epoch, n] of last) this.#note(change, epoch, n);
      },
    };
  }

  /**
   * Begins the page of the present life, and closes those of earlier ones: one record each, whichever process is
   * first. Where a record comes still later than that, its life is closed once more.
   */
  async turnTo(
    present: string,
    { runJob }: Pick<Pipeline, 'runJob'>,
    trail: { readonly account: AccountId; readonly region: Region },
  ): Promise<void> {
    const service = 'vault.holdfast.internal';
    await runJob({ name: 'begin-vault-epoch', service, ...trail }, async ({ change }) =>
      this.#note(change, present, 0),
    );
    const ended = await this.#db
      .selectFrom('vault_epoch')
      .select('epoch')
      .where('epoch', '!=', present)
      .execute();
    for (const { epoch } of ended)
      await runJob({ name: 'end-vault-epoch', service, ...trail }, (call) =>
        this.#close(epoch, call),
      );
  }

  #note(change: Change, epoch: string, n: number): void {
    change.write(this.#noted({ epoch, n }));
  }

  async #close(epoch: string, { change, audit }: Call): Promise<void> {
    const row = await this.#db
      .selectFrom('vault_epoch')
      .select('last_recorded')
      .where('epoch', '=', epoch)
      .executeTakeFirst();
    // Somebody else was faster.
    if (row === undefined) return;
    faultPoint('epoch.closing');
    change.write(
      this.#db
        .deleteFrom('vault_epoch')
        .where('epoch', '=', epoch)
        .where('last_recorded', '=', row.last_recorded),
      { rows: 1 },
    );
    audit.additional({ vaultEpoch: epoch, lastRecordedReceipt: Number(row.last_recorded) });
  }
}
