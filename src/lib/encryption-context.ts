import { joinedFields, numberField, textField } from './vault-protocol.ts';
import { joined } from './der-writer.ts';

/**
 * The one way in which an encryption context is written, so that equal contexts are equal bytes: the number of
 * pairs, then each key and value with its length before it, sorted by the UTF-8 bytes of the keys. See docs/formats.md.
 * @throws TypeError for text that has no UTF-8 form (lone surrogates)
 */
export function serializeEncryptionContext(context: Readonly<Record<string, string>>): Uint8Array {
  const pairs = Object.entries(context).map(([key, value]) => [utf8(key), utf8(value)] as const);
  pairs.sort(([a], [b]) => Buffer.compare(a, b));
  return joined([numberField(pairs.length), joinedFields(pairs.flat())]);
}

function utf8(text: string): Uint8Array {
  if (!text.isWellFormed()) throw new TypeError('the encryption context is not Unicode text');
  return textField(text);
}
