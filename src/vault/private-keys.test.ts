import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openEnvelope } from '../dataplane/gateway/enrolled-holder.ts';
import {
  bitString,
  explicit,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  set,
  utf8String,
} from '../lib/der.ts';
import { whole } from '../lib/der-reader.ts';
import { writePem } from '../lib/pem-writer.ts';
import { Secret } from '../lib/secret.ts';
import type { BackingKey, PrivateKeySpec } from '../vault-client/vault.ts';
import { hasOpenssl, OpensslFolder } from '../../test/suites/openssl.ts';
import { claim, context, spki, TestVault } from './test-vault.ts';

const vault = new TestVault();
const { client } = vault;
const key = await vault.backingKey('acm-private-key');
const holder = await vault.holder();
const exportable = { isExportable: true };
const refused = (reason: string) => ({ name: 'VaultRefusal', reason });
const secret = (text: string | Buffer): Secret => new Secret(Uint8Array.from(Buffer.from(text)));
const specs: PrivateKeySpec[] = [
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'EC_prime256v1',
  'EC_secp384r1',
  'EC_secp521r1',
];

async function opened(
  ciphertext: Uint8Array,
  under = context,
  by: BackingKey = key,
): Promise<KeyObject> {
  const { ciphertextForRecipient } = await client.decryptToRecipient(
    by,
    ciphertext,
    under,
    holder.document(),
    claim,
  );
  const der = openEnvelope(ciphertextForRecipient, holder.ephemeral.privateKey);
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
}

for (const spec of specs) {
  test(`makes ${spec} key pairs, of which only the holder sees the private half`, async () => {
    const made = await client.generatePrivateKey(key, spec, context, exportable, claim);
    assert.deepEqual(spki(await opened(made.ciphertext)), Buffer.from(made.publicKey));
  });

  test(`signs a CSR with ${spec} that openssl accepts`, { skip: !hasOpenssl }, async () => {
    const { ciphertext, publicKey } = await client.generatePrivateKey(
      key,
      spec,
      context,
      exportable,
      claim,
    );
    const { csr } = await client.signCsr(key, ciphertext, context, requestInfo(publicKey), claim);
    using folder = new OpensslFolder();
    folder.run('req', '-verify', '-noout', '-inform', 'DER', '-in', folder.write('csr', csr));
  });

  test(
    `exports ${spec} so that openssl opens it with the passphrase alone`,
    { skip: !hasOpenssl },
    async () => {
      const { ciphertext, publicKey } = await client.generatePrivateKey(
        key,
        spec,
        context,
        exportable,
        claim,
      );
      const { pem } = await client.exportPrivateKey(
        key,
        ciphertext,
        context,
        secret('correct horse'),
        claim,
      );
      using folder = new OpensslFolder();
      folder.write('pem', pem);
      const open = (passphrase: string): string =>
        folder.run('pkcs8', '-in', 'pem', '-passin', `pass:${passphrase}`);
      assert.deepEqual(spki(createPrivateKey(open('correct horse'))), Buffer.from(publicKey));
      assert.throws(() => open('wrong horse'));
    },
  );
}

test('never gives the plaintext of a private key, nor takes one as plaintext', async () => {
  const { ciphertext } = await client.generatePrivateKey(
    key,
    'EC_prime256v1',
    context,
    exportable,
    claim,
  );
  await assert.rejects(client.decrypt(key, ciphertext, context, claim), refused('not-allowed'));
  await assert.rejects(
    client.encrypt(key, new Uint8Array(8), context, claim),
    refused('not-allowed'),
  );
  await assert.rejects(client.generateDataKey(key, 32, context, claim), refused('not-allowed'));
  const asOrdinary = { ...key, usage: 'encrypt-decrypt' } as const;
  await assert.rejects(
    client.decrypt(asOrdinary, ciphertext, context, claim),
    refused('invalid-ciphertext'),
  );
});

