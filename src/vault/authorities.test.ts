import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import {
  bitString,
  boolean,
  explicit,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from '../lib/der.ts';
import type { CaKey } from '../vault-client/vault.ts';
import { claim, spki, TestVault } from './test-vault.ts';

const vault = new TestVault();
const { client } = vault;
const spec = 'EC_prime256v1';
const root = await client.generateCaKey({ caId: 'root-1', role: 'root', spec }, claim);
const intermediate = await client.generateCaKey(
  { caId: 'sub-1', role: 'intermediate', spec },
  claim,
);
const leafKey = await client.generateCaKey({ caId: 'leaf', role: 'intermediate', spec }, claim);
const unsignable = { name: 'VaultRefusal', reason: 'unsignable' };

const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
const rsaWithSha256 = sequence(objectIdentifier('1.2.840.113549.1.1.11'), nullValue());
const name = (text: string): Uint8Array =>
  sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String(text))));
const from = Temporal.Instant.from('2026-05-01T00:00:00Z');
const until = Temporal.Instant.from('2026-11-15T00:00:00Z');

const constraints = (isCa: boolean, pathLength?: number): Uint8Array =>
  extension(
    '2.5.29.19',
    sequence(
      ...(isCa ? [boolean(true)] : []),
      ...(pathLength === undefined ? [] : [integer(pathLength)]),
    ),
  );
/** Bits from the left: 5 is keyCertSign, 6 cRLSign. */
const usage = (bits: number): Uint8Array =>
  extension('2.5.29.15', bitString(Uint8Array.of(bits), 1));
const certSign = usage(0b0000_0110);
const digitalSignature = usage(0b1000_0000);
const purposes = (...ids: readonly string[]): Uint8Array =>
  extension('2.5.29.37', sequence(...ids.map(objectIdentifier)));
const [serverAuthId, codeSigningId] = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.3'] as const;
const serverAuth = purposes(serverAuthId);

function extension(id: string, value: Uint8Array): Uint8Array {
  return sequence(objectIdentifier(id), boolean(true), octetString(value));
}

interface Wanted {
  readonly issuer: string;
  readonly subject: string;
  readonly publicKey: Uint8Array;
  readonly extensions: readonly Uint8Array[];
  readonly version?: number;
  readonly algorithm?: Uint8Array;
  readonly serial?: Uint8Array;
  readonly notAfter?: Temporal.Instant;
}

function tbs({
  issuer,
  subject,
  publicKey,
  extensions,
  version = 2,
  algorithm = ecdsaWithSha256,
  serial = integer(7),
  notAfter = until,
}: Wanted): Uint8Array {
  return sequence(
    explicit(0, integer(version)),
    serial,
    algorithm,
    name(issuer),
    sequence(time(from), time(notAfter)),
    name(subject),
    publicKey,
    explicit(3, sequence(...extensions)),
  );
}

const ofRoot: Wanted = {
  issuer: 'R',
  subject: 'R',
  publicKey: root.publicKey,
  extensions: [constraints(true), certSign],
};
const ofIntermediate: Wanted = {
  issuer: 'R',
  subject: 'I',
  publicKey: intermediate.publicKey,
  extensions: [constraints(true, 0), certSign],
};
const ofLeaf: Wanted = {
  issuer: 'I',
  subject: 'L',
  publicKey: leafKey.publicKey,
  extensions: [constraints(false), digitalSignature, serverAuth],
};

test('signs a chain from a root to a leaf', async () => {
  const [rootCertificate, subCertificate, leaf] = await Promise.all(
    (
      [
        [root, ofRoot, root],
        [root, ofIntermediate, intermediate],
        [intermediate, ofLeaf, undefined],
      ] as const
    ).map(async ([ca, wanted, subject]) => {
      const { certificate } = await client.signCertificate(ca, tbs(wanted), claim, subject);
      return new X509Certificate(certificate);
    }),
  );
  assert.ok(rootCertificate && subCertificate && leaf);
  assert.ok(rootCertificate.verify(rootCertificate.publicKey));
  assert.ok(subCertificate.verify(rootCertificate.publicKey));
  assert.ok(leaf.verify(subCertificate.publicKey));
  assert.ok(!leaf.ca);
});

