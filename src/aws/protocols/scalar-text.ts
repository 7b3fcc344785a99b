import { Secret } from '../../lib/secret.ts';
import { CommonError } from '../errors.ts';
import type { Shape } from '../model.ts';
import { decodeBase64 } from './base64.ts';
import { fromIso8601 } from './timestamps.ts';

/**
 * A scalar from the text that a form, a URI or an XML element holds.
 * @throws CommonError serialization
 */
export function readScalar(shape: Shape, text: string, secrets: DisposableStack): unknown {
  switch (shape.type) {
    case 'string':
      return text;
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw malformed('a boolean');
      return text === 'true';
    case 'timestamp':
      return fromIso8601(text) ?? fail('a timestamp');
    case 'blob': {
      const bytes = decodeBase64(Buffer.from(text, 'latin1')) ?? fail('base64');
      return shape.sensitive === true ? secrets.use(new Secret(bytes)) : bytes;
    }
    case 'integer':
    case 'long': {
      const number = Number(text);
      if (!/^-?[0-9]{1,16}$/.test(text) || !fits(shape.type, number)) throw malformed('an integer');
      return number;
    }
    case 'float':
    case 'double': {
      const number = Number(text);
      if (!/^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(text) || !fits(shape.type, number))
        throw malformed('a number');
      return number;
    }
    default:
      throw malformed('a structure');
  }
}

/** An `integer` of a model has 32 bits; of a `long` we take as many as JSON numbers can hold. */
export function fits(type: 'integer' | 'long' | 'float' | 'double', number: number): boolean {
  if (type === 'integer') return Number.isInteger(number) && number === (number | 0);
  return type === 'long' ? Number.isSafeInteger(number) : Number.isFinite(number);
}

function malformed(what: string): CommonError {
  return new CommonError('serialization', `A value of the request is not ${what}.`);
}

function fail(what: string): never {
  throw malformed(what);
}
