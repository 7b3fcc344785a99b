/** The vault's word that it used a key. Binary members are lower-case hex, see docs/formats.md. */
export interface VaultReceipt {
  /** Names one life of the vault. */
  readonly epoch: string;
  /** Counts from 1 in each epoch, without gaps. */
  readonly n: number;
  readonly operation: string;
  readonly keyId: string;
  readonly contextHash: string;
  readonly recipientHash: string | undefined;
  /** As the asking process claimed. */
  readonly principal: string;
  /** Chained to the receipt before. */
  readonly mac: string;
}
