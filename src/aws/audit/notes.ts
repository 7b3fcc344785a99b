import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import type { AuditNotes } from '../call.ts';

type Members = Readonly<Record<string, unknown>>;

/** What an operation says of itself, until its record is written. */
export class CollectedNotes implements AuditNotes {
  readonly resources: { type: string; arn: string; account?: string }[] = [];
  readonly receipts: VaultReceipt[] = [];
  /** Undefined: the input, or the output, as it is. */
  parameters: Members | null | undefined;
  elements: Members | null | undefined;
  extra: Members = {};

  resource(resource: { type: string; arn: string; account?: string }): void {
    this.resources.push(resource);
  }

  requestParameters(value: Members | null): void {
    this.parameters = value;
  }

  responseElements(value: Members | null): void {
    this.elements = value;
  }

  additional(data: Members): void {
    this.extra = { ...this.extra, ...data };
  }

  receipt(receipt: VaultReceipt): void {
    this.receipts.push(receipt);
  }
}
