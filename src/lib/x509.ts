import { DerError, DerReader, derTag } from './der.ts';
import { readName, type DistinguishedName } from './distinguished-name.ts';
import { extensionId, ocspAccessMethod } from './oids.ts';

/**
 * What is needed of an X.509 certificate beyond what `X509Certificate` of node:crypto tells. No signature
 * is checked here.
 * @see RFC 5280
 */
export interface CertificateFields {
  readonly der: Uint8Array;
  readonly version: number;
  /** Big-endian, as in the certificate, but without a leading zero. */
  readonly serial: Uint8Array;
  /** Object identifier. */
  readonly signatureAlgorithm: string;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: Temporal.Instant;
  readonly notAfter: Temporal.Instant;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  /** Object identifiers of the extensions that are there, in order. */
  readonly extensions: readonly string[];
  readonly dnsNames: readonly string[];
  /** As text. */
  readonly ipAddresses: readonly string[];
  /** Undefined without the extension: then anything is allowed. */
  readonly keyUsages: readonly KeyUsage[] | undefined;
  /** Object identifiers; undefined without the extension. */
  readonly extendedKeyUsages: readonly string[] | undefined;
  /** `pathLength` is undefined where it is not limited. */
  readonly basicConstraints: { readonly isCa: boolean; readonly pathLength: number | undefined };
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
  readonly ocspUrls: readonly string[];
  readonly crlUrls: readonly string[];
}

/** In the order of the bits. @see RFC 5280 §4.2.1.3 */
export const keyUsageBits = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof keyUsageBits)[number];

/** @throws DerError if `der` is not exactly one well-formed certificate */
export function parseCertificate(der: Uint8Array): CertificateFields {
  const whole = new DerReader(der);
  const certificate = whole.readSequence();
  whole.end();
  const tbs = certificate.readSequence();
  const outerAlgorithm = certificate.next().raw;
  certificate.readBitString();
  certificate.end();

  const version = readVersion(tbs);
  const serial = tbs.readInteger();
  const innerAlgorithm = tbs.next().raw;
  // RFC 5280 §4.1.1.2: the algorithm is named twice, both times the same.
  if (!isSame(innerAlgorithm, outerAlgorithm)) throw new DerError('two signature algorithms');
  const issuer = readName(tbs);
  const validity = tbs.readSequence();
  const notBefore = validity.readTime();
  const notAfter = validity.readTime();
  validity.end();
  const subject = readName(tbs);
  const publicKey = tbs.next().raw;
  tbs.readOptional(0x81);
  tbs.readOptional(0x82);
  const extensions = readExtensions(tbs);
  tbs.end();
  if (extensions.size > 0 && version !== 3) throw new DerError('extensions need version 3');
  return {
    der,
    version,
    serial: serial[0] === 0 && serial.length > 1 ? serial.subarray(1) : serial,
    signatureAlgorithm: new DerReader(outerAlgorithm).readSequence().readObjectIdentifier(),
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey,
    extensions: [...extensions.keys()],
    ...readKnownExtensions(extensions),
  };
}

function readVersion(tbs: DerReader): number {
  if (tbs.peekTag() !== 0xa0) return 1;
  const explicit = tbs.readConstructed(0xa0);
  const version = explicit.readSmallInteger() + 1;
  explicit.end();
  return version;
}

function readExtensions(tbs: DerReader): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  if (tbs.peekTag() !== 0xa3) return found;
  const explicit = tbs.readConstructed(0xa3);
  const list = explicit.readSequence();
  explicit.end();
  while (list.peekTag() !== undefined) {
    const extension = list.readSequence();
    const id = extension.readObjectIdentifier();
    if (extension.peekTag() === derTag.boolean) extension.readBoolean();
    const value = extension.readOctetString();
    extension.end();
    // RFC 5280 §4.2: never two of a kind.
    if (found.has(id)) throw new DerError('an extension that is there twice');
    found.set(id, value);
  }
  return found;
}

type KnownExtensions = Pick<
  CertificateFields,
  | 'dnsNames'
  | 'ipAddresses'
  | 'keyUsages'
  | 'extendedKeyUsages'
  | 'basicConstraints'
  | 'subjectKeyIdentifier'
  | 'authorityKeyIdentifier'
  | 'ocspUrls'
  | 'crlUrls'
>;

