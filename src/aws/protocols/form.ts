import { isUtf8 } from 'node:buffer';
import { CommonError } from '../errors.ts';

/** No operation of AWS takes more parameters. */
const maxParameters = 10_000;

/**
 * The parameters of an `application/x-www-form-urlencoded` text, one character per byte.
 * @throws CommonError serialization: the same name twice, no UTF-8, a broken escape, too many
 */
export function parseForm(text: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of text.split('&', maxParameters + 1)) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decodeComponent(equals === -1 ? part : part.slice(0, equals));
    if (parameters.has(name))
      throw new CommonError('serialization', 'A parameter stands in the request twice.');
    parameters.set(name, equals === -1 ? '' : decodeComponent(part.slice(equals + 1)));
    if (parameters.size > maxParameters)
      throw new CommonError('serialization', 'The request has too many parameters.');
  }
  return parameters;
}

function decodeComponent(text: string): string {
  return percentDecode(text.replaceAll('+', ' '));
}

/** @throws CommonError serialization */
export function percentDecode(text: string): string {
  const bytes = Buffer.from(
    text.replaceAll(/%([0-9A-Fa-f]{2})?/g, (_all, hex: string | undefined) => {
      if (hex === undefined)
        throw new CommonError('serialization', 'The request has a broken percent-encoding.');
      return String.fromCharCode(Number.parseInt(hex, 16));
    }),
    'latin1',
  );
  if (!isUtf8(bytes)) throw new CommonError('serialization', 'The request is not UTF-8.');
  return bytes.toString('utf8');
}
