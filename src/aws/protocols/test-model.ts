import fc from 'fast-check';
import { requestHead, type RequestHead } from '../http/messages.ts';
import type { ServiceModel, Shape } from '../model.ts';
import type { Input, WireOperation } from './protocol.ts';

/** One structure with every type that a protocol has to carry, as input and as output. */
const shapes = {
  Everything: {
    type: 'structure',
    members: {
      Text: { shape: 'Text' },
      Number: { shape: 'Whole' },
      Ratio: { shape: 'Ratio' },
      Yes: { shape: 'Yes' },
      At: { shape: 'At' },
      Bytes: { shape: 'Bytes' },
      Names: { shape: 'Texts' },
      Nested: { shape: 'Inner' },
      Inners: { shape: 'Inners' },
      Pairs: { shape: 'Pairs' },
    },
  },
  Inner: {
    type: 'structure',
    members: { Name: { shape: 'Text', name: 'wireName' }, More: { shape: 'Texts' } },
  },
  Inners: { type: 'list', member: { shape: 'Inner', name: 'Item' } },
  Texts: { type: 'list', member: { shape: 'Text' } },
  Pairs: { type: 'map', key: { shape: 'Text' }, value: { shape: 'Text' } },
  Text: { type: 'string' },
  Whole: { type: 'long' },
  Ratio: { type: 'double' },
  Yes: { type: 'boolean' },
  At: { type: 'timestamp' },
  Bytes: { type: 'blob' },
  Hidden: { type: 'blob', sensitive: true },
  Secrets: {
    type: 'structure',
    members: { Key: { shape: 'Hidden' }, Inner: { shape: 'Secrets' }, Note: { shape: 'Text' } },
  },
  Failure: {
    type: 'structure',
    members: { message: { shape: 'Text' }, Names: { shape: 'Texts' } },
    error: { code: 'Failure', status: 409 },
  },
} as const satisfies Readonly<Record<string, Shape>>;

export function wireOperation(
  protocol: ServiceModel['protocol'],
  shape: 'Everything' | 'Secrets' = 'Everything',
): WireOperation {
  const operation = {
    input: shape,
    output: shape,
    resultWrapper: 'DoResult',
    method: 'POST',
    uri: '/2026-01-01/do',
    inputElement: shape,
    errors: ['Failure'],
  };
  return {
    name: 'Do',
    operation,
    signingName: 'fake',
    model: {
      apiVersion: '2026-01-01',
      protocol,
      targetPrefix: 'Fake',
      xmlNamespace: 'https://fake.example/doc/',
      operations: { Do: operation },
      shapes,
    },
  };
}

export const head: RequestHead = requestHead({ method: 'POST', target: '/', rawHeaders: [] });

/**
 * Any input of the shape.
 * @param text what its strings may be: XML cannot carry every character
 */
export function anyInput(text: fc.Arbitrary<string>): fc.Arbitrary<Input> {
  const texts = fc.array(text, { maxLength: 4 });
  const inner = fc.record(
    { Name: text, More: fc.array(text, { minLength: 1, maxLength: 3 }) },
    { requiredKeys: [] },
  );
  return fc.record(
    {
      Text: text,
      Number: fc.maxSafeInteger(),
      Ratio: fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
      Yes: fc.boolean(),
      At: fc
        .integer({ min: 0, max: 4_000_000_000_000 })
        .map((milliseconds) => Temporal.Instant.fromEpochMilliseconds(milliseconds)),
      Bytes: fc.uint8Array({ maxLength: 40 }),
      Names: texts,
      Nested: inner,
      Inners: fc.array(
        inner.filter((each) => Object.keys(each).length > 0),
        { minLength: 1, maxLength: 3 },
      ),
      Pairs: fc.dictionary(text, text, { minKeys: 1, maxKeys: 4 }),
    },
    { requiredKeys: [] },
  );
}

/** For comparison: instants and prototypes have no equality of their own. */
export function comparable(value: unknown): unknown {
  if (value instanceof Temporal.Instant) return `at ${value.toString()}`;
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === 'object' && value !== null)
    return new Map(
      Object.entries(value)
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, each]) => [key, comparable(each)]),
    );
  return Object.is(value, -0) ? 0 : value;
}
