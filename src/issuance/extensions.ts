import { hash } from 'node:crypto';
import { isIP } from 'node:net';
import {
  bitString,
  boolean,
  DerReader,
  explicit,
  ia5String,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  utf8String,
} from '../lib/der.ts';
import { attributeId } from '../lib/oids.ts';
import { keyUsageBits, type KeyUsage } from '../lib/x509.ts';

/** @param value DER of the extension's own type. @see RFC 5280 §4.1.2.9 */
export function extension(
  id: string,
  value: Uint8Array,
  options: { critical?: boolean } = {},
): Uint8Array {
  const critical = options.critical === true ? [boolean(true)] : [];
  return sequence(identifierOf(id), ...critical, octetString(value));
}

const identifiers = new Map<string, Uint8Array>();

/** There are few, and they are in every certificate. */
function identifierOf(id: string): Uint8Array {
  let identifier = identifiers.get(id);
  if (identifier === undefined) {
    identifier = objectIdentifier(id);
    identifiers.set(id, identifier);
  }
  return identifier;
}

/** A Name of at most an organization and a common name; empty without both. @see RFC 5280 §4.1.2.4 */
export function directoryName(attributes: {
  readonly organizationName?: string | undefined;
  readonly commonName: string | undefined;
}): Uint8Array {
  const relativeName = (id: string, value: string | undefined): Uint8Array[] =>
    value === undefined ? [] : [set(sequence(identifierOf(id), utf8String(value)))];
  return sequence(
    ...relativeName(attributeId.organizationName, attributes.organizationName),
    ...relativeName(attributeId.commonName, attributes.commonName),
  );
}

/** @see RFC 5280 §4.2.1.6 */
export function subjectAltName(names: {
  readonly dnsNames: readonly string[];
  readonly ipAddresses?: readonly string[];
}): Uint8Array {
  return sequence(
    ...names.dnsNames.map((name) => implicit(2, content(ia5String(name)))),
    ...(names.ipAddresses ?? []).map((address) => implicit(7, ipBytes(address))),
  );
}

/** Empty where the subject is no authority: DER leaves defaults out. @see RFC 5280 §4.2.1.9 */
export function basicConstraints(authority?: { readonly pathLength?: number }): Uint8Array {
  if (authority === undefined) return sequence();
  const { pathLength } = authority;
  return sequence(boolean(true), ...(pathLength === undefined ? [] : [integer(pathLength)]));
}

/** @see RFC 5280 §4.2.1.3 */
export function keyUsage(...usages: readonly KeyUsage[]): Uint8Array {
  const bits = usages.map((usage) => keyUsageBits.indexOf(usage));
  const last = Math.max(...bits);
  const bytes = new Uint8Array((last >> 3) + 1);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  // A list of named bits ends with its last one that is set (X.690 §11.2.2).
  return bitString(bytes, 7 - (last & 7));
}

/** @see RFC 5280 §4.2.1.12 */
export function extendedKeyUsage(...purposes: readonly string[]): Uint8Array {
  return sequence(...purposes.map(objectIdentifier));
}

/**
 * The leftmost 160 bits of the SHA-256 of the subjectPublicKey.
 * @param publicKey DER SubjectPublicKeyInfo
 * @see RFC 7093 §2 (1)
 */
export function keyIdentifier(publicKey: Uint8Array): Uint8Array {
  const info = new DerReader(publicKey).readSequence();
  info.readSequence();
  return hash('sha256', info.readBitString().bytes, 'buffer').subarray(0, 20);
}

/** @see RFC 5280 §4.2.1.2 */
export function subjectKeyIdentifier(publicKey: Uint8Array): Uint8Array {
  return octetString(keyIdentifier(publicKey));
}

/** @see RFC 5280 §4.2.1.1 */
export function authorityKeyIdentifier(publicKey: Uint8Array): Uint8Array {
  return sequence(implicit(0, keyIdentifier(publicKey)));
}

/** One point with one address. @see RFC 5280 §4.2.1.13 */
export function crlDistributionPoints(url: string): Uint8Array {
  const fullName = implicit(0, implicit(6, content(ia5String(url))), true);
  return sequence(sequence(explicit(0, fullName)));
}

/** What stands in an element, for another tag. */
function content(element: Uint8Array): Uint8Array {
  return new DerReader(element).next().content;
}

function ipBytes(address: string): Uint8Array {
  switch (isIP(address)) {
    case 4:
      return Uint8Array.from(address.split('.').map(Number));
    case 6: {
      // The host of a URL has the shortest form: `::` stands for the zeros that are missing.
      const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
      const groups = (text = ''): number[] =>
        text === '' ? [] : text.split(':').map((group) => parseInt(group, 16));
      const missing = 8 - groups(head).length - groups(tail).length;
      const zeros = Array.from({ length: missing }, () => 0);
      return Uint8Array.from(
        [...groups(head), ...zeros, ...groups(tail)].flatMap((group) => [group >> 8, group & 0xff]),
      );
    }
    default:
      throw new TypeError('not an IP address');
  }
}
