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

/** What a receipt's MAC is made over, after the MAC of the receipt before it. */
export function receiptStatement(receipt: Omit<VaultReceipt, 'mac'>): Uint8Array {
  return joinedFields([
    hexBytes(receipt.epoch),
    longField(receipt.n),
    textField(receipt.operation),
    textField(receipt.keyId),
    hexBytes(receipt.contextHash),
    hexBytes(receipt.recipientHash ?? ''),
    textField(receipt.principal),
  ]);
}

/** @throws ProtocolError */
export function readReceipt(statement: Uint8Array, mac: Uint8Array): VaultReceipt {
  const fields = new FieldReader(statement);
  const receipt = {
    epoch: hex(fields.bytes()),
    n: fields.long(),
    operation: fields.text(),
    keyId: fields.text(),
    contextHash: hex(fields.bytes()),
    recipientHash: hex(fields.bytes()) || undefined,
    principal: fields.text(),
    mac: hex(mac),
  };
  fields.end();
  return receipt;
}

function hexBytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'hex'));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
