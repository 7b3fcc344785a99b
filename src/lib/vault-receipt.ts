import { FieldReader, joinedFields, longField, textField } from './vault-protocol.ts';

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

/** The members of a receipt as bytes, for those who make it. */
export interface ReceiptStatement {
  readonly epoch: Uint8Array;
  readonly n: number;
  readonly operation: string;
  readonly keyId: string;
  readonly contextHash: Uint8Array;
  readonly recipientHash: Uint8Array | undefined;
  readonly principal: string;
}

/** What a receipt's MAC is made over, after the MAC of the receipt before it. */
export function receiptStatement(statement: ReceiptStatement): Uint8Array {
  return joinedFields([
    statement.epoch,
    longField(statement.n),
    textField(statement.operation),
    textField(statement.keyId),
    statement.contextHash,
    statement.recipientHash ?? new Uint8Array(0),
    textField(statement.principal),
  ]);
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
