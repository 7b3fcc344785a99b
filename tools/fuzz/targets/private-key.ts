import { createPrivateKey, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { writePem } from '../../../src/lib/pem-writer.ts';
import { importPrivateKey } from '../../../src/vault/private-key-import.ts';
import { Refusal } from '../../../src/vault/refusal.ts';
import type { Chance } from '../chance.ts';
import { mutated } from '../mutate.ts';
import { mutatedDer } from '../mutate-der.ts';
import { must, subject, type Target } from '../target.ts';
import { anyBytes, bytesOf } from './bytes.ts';
import { knownKeys } from './known-keys.ts';

/** In every form that is taken, and in some that are not. */
const pems = knownKeys.flatMap(({ key }) => [
  key.export({ type: 'pkcs8', format: 'pem' }),
  ...(key.asymmetricKeyType === 'rsa' ? [key.export({ type: 'pkcs1', format: 'pem' })] : []),
  ...(key.asymmetricKeyType === 'ec' ? [key.export({ type: 'sec1', format: 'pem' })] : []),
  key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }),
]);
const labels = [
  'PRIVATE KEY',
  'RSA PRIVATE KEY',
  'EC PRIVATE KEY',
  'ENCRYPTED PRIVATE KEY',
  'toString',
];

export const privateKeyTarget: Target = {
  about: 'private keys at import, in the vault: nothing that OpenSSL refuses is taken',
  inputs: fc.oneof(
    { weight: 4, arbitrary: bytesOf(fc.constantFrom(...pems.map(String))) },
    {
      weight: 1,
      arbitrary: bytesOf(
        fc
          .tuple(fc.constantFrom(...labels), fc.uint8Array())
          .map(([label, bytes]) => writePem(label, bytes)),
      ),
    },
    { weight: 1, arbitrary: anyBytes },
  ),
  maxBytes: 8 * 1024,
  words: [
    '-----BEGIN ',
    '-----END ',
    '-----',
    '\n',
    '\r\n',
    '=',
    '==',
    ' ',
    '\t',
    'Proc-Type: 4,ENCRYPTED\n',
    ...labels,
    '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n',
  ],
  mutate: mutatedPem,
  async start() {
    return subject(async (pem) => {
      const digits = Buffer.from(pem).toString('latin1').split('\n').at(1) ?? '';
      for (const { spki, key } of knownKeys) {
        const taken = await importPrivateKey(Uint8Array.from(pem), spki).catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
          const isTold = digits.length >= 24 && error.message.includes(digits);
          must(!isTold, 'no message has the key in it');
        });
        if (taken === undefined) continue;
        const again = createPrivateKey({
          key: Buffer.from(taken.pkcs8),
          format: 'der',
          type: 'pkcs8',
        });
        must(again.equals(key), 'what is kept is the key that was given');
        must(readsAsPem(pem, spki), 'OpenSSL takes the key');
      }
    });
  },
};

function readsAsPem(pem: Uint8Array, spki: Uint8Array): boolean {
  try {
    const key = createPublicKey(createPrivateKey(Buffer.from(pem)));
    return key.export({ type: 'spki', format: 'der' }).equals(spki);
  } catch {
    return false;
  }
}

function mutatedPem(input: Uint8Array, chance: Chance): Uint8Array {
  const [, label, body] =
    /-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\s]+)-----END/.exec(
      Buffer.from(input).toString('latin1'),
    ) ?? [];
  if (label === undefined || body === undefined)
    return mutated(input, { others: [], words: [], maxBytes: 8 * 1024 }, chance);
  const der = mutatedDer(Buffer.from(body, 'base64'), chance);
  return Buffer.from(writePem(chance.oneIn(8) ? chance.pick(labels) : label, der));
}