test('re-encrypts a private key under the same KMS key only, its older material included', async () => {
  const { ciphertext, publicKey } = await client.generatePrivateKey(
    key,
    'EC_prime256v1',
    context,
    exportable,
    claim,
  );
  const from = { key, ciphertext, context };
  const forBalancer = {
    ...context,
    'aws:elasticloadbalancing:arn': 'arn:aws:elasticloadbalancing:x',
  };
  const rotated = await vault.backingKey('acm-private-key', { keyId: key.keyId });
  for (const to of [key, rotated]) {
    const again = await client.reEncrypt(from, { key: to, context: forBalancer }, claim);
    assert.deepEqual(spki(await opened(again.ciphertext, forBalancer, to)), Buffer.from(publicKey));
  }
  const others = [
    await vault.backingKey('acm-private-key'),
    await vault.backingKey('encrypt-decrypt', { keyId: key.keyId }),
    await vault.backingKey('acm-private-key', { keyId: key.keyId, region: 'eu-west-2' }),
  ];
  for (const other of others) {
    await assert.rejects(
      client.reEncrypt(from, { key: other, context }, claim),
      refused('not-allowed'),
    );
  }
  const ordinary = await vault.backingKey('encrypt-decrypt');
  const plain = await client.encrypt(ordinary, new Uint8Array(8), {}, claim);
  const upward = client.reEncrypt(
    { key: ordinary, ciphertext: plain.ciphertext, context: {} },
    { key, context },
    claim,
  );
  await assert.rejects(upward, refused('not-allowed'));
});

test('exports only what was made exportable', async () => {
  const made = await client.generatePrivateKey(
    key,
    'EC_prime256v1',
    context,
    { isExportable: false },
    claim,
  );
  await assert.rejects(
    client.exportPrivateKey(key, made.ciphertext, context, secret('pass'), claim),
    refused('not-allowed'),
  );
});

test('signs no CSR for another public key, and nothing that is not one', async () => {
  const { ciphertext, publicKey } = await client.generatePrivateKey(
    key,
    'EC_prime256v1',
    context,
    exportable,
    claim,
  );
  const other = spki(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey);
  const bad = [
    requestInfo(other),
    requestInfo(publicKey).subarray(1),
    sequence(integer(1)),
    new Uint8Array(0),
  ];
  for (const info of bad) {
    await assert.rejects(
      client.signCsr(key, ciphertext, context, info, claim),
      refused('unsignable'),
    );
  }
});

const rsa = (modulusLength: number): KeyObject =>
  generateKeyPairSync('rsa', { modulusLength }).privateKey;
