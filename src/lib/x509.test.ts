import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bitString,
  boolean,
  DerError,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from './der.ts';
import { extensionId } from './oids.ts';
import { parseCertificate } from './x509.ts';

// Certificates put together by hand; those of openssl are read in the tests of imports and of issuers.
const algorithm = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
const name = sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String('a.example'))));
const notBefore = Temporal.Instant.from('2026-01-01T00:00:00Z');
const notAfter = Temporal.Instant.from('2050-01-01T00:00:00Z');

function certificate(parts: {
  version?: Uint8Array[];
  serial?: Uint8Array;
  algorithm?: Uint8Array;
  extensions?: Uint8Array[];
  more?: Uint8Array[];
}): Uint8Array {
  const { version = [explicit(0, integer(2))], extensions = [], more = [] } = parts;
  const tbs = sequence(
    ...version,
    parts.serial ?? integer(1000),
    parts.algorithm ?? algorithm,
    name,
    sequence(time(notBefore), time(notAfter)),
    name,
    sequence(algorithm, bitString(Uint8Array.of(1))),
    ...(extensions.length === 0 ? [] : [explicit(3, sequence(...extensions))]),
    ...more,
  );
  return sequence(tbs, algorithm, bitString(Uint8Array.of(0)));
}

function extension(
  id: keyof typeof extensionId,
  value: Uint8Array,
  critical?: boolean,
): Uint8Array {
  const flag = critical === undefined ? [] : [boolean(critical)];
  return sequence(objectIdentifier(extensionId[id]), ...flag, octetString(value));
}

const withExtension = (id: keyof typeof extensionId, value: Uint8Array) =>
  parseCertificate(certificate({ extensions: [extension(id, value)] }));

const uri = (text: string) => implicit(6, Buffer.from(text));

test('the fields are read, a year beyond 2049 too', () => {
  const read = parseCertificate(certificate({}));
  assert.equal(read.version, 3);
  assert.equal(Buffer.from(read.serial).toString('hex'), '03e8');
  assert.equal(read.signatureAlgorithm, '1.2.840.10045.4.3.2');
  assert.ok(read.notBefore.equals(notBefore) && read.notAfter.equals(notAfter));
  assert.deepEqual([read.keyUsages, read.extendedKeyUsages], [undefined, undefined]);
  assert.deepEqual(read.basicConstraints, { isCa: false, pathLength: undefined });
});

test('without its field the version is 1, and a serial has no leading zero', () => {
  const read = parseCertificate(certificate({ version: [], serial: integer(0x80) }));
  assert.equal(read.version, 1);
  assert.deepEqual([...read.serial], [0x80]);
});

test('names are read as DNS names and addresses; other kinds are passed over', () => {
  const names = sequence(
    implicit(2, Buffer.from('a.example')),
    implicit(1, Buffer.from('me@a.example')),
    implicit(7, Uint8Array.of(192, 0, 2, 1)),
    implicit(7, Buffer.from('20010db8000000000000000000000001', 'hex')),
  );
  const { dnsNames, ipAddresses } = withExtension('subjectAltName', names);
  assert.deepEqual(dnsNames, ['a.example']);
  assert.deepEqual(ipAddresses, ['192.0.2.1', '2001:db8::1']);
});

test('a NUL or another byte that no name has, and an address of another length, are refused', () => {
  for (const value of [
    implicit(2, Buffer.from('a.example\0.evil.example')),
    implicit(2, Buffer.from('ä.example')),
    implicit(7, Uint8Array.of(127, 0, 0)),
  ]) {
    assert.throws(() => withExtension('subjectAltName', sequence(value)), DerError);
  }
});

test('URLs of OCSP and of revocation lists are read', () => {
  const access = sequence(
    sequence(objectIdentifier('1.3.6.1.5.5.7.48.2'), uri('http://issuer.example')),
    sequence(objectIdentifier('1.3.6.1.5.5.7.48.1'), uri('http://ocsp.example')),
  );
  assert.deepEqual(withExtension('authorityInfoAccess', access).ocspUrls, ['http://ocsp.example']);
  const points = sequence(
    sequence(explicit(0, implicit(0, uri('http://crl.example/1'), true))),
    sequence(implicit(1, Uint8Array.of(0, 0))),
  );
  assert.deepEqual(withExtension('crlDistributionPoints', points).crlUrls, [
    'http://crl.example/1',
  ]);
});

test('key usages of two bytes, path length and key identifiers are read', () => {
  assert.deepEqual(withExtension('keyUsage', bitString(Uint8Array.of(0x88, 0x80), 7)).keyUsages, [
    'digitalSignature',
    'keyAgreement',
    'decipherOnly',
  ]);
  const constraints = sequence(boolean(true), integer(3));
  assert.equal(withExtension('basicConstraints', constraints).basicConstraints.pathLength, 3);
  const id = Uint8Array.of(1, 2, 3);
  const { authorityKeyIdentifier } = withExtension(
    'authorityKeyIdentifier',
    sequence(implicit(0, id)),
  );
  assert.deepEqual(authorityKeyIdentifier, id);
});

test('what breaks a rule of RFC 5280 is refused', () => {
  const usage = extension('keyUsage', bitString(Uint8Array.of(0x80), 7));
  for (const bad of [
    certificate({ extensions: [usage, usage] }),
    certificate({ version: [], extensions: [usage] }),
    certificate({ algorithm: sequence(objectIdentifier('1.2.840.10045.4.3.3')) }),
    certificate({ more: [integer(1)] }),
    certificate({ extensions: [extension('keyUsage', sequence(integer(1)))] }),
    certificate({
      extensions: [extension('basicConstraints', Buffer.concat([sequence(), sequence()]))],
    }),
    Buffer.concat([certificate({}), Uint8Array.of(0)]),
    new Uint8Array(0),
  ]) {
    assert.throws(() => parseCertificate(bad), DerError);
  }
});
