import assert from 'node:assert/strict';
import {
  argon2Sync,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
} from 'node:crypto';
import { mkdtempDisposableSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { serializeEncryptionContext } from '../lib/encryption-context.ts';
import type { Random } from '../lib/random.ts';
import { signRecipientDocument } from '../lib/recipient-document-signature.ts';
import { isSignedBy, readRecipientDocument } from '../lib/recipient-document.ts';
import { reveal, Secret } from '../lib/secret.ts';
import { readReceipt } from '../lib/vault-receipt.ts';
import { FileSeal } from '../seals/file.ts';
import { PassphraseSeal } from '../seals/passphrase.ts';
import { checkSeal, makeSealCheck } from '../seals/seal-check.ts';
import { decryptUnder, encryptUnder } from './ciphertext.ts';
import { Keyring } from './keyring.ts';
import { privateKeyPlaintext, readPrivateKey } from './private-key.ts';
import { Receipts } from './receipts.ts';
import { TestVault } from './test-vault.ts';

/** The vectors of docs/formats.md. They are never regenerated: what was once written must be readable for ever. */
const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../test/vectors/formats.json'), 'utf8'),
);
const bytes = (hex: string): Uint8Array => Uint8Array.fromHex(hex);
const rootKey = (): Uint8Array => bytes(vectors.rootKey);

/** Gives out the bytes of a vector, in order. */
function fixedRandom(hex: string): Random {
  let rest = bytes(hex);
  return {
    bytes: (count) => {
      const taken = rest.slice(0, count);
      rest = rest.slice(count);
      return taken;
    },
    uuid: () => assert.fail('no id is made'),
  };
}

const keyring = new Keyring(rootKey(), fixedRandom(''));

test('keys are derived from the root key with HKDF-SHA-256', () => {
  for (const { purpose, names, info, key } of vectors.derivedKeys) {
    assert.equal(keyring.derive(purpose, ...names).toHex(), key);
    const again = hkdfSync('sha256', rootKey(), new Uint8Array(0), bytes(info), 32);
    assert.equal(new Uint8Array(again).toHex(), key);
  }
});

test('backing keys are wrapped as written', () => {
  const { name, random, key, wrapped } = vectors.backingKey;
  assert.equal(new Keyring(rootKey(), fixedRandom(random)).createBackingKey(name).toHex(), wrapped);
  assert.equal(keyring.backingKey({ ...name, wrapped: bytes(wrapped) }).toHex(), key);
});

test('encryption contexts are serialized as written', () => {
  for (const { context, serialized } of vectors.encryptionContexts) {
    assert.equal(serializeEncryptionContext(context).toHex(), serialized);
  }
});

test('messages are encrypted as written', () => {
  const { context, random, plaintext, blob } = vectors.ciphertext;
  const key = { ...vectors.backingKey.name, wrapped: bytes(vectors.backingKey.wrapped) };
  const serialized = serializeEncryptionContext(context);
  const vault = { keyring, random: fixedRandom(random) };
  assert.equal(encryptUnder(vault, key, bytes(plaintext), serialized).toHex(), blob);
  assert.deepEqual(
    Buffer.from(decryptUnder(vault, key, bytes(blob), serialized)).toString('hex'),
    plaintext,
  );
});

test('private keys are written with their spec and whether they are exportable', () => {
  const { spec, isExportable, pkcs8, plaintext } = vectors.privateKey;
  assert.equal(privateKeyPlaintext({ spec, isExportable, pkcs8: bytes(pkcs8) }).toHex(), plaintext);
  assert.deepEqual(readPrivateKey(bytes(plaintext)), { spec, isExportable, pkcs8: bytes(pkcs8) });
});

test('private keys of authorities are wrapped as written', () => {
  const { name, random, pkcs8, wrapped } = vectors.caKey;
  const caName = { ...name, publicKey: bytes(name.publicKey) };
  const ring = new Keyring(rootKey(), fixedRandom(random));
  assert.equal(ring.wrapCaKey(caName, bytes(pkcs8)).toHex(), wrapped);
  assert.equal(Buffer.from(ring.unwrapCaKey(caName, bytes(wrapped))).toString('hex'), pkcs8);
});