const ec = (namedCurve: string): KeyObject => generateKeyPairSync('ec', { namedCurve }).privateKey;
const pemOf = (imported: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1'): string =>
  imported.export({ type, format: 'pem' }).toString();

function take(pem: string | Buffer, publicKey: Uint8Array) {
  return client.importPrivateKey(key, secret(pem), publicKey, context, claim);
}

test('takes in keys of every form and kind that ACM takes, and keeps them as PKCS#8', async () => {
  const keys = [
    ['RSA_1024', rsa(1024), ['pkcs1', 'pkcs8']],
    ['RSA_2048', rsa(2048), ['pkcs1', 'pkcs8']],
    ['RSA_3072', rsa(3072), ['pkcs1', 'pkcs8']],
    ['RSA_4096', rsa(4096), ['pkcs1', 'pkcs8']],
    ['EC_prime256v1', ec('prime256v1'), ['sec1', 'pkcs8']],
    ['EC_secp384r1', ec('secp384r1'), ['sec1', 'pkcs8']],
    ['EC_secp521r1', ec('secp521r1'), ['sec1', 'pkcs8']],
  ] as const;
  for (const [spec, imported, forms] of keys) {
    for (const form of forms) {
      const pem = pemOf(imported, form);
      for (const text of [
        pem,
        pem.replaceAll('\n', '\r\n'),
        `Bag Attributes\n${pem}\n\n`,
        pem.trimEnd(),
      ]) {
        const taken = await take(text, spki(imported));
        assert.equal(taken.spec, spec);
        assert.ok((await opened(taken.ciphertext)).equals(imported), `${spec} ${form}`);
      }
    }
  }
});

/** ECPrivateKey (RFC 5915 §3) of P-256. */
function sec1(scalar: Uint8Array, publicHalf?: Uint8Array): Uint8Array {
  return sequence(
    integer(1),
    octetString(scalar),
    explicit(0, objectIdentifier('1.2.840.10045.3.1.7')),
    ...(publicHalf === undefined ? [] : [explicit(1, bitString(publicHalf))]),
  );
}

test('takes in an EC key without its public half, which the certificate has, but none with another one', async () => {
  const [imported, other] = [ec('prime256v1'), ec('prime256v1')];
  const scalar = Buffer.from(imported.export({ format: 'jwk' }).d ?? '', 'base64url');
  const half = (of: KeyObject): Uint8Array => spki(of).subarray(-65);
  for (const der of [sec1(scalar), sec1(scalar, half(imported))]) {
    const taken = await take(writePem('EC PRIVATE KEY', der), spki(imported));
    assert.ok((await opened(taken.ciphertext)).equals(imported));
  }
  for (const [der, publicKey] of [
    [sec1(scalar), spki(other)],
    [sec1(scalar), spki(ec('secp384r1'))],
    [sec1(scalar, half(other)), spki(other)],
  ] as const)
    await assert.rejects(
      take(writePem('EC PRIVATE KEY', der), publicKey),
      refused('private-key-mismatch'),
    );
});

test('takes in PKCS#8 with attributes, and none with anything else, or whose algorithm is not that of the key', async () => {
  const imported = rsa(2048);
  const pkcs1 = imported.export({ type: 'pkcs1', format: 'der' });
  const attribute = sequence(objectIdentifier('2.5.29.15'), set(bitString(Uint8Array.of(0x10))));
  const pkcs8 = (algorithm: string, ...rest: Uint8Array[]): string =>
    writePem(
      'PRIVATE KEY',
      sequence(
        integer(0),
        sequence(objectIdentifier(algorithm), nullValue()),
        octetString(pkcs1),
        ...rest,
      ),
    );
  const rsaEncryption = '1.2.840.113549.1.1.1';
  const taken = await take(pkcs8(rsaEncryption, explicit(0, attribute)), spki(imported));
  assert.ok((await opened(taken.ciphertext)).equals(imported));
  for (const wrong of [
    pkcs8('1.2.840.10045.2.1'),
    pkcs8(rsaEncryption, nullValue()),
    pkcs8(rsaEncryption, octetString(pkcs1)),
    pkcs8(rsaEncryption, explicit(0, nullValue())),
  ])
    await assert.rejects(take(wrong, spki(imported)), refused('private-key-malformed'));
});

test('an imported key is never exported', async () => {
  const imported = ec('prime256v1');
  const { ciphertext } = await take(pemOf(imported, 'pkcs8'), spki(imported));
  await assert.rejects(
    client.exportPrivateKey(key, ciphertext, context, secret('pass'), claim),
    refused('not-allowed'),
  );
});

test('disposes what it was handed', async () => {
  const imported = ec('prime256v1');
  const bytes = Uint8Array.from(Buffer.from(pemOf(imported, 'pkcs8')));
  const pem = new Secret(bytes);
  await client.importPrivateKey(key, pem, spki(imported), context, claim);
  assert.ok(bytes.every((byte) => byte === 0));
  assert.equal(pem.byteLength, 0);
});

test('says why it does not take a private key', async () => {
  const good = ec('prime256v1');
  const pem = pemOf(good, 'pkcs8');
  const parameters =
    '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
  const encrypted = good
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString();
  const legacy = rsa(1024)
    .export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString();
  const cases: [string, string | Buffer, string, KeyObject?][] = [
    ['nothing', '', 'private-key-malformed'],
    ['no PEM', 'hello', 'private-key-malformed'],
    ['DER', good.export({ type: 'pkcs8', format: 'der' }), 'private-key-malformed'],
    ['parameters', parameters, 'private-key-malformed'],
    ['parameters before the key', parameters + pemOf(good, 'sec1'), 'private-key-malformed'],
    ['two keys', pem + pem, 'private-key-malformed'],
    [
      'a public key',
      '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n',
      'private-key-malformed',
    ],
    [
      'a key under the label of another form',
      pem.replaceAll('PRIVATE', 'EC PRIVATE'),
      'private-key-malformed',
    ],
    ['a blank line in it', pem.replace('-----\n', '-----\n \r\n'), 'private-key-malformed'],
    ['all on one line', pem.replaceAll('\n', ''), 'private-key-malformed'],
    ['something before its first line', `x${pem}`, 'private-key-malformed'],
    ['something after its last line', `${pem.trimEnd()}x`, 'private-key-malformed'],
    [
      'a label of Object.prototype',
      pem.replaceAll('PRIVATE KEY', 'toString'),
      'private-key-malformed',
    ],
    ['cut off', pem.slice(0, 120), 'private-key-malformed'],
    ['characters that are not base64', pem.replace(/[a-z]/, '*'), 'private-key-malformed'],
    ['padding amidst', pem.replace(/\n(.)/, '\n=$1'), 'private-key-malformed'],
    [
      'an empty body',
      '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n',
      'private-key-malformed',
    ],
    ['encrypted', encrypted, 'private-key-encrypted'],
    ['encrypted as of old', legacy, 'private-key-encrypted'],
    ['another size', pemOf(rsa(2056), 'pkcs8'), 'private-key-unsupported'],
    ['another curve', pemOf(ec('secp256k1'), 'pkcs8'), 'private-key-unsupported'],
    [
      'Ed25519',
      pemOf(generateKeyPairSync('ed25519').privateKey, 'pkcs8'),
      'private-key-unsupported',
    ],
    [
      'RSASSA-PSS',
      pemOf(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey, 'pkcs8'),
      'private-key-unsupported',
    ],
    ['another key of the same kind', pem, 'private-key-mismatch', ec('prime256v1')],
    ['another kind', pem, 'private-key-mismatch', rsa(1024)],
  ];
  for (const [name, text, reason, other = good] of cases) {
    await assert.rejects(take(text, spki(other)), refused(reason), name);
    // A refusal leaves nothing behind that the next request would suffer from.
    await take(pem, spki(good));
  }
  await assert.rejects(take(pem, new Uint8Array(3)), refused('private-key-mismatch'));
});

test('takes no RSA key of which any number is wrong', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const right = privateKey.export({ format: 'der', type: 'pkcs1' });
  const numbers = numbersOf(right);
  for (const name of ['p', 'q', 'd', 'dP', 'dQ', 'qInv']) {
    for (const type of ['pkcs1', 'pkcs8'] as const) {
      const wrong = Buffer.from(right);
      const last = numbers[name]!.at(-1)!;
      numbersOf(wrong)[name]![numbers[name]!.length - 1] = last ^ 2;
      const pem = rsaPemOf(wrong, type);
      await assert.rejects(take(pem, spki(privateKey)), refused('private-key-mismatch'), name);
    }
  }
  await take(rsaPemOf(right, 'pkcs1'), spki(privateKey));
});

