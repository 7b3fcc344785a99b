import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import fc from 'fast-check';
import type { Log } from '../../../src/lib/log.ts';
import { silentLog } from '../../../src/lib/log.ts';
import {
  encodeFrame,
  FrameReader,
  operationNames,
  textField,
} from '../../../src/lib/vault-protocol.ts';
import { serializeEncryptionContext } from '../../../src/lib/encryption-context.ts';
import { readReceipt } from '../../../src/lib/vault-receipt.ts';
import { serveChannel } from '../../../src/vault/server.ts';
import { acmKeyName, TestVault } from '../../../src/vault/test-vault.ts';
import { must, type Subject, type Target } from '../target.ts';
import { anyBytes } from './bytes.ts';
import { knownKeys } from './known-keys.ts';

const vault = new TestVault();
const acmKey = await vault.backingKey('acm-private-key', acmKeyName);
const plainKey = await vault.backingKey('encrypt-decrypt');
const context = serializeEncryptionContext({ a: 'b' });

/** Fields of the real requests, in and out of their order. */
const keyFields = [acmKey, plainKey].map(
  ({ account, region, keyId, backingKeyId, spec, usage, wrapped }) => [
    ...[account, region, keyId, backingKeyId, spec, usage].map(textField),
    wrapped,
  ],
);
const field = fc.oneof(
  fc.constantFrom(context, textField('EC_prime256v1'), textField('RSA_1024'), textField('root')),
  fc.constantFrom(
    ...knownKeys
      .slice(0, 2)
      .flatMap(({ key, spki }) => [
        textField(String(key.export({ type: 'pkcs8', format: 'pem' }))),
        spki,
      ]),
  ),
  fc.constantFrom(
    new Uint8Array(0),
    new Uint8Array(4),
    new Uint8Array(8),
    Uint8Array.of(0, 0, 0, 1),
  ),
  fc.uint8Array({ maxLength: 100 }),
);
/** All but those that make RSA keys, which take longer than any bound by their nature. */
const operation = fc.nat({ max: operationNames.length + 1 });
const request = fc
  .tuple(operation, fc.constantFrom([], ...keyFields), fc.array(field, { maxLength: 6 }))
  .map(([code, key, fields]) => {
    const name = key.length === 0 ? [] : [textField('arn:aws:iam::111122223333:user/alice')];
    return encodeFrame({ generation: 1, request: 7, code }, [...name, ...key, ...fields]);
  });

export const vaultFramesTarget: Target = {
  about: 'frames to the vault, over a pipe in this process',
  inputs: fc.oneof(
    request,
    fc.array(request, { maxLength: 4 }).map((frames) => Uint8Array.from(Buffer.concat(frames))),
    anyBytes,
  ),
  maxBytes: 70 * 1024,
  words: [
    '\0\0\0\x09',
    '\0\0\0\x04',
    '\xff\xff\xff\xff',
    '\0\0\0\0',
    'acm-private-key',
    'encrypt-decrypt',
  ],
  start,
};

async function start(): Promise<Subject> {
  const failures: string[] = [];
  const log: Log = {
    ...silentLog,
    error: (message, fields) => void failures.push(`${message} ${JSON.stringify(fields)}`),
  };
  return {
    async take(bytes) {
      const [near, far] = duplexPair();
      serveChannel(far, 'client', vault.core, log);
      const reader = new FrameReader(({ fields }) => fields.wipe());
      near.on('data', (chunk: Buffer) => reader.push(chunk));
      near.end(bytes);
      if (!far.destroyed) await once(far, 'close');
      const failure = failures.pop();
      failures.length = 0;
      must(failure === undefined, `the vault foresees every request: ${failure ?? ''}`);
      // As the next API process does, so that there is room for more.
      for (const { statement, mac } of vault.core.receipts.abandoned(0, 1_000))
        vault.core.receipts.confirm(vault.core.receipts.epoch, readReceipt(statement, mac).n);
    },
    async [Symbol.asyncDispose]() {},
  };
}
