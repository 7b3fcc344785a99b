import { DerError, DerReader, derTag } from './der.ts';
import { attributeId, attributeNames } from './oids.ts';

/** An X.501 Name: the most general attribute first, as it stands in the certificate. */
export interface DistinguishedName {
  /** The whole DER Name. */
  readonly der: Uint8Array;
  /** `type` is an object identifier. */
  readonly attributes: readonly { readonly type: string; readonly value: string }[];
}

/** Takes the next element of `reader`. @throws DerError */
export function readName(reader: DerReader): DistinguishedName {
  const der = reader.next().raw;
  const attributes: { type: string; value: string }[] = [];
  const name = new DerReader(der).readSequence();
  while (name.peekTag() !== undefined) {
    const relative = name.readConstructed(derTag.set);
    while (relative.peekTag() !== undefined) {
      const attribute = relative.readSequence();
      const type = attribute.readObjectIdentifier();
      const { tag, content } = attribute.next();
      attribute.end();
      attributes.push({ type, value: readDirectoryString(tag, content) });
    }
  }
  return { der, attributes };
}

/** Most general first: `C=DE,ST=Berlin,O=Example GmbH,CN=a.example`, with the escapes of RFC 4514 §2.4. */
export function printName({ attributes }: DistinguishedName): string {
  return attributes
    .map(({ type, value }) => `${attributeNames[type] ?? type}=${escaped(value)}`)
    .join(',');
}

/** The last, most specific attribute of a type; undefined if it is absent or empty. */
export function attributeOf(
  name: DistinguishedName,
  type: keyof typeof attributeId,
): string | undefined {
  return name.attributes.findLast((each) => each.type === attributeId[type])?.value || undefined;
}

/** @see RFC 5280 §4.1.2.4 */
function readDirectoryString(tag: number, content: Uint8Array): string {
  const numericString = 0x12;
  const teletexString = 0x14;
  const bmpString = 0x1e;
  switch (tag) {
    case derTag.utf8String:
      return decoded('utf-8', content);
    case derTag.printableString:
    case derTag.ia5String:
    case numericString:
    case teletexString:
      return decoded('latin1', content);
    case bmpString:
      return decoded('utf-16be', content);
    default:
      throw new DerError('an attribute that is no text');
  }
}

function decoded(encoding: string, content: Uint8Array): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw new DerError('malformed text');
  }
}

function escaped(value: string): string {
  return value
    .replace(/[\\,+"<>;]|^[ #]| $/g, '\\$&')
    .replace(/\p{Cc}/gu, (control) => Buffer.from(control).toString('hex').replace(/../g, '\\$&'));
}
