import { DerError, DerReader, whole } from '../lib/der-reader.ts';
import { derTag, objectIdentifier, sequence } from '../lib/der-writer.ts';
import { keySpecs, type SpecName } from './key-specs.ts';
import type { CaKeyName } from './keyring.ts';
import { isSame, publicKeyOf } from './private-key.ts';
import { Refusal } from './refusal.ts';

/**
 * Refuses a CertificationRequestInfo (RFC 2986 §4.1) for any public key but that of this private key.
 * @param pkcs8 DER of the key that is to sign
 */
export function checkRequestInfo(der: Uint8Array, pkcs8: Uint8Array): void {
  reading('certification request', () => {
    const info = whole(der);
    must(info.readSmallInteger() === 0, 'its version is not 1');
    info.readSequence();
    must(
      isSame(info.next().raw, publicKeyOf(pkcs8)),
      'its public key is not that of the private key',
    );
    info.readConstructed(0xa0);
    info.end();
  });
}

/** A little more than browsers take: what a process gets signed that was taken over ends by itself. */
const maxLeafHours = 200 * 24;
const serverAuthOnly = sequence(objectIdentifier('1.3.6.1.5.5.7.3.1'));

/**
 * Refuses a TBSCertificate (RFC 5280 §4.1) that a key of this role may not sign now.
 * @returns the SubjectPublicKeyInfo that it certifies
 */
export function checkCertificate(
  der: Uint8Array,
  ca: CaKeyName,
  now: Temporal.Instant,
): Uint8Array {
  return reading('certificate', () => {
    const certificate = readCertificate(der, ca.spec);
    const isOwn = isSame(certificate.publicKey, ca.publicKey);
    const { basicConstraints, keyUsage, extendedKeyUsage, notAfter } = certificate;
    const { isCa, pathLength } = basicConstraints;
    if (ca.role === 'intermediate') {
      must(!isCa && !isOwn, 'an intermediate signs leaves only');
      const signs = keyUsage?.signsCertificates === true || keyUsage?.signsCrls === true;
      must(!signs, 'the key usage is that of an authority');
      must(isSame(extendedKeyUsage ?? der, serverAuthOnly), 'a leaf is for TLS servers only');
      const latest = now.add({ hours: maxLeafHours });
      must(Temporal.Instant.compare(notAfter, latest) <= 0, 'a leaf ends within 200 days');
    } else {
      must(isCa && keyUsage?.signsCertificates === true, 'a root signs authorities only');
      must(
        isOwn === certificate.isSelfIssued,
        'a root names itself in its own certificate, and only there',
      );
      must(isOwn || pathLength === 0, 'the path length of an intermediate is 0');
    }
    return certificate.publicKey;
  });
}

/** Refuses what is not a TBSCertList (RFC 5280 §5.1), of version 2, for this key to sign. */
export function checkCertList(der: Uint8Array, { spec }: CaKeyName): void {
  reading('certificate list', () => {
    const list = whole(der);
    must(list.readSmallInteger() === 1, 'its version is not 2');
    mustName(list.next().raw, spec);
    list.readSequence();
    list.readTime();
    list.readTime();
    if (list.peekTag() === derTag.sequence) {
      for (const revoked = list.readSequence(); revoked.peekTag() !== undefined;) {
        const entry = revoked.readSequence();
        entry.readInteger();
        entry.readTime();
        if (entry.peekTag() !== undefined) entry.readSequence();
        entry.end();
      }
    }
    const outer = list.readConstructed(0xa0);
    readExtensions(outer.readSequence());
    outer.end();
    list.end();
  });
}

/** Refuses what is not header and payload of a JWS (RFC 7515 §5.1) by ES256, all that a key of ours for a CA signs with. */
export function checkJwsInput(input: Uint8Array, { spec }: CaKeyName): void {
  reading('JWS', () => {
    must(spec === 'EC_prime256v1', 'its key is not for ES256');
    const isInput = /^eyJ[\w-]+\.[\w-]*$/.test(Buffer.from(input).toString('latin1'));
    must(isInput, 'it is not a header and a payload in base64url');
  });
}

/** What decides about a TBSCertificate. */
function readCertificate(der: Uint8Array, spec: SpecName) {
  const tbs = whole(der);
  const version = tbs.readConstructed(0xa0);
  must(version.readSmallInteger() === 2, 'its version is not 3');
  version.end();
  const serial = tbs.readInteger();
  must(serial.length <= 20 && (serial[0] ?? 0x80) < 0x80, 'its serial number is not positive');
  mustName(tbs.next().raw, spec);
  const issuer = tbs.next().raw;
  const validity = tbs.readSequence();
  const notBefore = validity.readTime();
  const notAfter = validity.readTime();
  must(Temporal.Instant.compare(notBefore, notAfter) < 0, 'it ends before it begins');
  validity.end();
  const subject = tbs.next().raw;
  const publicKey = tbs.next().raw;
  const outer = tbs.readConstructed(0xa3);
  const extensions = readExtensions(outer.readSequence());
  outer.end();
  tbs.end();
  return {
    publicKey,
    isSelfIssued: isSame(issuer, subject),
    basicConstraints: readBasicConstraints(extensions.get('2.5.29.19')),
    keyUsage: readKeyUsage(extensions.get('2.5.29.15')),
    extendedKeyUsage: extensions.get('2.5.29.37'),
    notAfter,
  };
}

/** The values by OID. */
function readExtensions(list: DerReader): Map<string, Uint8Array> {
  const extensions = new Map<string, Uint8Array>();
  while (list.peekTag() !== undefined) {
    const extension = list.readSequence();
    const id = extension.readObjectIdentifier();
    // RFC 5280 §4.2: never two of a kind.
    must(!extensions.has(id), 'an extension appears twice');
    if (extension.peekTag() === derTag.boolean) {
      must(extension.readBoolean(), 'a default is written out');
    }
    extensions.set(id, extension.readOctetString());
    extension.end();
  }
  return extensions;
}

/** RFC 5280 §4.2.1.9; absent means that the subject is no authority. */
function readBasicConstraints(value: Uint8Array | undefined) {
  if (value === undefined) return { isCa: false, pathLength: undefined };
  const constraints = whole(value);
  const isCa = constraints.peekTag() === derTag.boolean && constraints.readBoolean();
  const pathLength =
    constraints.peekTag() === derTag.integer ? constraints.readSmallInteger() : undefined;
  constraints.end();
  return { isCa, pathLength };
}

/** RFC 5280 §4.2.1.3: bit 5 is keyCertSign, bit 6 cRLSign. */
function readKeyUsage(value: Uint8Array | undefined) {
  if (value === undefined) return undefined;
  const reader = new DerReader(value);
  const [bits = 0] = reader.readBitString().bytes;
  reader.end();
  return { signsCertificates: (bits & 0x04) !== 0, signsCrls: (bits & 0x02) !== 0 };
}

function reading<T>(what: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    throw new Refusal('unsignable', `this is not a ${what} to be signed: ${error.message}`);
  }
}

function mustName(algorithm: Uint8Array, spec: SpecName): void {
  must(isSame(algorithm, keySpecs[spec].signatureAlgorithm), 'it names another algorithm');
}

function must(condition: boolean, otherwise: string): void {
  if (!condition) throw new DerError(otherwise);
}