test('receipts are stated and chained as written', () => {
  const receipts = new Receipts(keyring.derive('receipts'), fixedRandom(vectors.receipts.epoch));
  let before = new Uint8Array(32);
  for (const { use, statement, mac, read } of vectors.receipts.chain) {
    const recipient = use.recipient === undefined ? undefined : bytes(use.recipient);
    const issued = receipts.issue({ ...use, context: bytes(use.context), recipient }, receipts);
    assert.equal(issued.statement.toHex(), statement);
    assert.equal(Buffer.from(issued.mac).toString('hex'), mac);
    const key = keyring.derive('receipts');
    const chained = createHmac('sha256', key).update(before).update(bytes(statement)).digest('hex');
    assert.equal(chained, mac);
    assert.deepEqual(JSON.parse(JSON.stringify(readReceipt(issued.statement, issued.mac))), read);
    before = bytes(mac) as typeof before;
  }
});

test('sets of rows that confer authority are authenticated as written', async () => {
  const { set, digest, mac } = vectors.authorityRows;
  const { client } = new TestVault(new Uint8Array(rootKey()));
  const made = await client.authenticateRows({ ...set, digest: bytes(digest) });
  assert.equal(made.toHex(), mac);
});

test('recipient documents are signed as written', () => {
  const { holderKey, holderId, publicKey, time, nonce, document } = vectors.recipientDocument;
  const key = createPrivateKey({
    key: Buffer.from(holderKey, 'hex'),
    format: 'der',
    type: 'pkcs8',
  });
  const fields = {
    holderId,
    publicKey: bytes(publicKey),
    time: Temporal.Instant.from(time),
    nonce: bytes(nonce),
  };
  assert.equal(Buffer.from(signRecipientDocument(fields, key)).toString('hex'), document);
  assert.ok(isSignedBy(createPublicKey(key), bytes(document)));
  assert.equal(readRecipientDocument(bytes(document))?.holderId, holderId);
});

test('seal files and seal checks are as written', async () => {
  const { installationId, file, check } = vectors.seal;
  using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-seal-'));
  const made = new FileSeal(join(folder.path, 'made'), installationId);
  await made.keep(new Secret(rootKey()));
  assert.equal(readFileSync(made.path).toString('hex'), file);
  const opened = made.reopen();
  assert.equal(Buffer.from(reveal(opened)).toString('hex'), vectors.rootKey);
  assert.equal(makeSealCheck(new Secret(rootKey())).toHex(), check);
  checkSeal(opened, bytes(check));
});

test('seals of a passphrase are as written', async () => {
  const { installationId, passphrase, cost, saltAndIv, file } = vectors.passphraseSeal;
  using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-seal-'));
  const ask = async (): Promise<Secret> => new Secret(new TextEncoder().encode(passphrase));
  const made = new PassphraseSeal(join(folder.path, 'made'), installationId, ask, {
    cost,
    random: fixedRandom(saltAndIv),
  });
  await made.keep(new Secret(rootKey()));
  assert.equal(readFileSync(made.path).toString('hex'), file);
  assert.equal(Buffer.from(reveal(await made.open())).toString('hex'), vectors.rootKey);

  // Read once more, by what docs/formats.md says.
  const whole = bytes(file);
  const view = new DataView(whole.buffer, whole.byteOffset);
  const key = argon2Sync('argon2id', {
    message: passphrase,
    memory: view.getUint32(33),
    passes: view.getUint32(37),
    parallelism: view.getUint32(41),
    nonce: whole.subarray(45, 61),
    tagLength: 32,
  });
  const decipher = createDecipheriv('aes-256-gcm', key, whole.subarray(61, 73));
  decipher.setAAD(whole.subarray(0, 73)).setAuthTag(whole.subarray(105, 121));
  const opened = Buffer.concat([decipher.update(whole.subarray(73, 105)), decipher.final()]);
  assert.equal(opened.toString('hex'), vectors.rootKey);
  const checksum = createHash('sha256').update(whole.subarray(0, 121)).digest('hex');
  assert.equal(checksum, file.slice(242));
});