test('makes and uses authorities of every key spec', async () => {
  const algorithms = {
    RSA_2048: rsaWithSha256,
    EC_secp384r1: sequence(objectIdentifier('1.2.840.10045.4.3.3')),
    EC_secp521r1: sequence(objectIdentifier('1.2.840.10045.4.3.4')),
  };
  for (const [each, algorithm] of Object.entries(algorithms)) {
    const ca = await client.generateCaKey(
      { caId: each, role: 'root', spec: each as keyof typeof algorithms },
      claim,
    );
    const { certificate } = await client.signCertificate(
      ca,
      tbs({ ...ofRoot, publicKey: ca.publicKey, algorithm }),
      claim,
    );
    const read = new X509Certificate(certificate);
    assert.ok(read.verify(read.publicKey), each);
    await assert.rejects(
      client.signCertificate(ca, tbs({ ...ofRoot, publicKey: ca.publicKey }), claim),
      unsignable,
    );
  }
});

test('an intermediate signs no authority', async () => {
  const cases: Record<string, Wanted> = {
    'CA:TRUE': { ...ofLeaf, extensions: [constraints(true, 0), digitalSignature, serverAuth] },
    keyCertSign: { ...ofLeaf, extensions: [constraints(false), certSign, serverAuth] },
    'keyCertSign without constraints': { ...ofLeaf, extensions: [certSign, serverAuth] },
    cRLSign: { ...ofLeaf, extensions: [constraints(false), usage(0b0000_0010), serverAuth] },
    itself: { ...ofLeaf, publicKey: intermediate.publicKey },
    'a root': ofRoot,
    'constraints twice': {
      ...ofLeaf,
      extensions: [constraints(false), constraints(true), digitalSignature, serverAuth],
    },
    'constraints twice, the harmless one last': {
      ...ofLeaf,
      extensions: [constraints(true), constraints(false), digitalSignature, serverAuth],
    },
    'key usage twice': {
      ...ofLeaf,
      extensions: [constraints(false), certSign, digitalSignature, serverAuth],
    },
  };
  for (const [what, wanted] of Object.entries(cases)) {
    await assert.rejects(
      client.signCertificate(intermediate, tbs(wanted), claim),
      unsignable,
      what,
    );
  }
  await client.signCertificate(
    intermediate,
    tbs({ ...ofLeaf, extensions: [digitalSignature, serverAuth] }),
    claim,
  );
});

test('an intermediate signs for TLS servers only, and for 200 days at most', async () => {
  const cases: Record<string, Wanted> = {
    'no extended key usage': { ...ofLeaf, extensions: [constraints(false), digitalSignature] },
    'code signing': { ...ofLeaf, extensions: [digitalSignature, purposes(codeSigningId)] },
    'code signing, too': {
      ...ofLeaf,
      extensions: [digitalSignature, purposes(serverAuthId, codeSigningId)],
    },
    '201 days': { ...ofLeaf, notAfter: vault.now.add({ hours: 201 * 24 }) },
  };
  for (const [what, wanted] of Object.entries(cases)) {
    await assert.rejects(
      client.signCertificate(intermediate, tbs(wanted), claim),
      unsignable,
      what,
    );
  }
});

