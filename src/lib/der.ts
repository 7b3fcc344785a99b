import { derTag, joined, tlv } from './der-writer.ts';

/**
 * DER (ITU-T X.690), strictly: what X.509, PKCS and CMS are written in. The vault loads the reader and the writer
 * alone; here is also the text that certificates hold.
 */
export { DerError, DerReader } from './der-reader.ts';
export {
  bitString,
  derTag,
  explicit,
  implicit,
  integer,
  joined,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  tlv,
} from './der-writer.ts';

/** A SET OF: the parts are put into DER's order (X.690 §11.6). */
export function set(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(derTag.set, joined(parts.toSorted((a, b) => Buffer.compare(a, b))));
}

export function boolean(value: boolean): Uint8Array {
  return tlv(derTag.boolean, Uint8Array.of(value ? 0xff : 0));
}

export function utf8String(text: string): Uint8Array {
  return tlv(derTag.utf8String, new TextEncoder().encode(text));
}

/** @throws TypeError for characters outside PrintableString */
export function printableString(text: string): Uint8Array {
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)) throw new TypeError('not a PrintableString');
  return tlv(derTag.printableString, new TextEncoder().encode(text));
}

/** @throws TypeError for characters outside ASCII */
export function ia5String(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (bytes.some((byte) => byte > 0x7f)) throw new TypeError('not an IA5String');
  return tlv(derTag.ia5String, bytes);
}

/** A `Time`, cut to seconds: UTCTime before 2050, GeneralizedTime from then on (RFC 5280 §4.1.2.5). */
export function time(instant: Temporal.Instant): Uint8Array {
  const digits = instant
    .toString({ smallestUnit: 'second', roundingMode: 'floor' })
    .replace(/[-:T]/g, '');
  const year = Number(digits.slice(0, 4));
  return year >= 1950 && year < 2050
    ? tlv(derTag.utcTime, new TextEncoder().encode(digits.slice(2)))
    : tlv(derTag.generalizedTime, new TextEncoder().encode(digits));
}
