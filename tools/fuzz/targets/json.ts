import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { CommonError } from '../../../src/aws/errors.ts';
import { json } from '../../../src/aws/protocols/json.ts';
import type { Input } from '../../../src/aws/protocols/protocol.ts';
import {
  anyInput,
  comparable,
  head,
  wireOperation,
} from '../../../src/aws/protocols/test-model.ts';
import { attempt, must, subject, type Target } from '../target.ts';
import { anyBytes, bytesOf } from './bytes.ts';

const everything = wireOperation('json');
const secrets = wireOperation('json', 'Secrets');
const marker = 'c2VjcmV0LW1hcmtlcg==';
const unicode = fc.string({ unit: 'binary' });

const encoded = anyInput(unicode).map((input) =>
  Uint8Array.from(json.writeOutput(everything, input, 'id', head).body),
);
const withSecret = bytesOf(
  fc
    .record(
      {
        Key: fc.constant(marker),
        Inner: fc.record({ Key: fc.constant(marker), Note: unicode }),
        Note: fc.oneof(unicode, fc.integer()),
      },
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value)),
);

export const jsonTarget: Target = {
  about: 'the reader of awsJson bodies',
  inputs: fc.oneof(encoded, withSecret, bytesOf(fc.json()), anyBytes),
  maxBytes: 64 * 1024,
  words: [
    '"Text":',
    '"Key":',
    '"Nested":{',
    '"Inners":[{',
    '"Pairs":{"__proto__":',
    '{"a":',
    '[[[[',
    '\\u0000',
    '\\ud800',
    '\\"',
    '\\/',
    '1e999',
    '-0',
    '0.1e-9',
    'null',
    'true',
    '9007199254740993',
    marker,
    '"constructor":1',
    '\u0000',
    '\xef\xbb\xbf',
    '\xed\xa0\x80',
    ' '.repeat(64),
  ],
  async start() {
    return subject((body) => {
      readSecrets(Uint8Array.from(body));
      const text = Buffer.from(body).toString('utf8');
      const input = read(body);
      if (input === undefined || hasNull(input)) return;
      must(body.length === 0 || isJson(text), 'what JSON.parse refuses is refused');
      const again = read(Uint8Array.from(json.writeOutput(everything, input, 'id', head).body));
      must(
        isDeepStrictEqual(comparable(again), comparable(input)),
        'an input that was read is written and read the same',
      );
    });
  },
};

function read(body: Uint8Array): Input | undefined {
  using stack = new DisposableStack();
  return attempt(() => json.readInput(everything, { head, body }, stack), [CommonError]);
}

/** A sensitive blob is in no message. */
function readSecrets(body: Uint8Array): void {
  using stack = new DisposableStack();
  attempt(
    () => json.readInput(secrets, { head, body }, stack),
    [CommonError],
    ({ message }) => must(!message.includes(marker.slice(0, 12)), 'no message has a secret in it'),
  );
}

/** In a list or map, which no constraint of a model lets pass. */
function hasNull(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === undefined;
  return Object.values(value).some(hasNull);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