function readKnownExtensions(extensions: ReadonlyMap<string, Uint8Array>): KnownExtensions {
  const read = <T>(id: keyof typeof extensionId, parse: (value: DerReader) => T): T | undefined => {
    const value = extensions.get(extensionId[id]);
    if (value === undefined) return undefined;
    const reader = new DerReader(value);
    const parsed = parse(reader);
    reader.end();
    return parsed;
  };
  const names = read('subjectAltName', (value) => readGeneralNames(value.readSequence()));
  return {
    dnsNames: (names ?? []).flatMap(({ tag, content }) =>
      tag === generalName.dns ? [ascii(content)] : [],
    ),
    ipAddresses: (names ?? []).flatMap(({ tag, content }) =>
      tag === generalName.ip ? [printIp(content)] : [],
    ),
    keyUsages: read('keyUsage', readKeyUsages),
    extendedKeyUsages: read('extendedKeyUsage', readObjectIdentifiers),
    basicConstraints: read('basicConstraints', readBasicConstraints) ?? notCa,
    subjectKeyIdentifier: read('subjectKeyIdentifier', (value) => value.readOctetString()),
    authorityKeyIdentifier: read('authorityKeyIdentifier', readAuthorityKeyIdentifier),
    ocspUrls: read('authorityInfoAccess', readOcspUrls) ?? [],
    crlUrls: read('crlDistributionPoints', readCrlUrls) ?? [],
  };
}

/** Tags of the alternatives that are read. @see RFC 5280 §4.2.1.6 */
const generalName = { dns: 0x82, uri: 0x86, ip: 0x87 } as const;

const notCa = { isCa: false, pathLength: undefined } as const;

function readGeneralNames(names: DerReader): { tag: number; content: Uint8Array }[] {
  const found: { tag: number; content: Uint8Array }[] = [];
  while (names.peekTag() !== undefined) found.push(names.next());
  return found;
}

function readKeyUsages(value: DerReader): KeyUsage[] {
  const { bytes } = value.readBitString();
  return keyUsageBits.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

function readObjectIdentifiers(value: DerReader): string[] {
  const list = value.readSequence();
  const found: string[] = [];
  while (list.peekTag() !== undefined) found.push(list.readObjectIdentifier());
  return found;
}

function readBasicConstraints(value: DerReader): CertificateFields['basicConstraints'] {
  const constraints = value.readSequence();
  const isCa = constraints.peekTag() === derTag.boolean && constraints.readBoolean();
  const pathLength =
    constraints.peekTag() === derTag.integer ? constraints.readSmallInteger() : undefined;
  constraints.end();
  return { isCa, pathLength };
}

function readAuthorityKeyIdentifier(value: DerReader): Uint8Array | undefined {
  const identifier = value.readSequence();
  const key = identifier.readOptional(0x80);
  while (identifier.peekTag() !== undefined) identifier.next();
  return key;
}

function readOcspUrls(value: DerReader): string[] {
  const descriptions = value.readSequence();
  const urls: string[] = [];
  while (descriptions.peekTag() !== undefined) {
    const description = descriptions.readSequence();
    const method = description.readObjectIdentifier();
    const { tag, content } = description.next();
    description.end();
    if (method === ocspAccessMethod && tag === generalName.uri) urls.push(ascii(content));
  }
  return urls;
}

function readCrlUrls(value: DerReader): string[] {
  const points = value.readSequence();
  const urls: string[] = [];
  while (points.peekTag() !== undefined) {
    const point = points.readSequence();
    if (point.peekTag() !== 0xa0) continue;
    const name = point.readConstructed(0xa0);
    if (name.peekTag() !== 0xa0) continue;
    const fullName = readGeneralNames(name.readConstructed(0xa0));
    for (const { tag, content } of fullName) if (tag === generalName.uri) urls.push(ascii(content));
  }
  return urls;
}

function ascii(content: Uint8Array): string {
  if (content.some((byte) => byte < 0x20 || byte > 0x7e)) throw new DerError('malformed text');
  return Buffer.from(content.buffer, content.byteOffset, content.length).toString('latin1');
}

function printIp(content: Uint8Array): string {
  if (content.length === 4) return content.join('.');
  if (content.length !== 16) throw new DerError('a malformed IP address');
  const groups = Buffer.from(content).toString('hex').match(/.{4}/g) ?? [];
  // The host of a URL has the form of RFC 5952.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
