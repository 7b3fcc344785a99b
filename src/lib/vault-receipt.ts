import { FieldReader } from './vault-protocol.ts';

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

/** @throws ProtocolError */
export function readReceipt(statement: Uint8Array, mac: Uint8Array): VaultReceipt {
  const fields = new FieldReader(statement);
  const receipt = {
    epoch: fields.bytes().toHex(),
    n: fields.long(),
    operation: fields.text(),
    keyId: fields.text(),
    contextHash: fields.bytes().toHex(),
    recipientHash: fields.bytes().toHex() || undefined,
    principal: fields.text(),
    mac: mac.toHex(),
  };
  fields.end();
  return receipt;
}