/** Views of what an RSAPrivateKey consists of. @see RFC 8017 §A.1.2 */
function numbersOf(pkcs1: Uint8Array): Record<string, Uint8Array> {
  const fields = whole(pkcs1);
  const names = ['version', 'n', 'e', 'd', 'p', 'q', 'dP', 'dQ', 'qInv'];
  return Object.fromEntries(names.map((name) => [name, fields.readInteger()]));
}

function rsaPemOf(pkcs1: Uint8Array, type: 'pkcs1' | 'pkcs8'): string {
  if (type === 'pkcs1') return writePem('RSA PRIVATE KEY', pkcs1);
  const algorithm = sequence(objectIdentifier('1.2.840.113549.1.1.1'), nullValue());
  return writePem('PRIVATE KEY', sequence(integer(0), algorithm, octetString(pkcs1)));
}

test('envelopes a private key so that openssl opens it', { skip: !hasOpenssl }, async () => {
  const { ciphertext, publicKey } = await client.generatePrivateKey(
    key,
    'RSA_2048',
    context,
    exportable,
    claim,
  );
  const answer = await client.decryptToRecipient(
    key,
    ciphertext,
    context,
    holder.document(),
    claim,
  );
  using folder = new OpensslFolder();
  folder.write('cms', answer.ciphertextForRecipient);
  folder.write('key.pem', pemOf(holder.ephemeral.privateKey, 'pkcs8'));
  const input = ['-inform', 'DER', '-in', 'cms'];
  folder.run('cms', '-decrypt', ...input, '-inkey', 'key.pem', '-out', 'key.der');
  const der = readFileSync(folder.file('key.der'));
  assert.deepEqual(
    spki(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })),
    Buffer.from(publicKey),
  );
  const asn1 = folder.run('cms', '-cmsout', '-print', ...input);
  assert.match(asn1, /rsaesOaep/);
  assert.match(asn1, /aes-256-cbc/);
  assert.match(asn1, /subjectKeyIdentifier/);
});

function requestInfo(publicKey: Uint8Array): Uint8Array {
  const commonName = sequence(objectIdentifier('2.5.4.3'), utf8String('example.test'));
  return sequence(integer(0), sequence(set(commonName)), publicKey, explicit(0, new Uint8Array(0)));
}
