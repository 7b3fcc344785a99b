import type { AuditRecord } from '../../src/aws/audit/trail.ts';
import { receiptsOf } from '../../src/aws/audit/record.ts';
import type { VaultReceipt } from '../../src/lib/vault-receipt.ts';
import type { Database } from './database.ts';

/** A row may become visible after a later one of another process. */
const overlapMicroseconds = 60_000_000;

/** All records of an installation, as they stand in its database. */
export class Trail {
  readonly records = new Map<string, AuditRecord>();
  /** By vault epoch and number: the records that hold the receipt. */
  readonly receipts = new Map<string, Map<number, Recorded>>();
  #last = 0;

  /** Reads what came since. */
  read(database: Database): void {
    const rows = database.rows<{ sequence: number; record: string }>(
      'SELECT sequence, record FROM cloudtrail_event WHERE sequence >= ?',
      this.#last - overlapMicroseconds,
    );
    for (const { sequence, record } of rows) {
      this.#last = Math.max(this.#last, sequence);
      this.#add(JSON.parse(record) as AuditRecord);
    }
  }

  /** The numbers below the highest one of the epoch that are in no record. */
  gapsOf(epoch: string): number[] {
    const numbers = this.receipts.get(epoch) ?? new Map<number, Recorded>();
    const last = Math.max(0, ...numbers.keys());
    return Array.from({ length: last }, (_, at) => at + 1).filter((n) => !numbers.has(n));
  }

  /** What the records say of the end of an epoch, the last word last. */
  endsOf(epoch: string): Readonly<Record<string, unknown>>[] {
    return [...this.records.values()]
      .filter(({ eventName }) => eventName === 'EndVaultEpoch')
      .map(({ additionalEventData }) => additionalEventData ?? {})
      .filter(({ vaultEpoch }) => vaultEpoch === epoch);
  }

  #add(record: AuditRecord): void {
    if (this.records.has(record.eventID)) return;
    this.records.set(record.eventID, record);
    for (const receipt of receiptsOf(record)) {
      const numbers = this.receipts.get(receipt.epoch) ?? new Map<number, Recorded>();
      this.receipts.set(receipt.epoch, numbers);
      const recorded = numbers.get(receipt.n) ?? { receipt, in: [] };
      recorded.in.push(record);
      numbers.set(receipt.n, recorded);
    }
  }
}

/** A receipt, and the records that hold it. */
export interface Recorded {
  readonly receipt: VaultReceipt;
  /** One, unless something is wrong. */
  readonly in: AuditRecord[];
}
