import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { CommonError } from '../../../src/aws/errors.ts';
import type { Input } from '../../../src/aws/protocols/protocol.ts';
import { query } from '../../../src/aws/protocols/query.ts';
import { comparable, head, wireOperation } from '../../../src/aws/protocols/test-model.ts';
import { attempt, must, subject, type Target } from '../target.ts';
import { anyBytes, bytesOf } from './bytes.ts';

const everything = wireOperation('query');
const secrets = wireOperation('query', 'Secrets');
const marker = 'c2VjcmV0LW1hcmtlcg==';

const part = fc.oneof(
  fc.constantFrom('Text', 'Number', 'Ratio', 'Yes', 'At', 'Bytes', 'Names', 'Nested', 'Inners'),
  fc.constantFrom('Pairs', 'wireName', 'More', 'member', 'Item', 'entry', 'key', 'value'),
  fc.constantFrom('Key', 'Inner', 'Note', '__proto__', 'constructor'),
  fc.nat({ max: 12 }).map(String),
);
const value = fc.oneof(
  fc.string({ unit: 'binary' }).map(encodeURIComponent),
  fc.constantFrom(marker, 'true', 'false', '2026-11-24T12:00:00Z', '1e5', '9007199254740991', '%'),
);
const form = fc
  .array(fc.tuple(fc.array(part, { minLength: 1, maxLength: 5 }), value), { maxLength: 12 })
  .map((pairs) => pairs.map(([name, text]) => `${name.join('.')}=${text}`).join('&'));

export const queryTarget: Target = {
  about: 'the reader of awsQuery forms',
  inputs: fc.oneof(bytesOf(form), bytesOf(form), anyBytes),
  maxBytes: 64 * 1024,
  words: [
    'Names.member.1=',
    '&Pairs.entry.1.key=__proto__',
    '.1.1',
    '&',
    '=',
    '%00',
    '%ff',
    '%',
    'Inners.Item.999999999.wireName=',
    '+',
    '-272821-04-20T00:00:00Z',
    '1e999',
    `Key=${marker}`,
  ],
  async start() {
    return subject((body) => {
      readSecrets(body);
      const input = read(body);
      if (input === undefined || hasNull(input)) return;
      const again = read(Buffer.from(formOf(input).join('&')));
      must(
        isDeepStrictEqual(comparable(again), comparable(input)),
        'an input that was read is written and read the same',
      );
    });
  },
};

function read(body: Uint8Array): Input | undefined {
  using stack = new DisposableStack();
  return attempt(() => query.readInput(everything, { head, body }, stack), [CommonError]);
}

function readSecrets(body: Uint8Array): void {
  using stack = new DisposableStack();
  attempt(
    () => query.readInput(secrets, { head, body }, stack),
    [CommonError],
    ({ message }) => must(!message.includes(marker.slice(0, 12)), 'no message has a secret in it'),
  );
}

/** In a list or map, which no constraint of a model lets pass. */
function hasNull(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === undefined;
  return Object.values(value).some(hasNull);
}

/** As a client writes it: the other hand, so that the reader is not its own judge. */
function formOf(value: unknown, name = ''): string[] {
  const inner = (text: string): string => (name === '' ? text : `${name}.${text}`);
  if (Array.isArray(value)) {
    const item = name.endsWith('Inners') ? 'Item' : 'member';
    if (value.length === 0) return [`${name}=`];
    return value.flatMap((each, index) => formOf(each, inner(`${item}.${index + 1}`)));
  }
  if (value instanceof Uint8Array)
    return [`${name}=${encode(Buffer.from(value).toString('base64'))}`];
  if (typeof value !== 'object' || value === null || value instanceof Temporal.Instant)
    return [`${name}=${encode(String(value))}`];
  const entries = Object.entries(value);
  // What has nothing in it is written as its bare name, like an empty list.
  if (entries.length === 0 && name !== '') return [`${name}=`];
  if (name !== 'Pairs')
    return entries.flatMap(([key, each]) => formOf(each, inner(memberNames[key] ?? key)));
  return entries.flatMap(([key, each], index) => [
    `Pairs.entry.${index + 1}.key=${encode(key)}`,
    ...(each === undefined ? [] : [`Pairs.entry.${index + 1}.value=${encode(String(each))}`]),
  ]);
}

const memberNames: Readonly<Record<string, string>> = { Name: 'wireName' };

function encode(text: string): string {
  return encodeURIComponent(text);
}