test('a root signs itself and intermediates of path length 0, nothing else', async () => {
  const cases: Record<string, Wanted> = {
    'a leaf': ofLeaf,
    'an intermediate without path length': {
      ...ofIntermediate,
      extensions: [constraints(true), certSign],
    },
    'path length 1': { ...ofIntermediate, extensions: [constraints(true, 1), certSign] },
    'no keyCertSign': { ...ofIntermediate, extensions: [constraints(true, 0), digitalSignature] },
    'its name for another key': { ...ofIntermediate, subject: 'R' },
    'its key under another name': { ...ofRoot, subject: 'X' },
  };
  for (const [what, wanted] of Object.entries(cases)) {
    await assert.rejects(
      client.signCertificate(root, tbs(wanted), claim, intermediate),
      unsignable,
      what,
    );
  }
});

test('a root certifies no intermediate whose key was not made in the vault', async () => {
  const sign = (subject?: CaKey, wanted = ofIntermediate) =>
    client.signCertificate(root, tbs(wanted), claim, subject);
  await sign(intermediate);
  await assert.rejects(sign(), unsignable);
  const invalid = { name: 'VaultRefusal', reason: 'invalid-ciphertext' };
  await assert.rejects(sign(leafKey), invalid);
  const publicKey = spki(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey);
  await assert.rejects(
    sign({ ...intermediate, publicKey }, { ...ofIntermediate, publicKey }),
    invalid,
  );
  const otherRoot = await client.generateCaKey({ caId: 'root-2', role: 'root', spec }, claim);
  await assert.rejects(
    sign(otherRoot, { ...ofIntermediate, publicKey: otherRoot.publicKey }),
    unsignable,
  );
});

test('signs nothing that is not a certificate in all its parts', async () => {
  const good = tbs(ofLeaf);
  const cases: Record<string, Uint8Array> = {
    'version 1': tbs({ ...ofLeaf, version: 0 }),
    'another algorithm': tbs({ ...ofLeaf, algorithm: rsaWithSha256 }),
    'a negative serial number': tbs({ ...ofLeaf, serial: Uint8Array.of(2, 1, 0x80) }),
    'a serial number of 21 bytes': tbs({ ...ofLeaf, serial: integer(new Uint8Array(21).fill(1)) }),
    'an end before the beginning': tbs({ ...ofLeaf, notAfter: from }),
    'bytes at the end': Buffer.concat([good, Uint8Array.of(5, 0)]),
    'cut off': good.subarray(0, -1),
    nothing: new Uint8Array(0),
    'a list': crl(),
  };
  for (const [what, der] of Object.entries(cases)) {
    await assert.rejects(client.signCertificate(intermediate, der, claim), unsignable, what);
  }
});

test('signs CRLs with either key', async () => {
  const revoked = sequence(sequence(integer(9), time(from)));
  for (const der of [crl(), crl(revoked)]) {
    for (const ca of [root, intermediate]) {
      const { crl: signed } = await client.signCrl(ca, der, claim);
      assert.ok(Buffer.from(signed).includes(der));
    }
  }
  for (const bad of [tbs(ofLeaf), crl(sequence(integer(9))), crl().subarray(2)]) {
    await assert.rejects(client.signCrl(intermediate, bad, claim), unsignable);
  }
});

test('a wrapped authority key is bound to its id, role, spec and public key', async () => {
  const changes: Partial<CaKey>[] = [
    { role: 'intermediate' },
    { caId: 'root-2' },
    { publicKey: intermediate.publicKey },
    { wrapped: intermediate.wrapped },
  ];
  for (const change of changes) {
    const key = { ...root, ...change };
    const wanted = key.role === 'root' ? { ...ofRoot, publicKey: key.publicKey } : ofLeaf;
    const signing = client.signCertificate(key, tbs(wanted), claim);
    await assert.rejects(signing, { name: 'VaultRefusal', reason: 'invalid-ciphertext' });
  }
});

function crl(...revoked: readonly Uint8Array[]): Uint8Array {
  const number = sequence(objectIdentifier('2.5.29.20'), octetString(integer(1)));
  return sequence(
    integer(1),
    ecdsaWithSha256,
    name('I'),
    time(from),
    time(until),
    ...revoked,
    explicit(0, sequence(number)),
  );
}
