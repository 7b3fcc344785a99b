import { createHmac } from 'node:crypto';
import { faultPoint } from '../lib/fault-points.ts';
import {
  joinedFields,
  textField,
  type FieldReader,
  type OperationName,
} from '../lib/vault-protocol.ts';
import { KeyRequest, type VaultCore } from './core.ts';
import { boundedCount, keyOperations, maxRandomBytes } from './key-operations.ts';
import { generatableSpec, generateSpareKey } from './key-specs.ts';
import { Refusal } from './refusal.ts';

/** `control` is the supervisor, which alone says who is a holder, and can do nothing else. */
export type Role = 'control' | 'client';

/** So many fit into a frame, however long their names are. */
const receiptsPerPage = 25;

type Answer = readonly Uint8Array[] | Promise<readonly Uint8Array[]>;
type Operation = (vault: VaultCore, fields: FieldReader) => Answer;

/** What uses no key. */
const otherOperations = {
  hello({ receipts }, fields) {
    fields.end();
    return [new Uint8Array(receipts.epoch)];
  },

  generateRandom({ random }, fields) {
    const count = boundedCount(fields.number(), maxRandomBytes);
    fields.end();
    return [random.bytes(count)];
  },

  verifyHolder({ holders }, fields) {
    const document = fields.bytes();
    fields.end();
    return [textField(holders.check(document).holderId)];
  },

  /** The MAC of a set of rows that confer authority, under what names the set: see docs/formats.md. */
  authenticateRows({ authorityKey }, fields) {
    const set = Array.from({ length: 7 }, () => fields.bytes());
    fields.end();
    return [new Uint8Array(createHmac('sha256', authorityKey).update(joinedFields(set)).digest())];
  },

  /** A key pair for a certificate that is not known yet; its use will have a receipt. */
  async generateReadyKey({ keyring }, fields) {
    const spec = generatableSpec(fields.text());
    fields.end();
    const pair = await generateSpareKey(spec);
    const wrapped = keyring.wrapReadyKey(spec, pair);
    pair.privateKey.fill(0);
    return [wrapped, pair.publicKey];
  },

  /** The epoch, whether their records are durable (1) or will never be (0), then numbers of receipts. */
  confirm({ receipts }, fields) {
    const epoch = fields.bytes();
    const outcome = fields.long() === 1 ? 'confirm' : 'abandon';
    faultPoint('vault.confirmed');
    while (!fields.isAtEnd) receipts[outcome](epoch, fields.long());
    return [];
  },

  /** One page, of those after the n-th: statement and MAC in turns. */
  unconfirmed({ receipts }, fields) {
    const after = fields.long();
    fields.end();
    const page = receipts.abandoned(after, receiptsPerPage);
    return page.flatMap(({ statement, mac }) => [new Uint8Array(statement), new Uint8Array(mac)]);
  },

  enrolHolder({ holders }, fields) {
    const holderId = fields.text();
    const publicKey = fields.bytes();
    fields.end();
    holders.enrol(holderId, publicKey);
    return [];
  },

  removeHolder({ holders }, fields) {
    const holderId = fields.text();
    fields.end();
    holders.remove(holderId);
    return [];
  },
} as const satisfies Partial<Record<OperationName, Operation>>;

const ofControl: readonly OperationName[] = ['enrolHolder', 'removeHolder'];

/**
 * Does what is asked. The fields of the answer are memory of their own, to be overwritten.
 * @param asker stands for the channel that will get the answer
 * @throws Refusal, Busy, or ProtocolError: the channel speaks no protocol of ours
 */
export function operate(
  vault: VaultCore,
  operation: OperationName,
  fields: FieldReader,
  { role, asker }: { role: Role; asker: object },
): Answer {
  const isForControl = ofControl.includes(operation);
  if (operation !== 'hello' && isForControl !== (role === 'control')) {
    throw new Refusal('not-allowed', 'this channel may not ask for that');
  }
  if (isKeyOperation(operation)) {
    const request = new KeyRequest(operation, fields, vault.receipts, asker);
    return keyOperations[operation](vault, request);
  }
  return otherOperations[operation](vault, fields);
}

function isKeyOperation(name: OperationName): name is keyof typeof keyOperations {
  return name in keyOperations;
}
