import { explicit, integer, nullValue, objectIdentifier, sequence, time } from '../../lib/der.ts';
import { extensionId, keyPurposeId, signatureAlgorithms, type KeyFamily } from '../../lib/oids.ts';
import type { Random } from '../../lib/random.ts';
import type { PrivateKeySpec } from '../../vault-client/vault.ts';
import {
  authorityKeyIdentifier,
  basicConstraints,
  crlDistributionPoints,
  directoryName,
  extendedKeyUsage,
  extension,
  keyUsage,
  subjectAltName,
  subjectKeyIdentifier,
} from '../extensions.ts';

/**
 * What the private authority's certificates look like.
 * @see RFC 5280 §4, CA/Browser Forum Baseline Requirements §7.1
 */

/** Who signs: nothing of its private key. */
export interface IssuerFields {
  readonly spec: PrivateKeySpec;
  /** DER Name. */
  readonly name: Uint8Array;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly notAfter: Temporal.Instant;
  /** Where its revocation list is. */
  readonly crlUrl: string;
}

export interface Tbs {
  readonly serial: Uint8Array;
  readonly notAfter: Temporal.Instant;
  /** DER TBSCertificate. */
  readonly der: Uint8Array;
}

/** Certificates and lists hold from so many minutes ago, for clocks that are slow. */
const backdatedMinutes = 30;
const leafDays = 198;
const rootYears = 20;
export const intermediateYears = 10;
/** @see RFC 5280 appendix A, ub-common-name-length */
const longestCommonName = 64;

interface Moment {
  readonly now: Temporal.Instant;
  readonly random: Random;
}

/** Of the whole installation: signed by itself. */
export function rootCertificate(
  root: { readonly caId: string; readonly spec: PrivateKeySpec; readonly publicKey: Uint8Array },
  { now, random }: Moment,
): Tbs {
  const name = authorityName('Root', root.caId);
  const notAfter = yearsAfter(now, rootYears);
  const extensions = [
    extension(extensionId.basicConstraints, basicConstraints({}), { critical: true }),
    extension(extensionId.keyUsage, keyUsage('keyCertSign', 'cRLSign'), { critical: true }),
    extension(extensionId.subjectKeyIdentifier, subjectKeyIdentifier(root.publicKey)),
  ];
  const validity = { notBefore: backdated(now), notAfter };
  const issuer = { spec: root.spec, name };
  return tbs(issuer, { ...validity, name, publicKey: root.publicKey, extensions }, random);
}

/** Signs leaves only: path length 0; and what is below it is for TLS servers only. */
export function intermediateCertificate(
  subject: { readonly caId: string; readonly family: KeyFamily; readonly publicKey: Uint8Array },
  issuer: IssuerFields,
  { now, random }: Moment,
): Tbs {
  const { publicKey, family, caId } = subject;
  const name = authorityName(`Intermediate ${family}`, caId);
  const validity = within(issuer, backdated(now), yearsAfter(now, intermediateYears));
  const extensions = [
    extension(extensionId.basicConstraints, basicConstraints({ pathLength: 0 }), {
      critical: true,
    }),
    extension(extensionId.keyUsage, keyUsage('keyCertSign', 'cRLSign'), { critical: true }),
    extension(extensionId.extendedKeyUsage, extendedKeyUsage(keyPurposeId.serverAuth)),
    ...identifiers(publicKey, issuer),
  ];
  return tbs(issuer, { ...validity, name, publicKey, extensions }, random);
}

/** A server's certificate: 198 days, both ends counted, and never longer than its issuer's. */
export function leafCertificate(
  subject: {
    readonly commonName: string | undefined;
    readonly dnsNames: readonly string[];
    readonly ipAddresses?: readonly string[];
    readonly family: KeyFamily;
    readonly publicKey: Uint8Array;
    /** By default as late as the profile allows. */
    readonly notAfter?: Temporal.Instant;
  },
  issuer: IssuerFields,
  { now, random }: Moment,
): Tbs {
  const { commonName = '', publicKey, family } = subject;
  const hasCommonName = commonName.length > 0 && commonName.length <= longestCommonName;
  const notBefore = backdated(now);
  // RFC 5280 §4.1.2.5: both ends belong to the validity.
  const latest = notBefore.add({ hours: leafDays * 24 }).subtract({ seconds: 1 });
  const validity = within(issuer, notBefore, earlier(latest, subject.notAfter ?? latest));
  const extensions = [
    ...serverExtensions[family],
    // RFC 5280 §4.2.1.6: critical where the subject is empty.
    extension(extensionId.subjectAltName, subjectAltName(subject), { critical: !hasCommonName }),
    ...identifiers(publicKey, issuer),
  ];
  const name = directoryName({ commonName: hasCommonName ? commonName : undefined });
  return tbs(issuer, { ...validity, name, publicKey, extensions }, random);
}

/** What is the same in every server's certificate for a key of a family. */
const serverExtensions: Readonly<Record<KeyFamily, readonly Uint8Array[]>> = {
  RSA: leafUsage(keyUsage('digitalSignature', 'keyEncipherment')),
  EC: leafUsage(keyUsage('digitalSignature')),
};

function leafUsage(usages: Uint8Array): readonly Uint8Array[] {
  return [
    extension(extensionId.basicConstraints, basicConstraints(), { critical: true }),
    extension(extensionId.keyUsage, usages, { critical: true }),
    extension(extensionId.extendedKeyUsage, extendedKeyUsage(keyPurposeId.serverAuth)),
  ];
}

/** DER AlgorithmIdentifier of what a key of this spec signs with. @see RFC 4055 §5, RFC 5758 §3.2 */
export function signatureAlgorithmOf(spec: PrivateKeySpec): Uint8Array {
  const family = spec.startsWith('RSA') ? 'RSA' : 'EC';
  const hash = hashes[spec];
  const algorithm = signatureAlgorithms.find(
    (each) => each.family === family && each.hash === hash,
  );
  if (algorithm === undefined) throw new TypeError('no algorithm for this key');
  const parameters = family === 'RSA' ? [nullValue()] : [];
  return sequence(objectIdentifier(algorithm.oid), ...parameters);
}

export function backdated(now: Temporal.Instant): Temporal.Instant {
  return now
    .subtract({ minutes: backdatedMinutes })
    .round({ smallestUnit: 'second', roundingMode: 'floor' });
}

const hashes: Readonly<Record<PrivateKeySpec, string>> = {
  RSA_2048: 'sha256',
  RSA_3072: 'sha256',
  RSA_4096: 'sha256',
  EC_prime256v1: 'sha256',
  EC_secp384r1: 'sha384',
  EC_secp521r1: 'sha512',
};

interface SubjectFields {
  readonly notBefore: Temporal.Instant;
  readonly notAfter: Temporal.Instant;
  readonly name: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly extensions: readonly Uint8Array[];
}

function tbs(
  issuer: Pick<IssuerFields, 'spec' | 'name'>,
  subject: SubjectFields,
  random: Random,
): Tbs {
  const serial = serialNumber(random);
  const { notAfter } = subject;
  const der = sequence(
    explicit(0, integer(2)),
    integer(serial),
    signatureAlgorithmOf(issuer.spec),
    issuer.name,
    sequence(time(subject.notBefore), time(notAfter)),
    subject.name,
    subject.publicKey,
    explicit(3, sequence(...subject.extensions)),
  );
  return { serial, notAfter, der };
}

/** 16 bytes, 126 bits of them by chance, positive and never shorter. */
function serialNumber(random: Random): Uint8Array {
  const serial = random.bytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

function identifiers(publicKey: Uint8Array, issuer: IssuerFields): Uint8Array[] {
  return [
    extension(extensionId.subjectKeyIdentifier, subjectKeyIdentifier(publicKey)),
    ...issuerExtensions(issuer),
  ];
}

const knownIssuers = new WeakMap<IssuerFields, readonly Uint8Array[]>();

/** What is the same in all that an authority issues. */
function issuerExtensions(issuer: IssuerFields): readonly Uint8Array[] {
  let extensions = knownIssuers.get(issuer);
  if (extensions === undefined) {
    extensions = [
      extension(extensionId.authorityKeyIdentifier, authorityKeyIdentifier(issuer.publicKey)),
      extension(extensionId.crlDistributionPoints, crlDistributionPoints(issuer.crlUrl)),
    ];
    knownIssuers.set(issuer, extensions);
  }
  return extensions;
}

/** Names of two installations differ, also where one trusts both. */
function authorityName(kind: string, caId: string): Uint8Array {
  const commonName = `holdfast ${kind} ${caId.slice(0, 8)}`;
  return directoryName({ organizationName: 'holdfast', commonName });
}

function within(
  issuer: IssuerFields,
  notBefore: Temporal.Instant,
  notAfter: Temporal.Instant,
): { notBefore: Temporal.Instant; notAfter: Temporal.Instant } {
  return { notBefore, notAfter: earlier(notAfter, issuer.notAfter) };
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? a : b;
}

export function yearsAfter(now: Temporal.Instant, years: number): Temporal.Instant {
  const later = now.toZonedDateTimeISO('UTC').add({ years }).toInstant();
  return later.round({ smallestUnit: 'second', roundingMode: 'floor' });
}
