import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '../../../test/torture/seeded.ts';
import { CommonError } from '../errors.ts';
import type { HttpRequestLike } from '../http/messages.ts';
import { signed } from '../test-edge.ts';
import { check, now, plain } from './test-check.ts';

const seed = 1;
const count = 10_000;

interface Mutation {
  readonly name: string;
  /** Whether it leaves what was signed as it was. */
  readonly isHarmless?: boolean;
  readonly make: (request: HttpRequestLike, below: (count: number) => number) => HttpRequestLike;
}

type Header = readonly [name: string, value: string];

function headersOf({ rawHeaders }: HttpRequestLike): Header[] {
  return rawHeaders.flatMap((name, at): Header[] =>
    at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : [],
  );
}

function signedHeadersOf(request: HttpRequestLike): Header[] {
  return headersOf(request).filter(([name]) => !['authorization', 'user-agent'].includes(name));
}

function withHeaders(request: HttpRequestLike, headers: readonly Header[]): HttpRequestLike {
  return { ...request, rawHeaders: headers.flat() };
}

/** Another character of the same sort at one place of the text. */
function changed(text: string, below: (count: number) => number): string {
  const at = below(text.length);
  const others = /[0-9]/.test(text[at] ?? '') ? '0123456789' : 'abcdefghijklmnop';
  const other = others.split('').find((each) => each !== text[at]?.toLowerCase()) ?? 'z';
  return text.slice(0, at) + other + text.slice(at + 1);
}

function changeHeader(
  request: HttpRequestLike,
  name: string,
  change: (value: string) => string,
): HttpRequestLike {
  return withHeaders(
    request,
    headersOf(request).map(([each, value]) => [each, each === name ? change(value) : value]),
  );
}

const authorizationPart = (pattern: RegExp) => ({
  name: `another ${pattern.source}`,
  make: (request: HttpRequestLike, below: (count: number) => number) =>
    changeHeader(request, 'authorization', (value) =>
      value.replace(pattern, (part) => changed(part, below)),
    ),
});

const mutations: readonly Mutation[] = [
  {
    name: 'a bit of the body',
    make: (request, below) => {
      const body = Buffer.from(request.body);
      const at = below(body.length);
      body[at] = (body[at] ?? 0) ^ (1 << below(8));
      return { ...request, body };
    },
  },
  {
    name: 'a longer body',
    make: (request) => ({ ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) }),
  },
  authorizationPart(/(?<=Signature=)[0-9a-f]{64}/),
  authorizationPart(/(?<=Credential=)[A-Z0-9]+/),
  authorizationPart(/(?<=\/)[0-9]{8}(?=\/)/),
  authorizationPart(/(?<=[0-9]{8}\/)[a-z0-9-]+/),
  authorizationPart(/(?<=SignedHeaders=)[a-z0-9;-]+/),
  {
    name: 'the value of a signed header',
    make: (request, below) => {
      const headers = signedHeadersOf(request);
      return changeHeader(request, headers[below(headers.length)]?.[0] ?? '', (value) =>
        changed(value, below),
      );
    },
  },
  {
    name: 'a signed header twice',
    make: (request, below) => {
      const headers = signedHeadersOf(request);
      const doubled = headers[below(headers.length)];
      return withHeaders(request, [
        ...headersOf(request),
        ...(doubled === undefined ? [] : [doubled]),
      ]);
    },
  },
  {
    name: 'a signed header less',
    make: (request, below) => {
      const headers = signedHeadersOf(request);
      const gone = headers[below(headers.length)]?.[0];
      return withHeaders(
        request,
        headersOf(request).filter(([name]) => name !== gone),
      );
    },
  },
  {
    name: 'another path or query',
    make: (request, below) => ({
      ...request,
      target: ['/x', '/%2F', '/?a', '/?Action=x', '/./x', '//x'][below(6)] ?? '',
    }),
  },
  { name: 'another method', make: (request) => ({ ...request, method: 'PUT' }) },
  {
    name: 'headers in another order',
    isHarmless: true,
    make: (request) => withHeaders(request, headersOf(request).toReversed()),
  },
  {
    name: 'names of headers in capitals',
    isHarmless: true,
    make: (request) =>
      withHeaders(
        request,
        headersOf(request).map(([name, value]) => [name.toUpperCase(), value]),
      ),
  },
  {
    name: 'blanks around values',
    isHarmless: true,
    make: (request) =>
      withHeaders(
        request,
        headersOf(request).map(([name, value]) => [
          name,
          // What surrounds a value is HTTP's; readers have taken it away from these.
          ['authorization', 'x-amz-date'].includes(name) ? value : `  ${value} `,
        ]),
      ),
  },
];

/** What a request that was changed is refused as. */
const refusals = [
  'incomplete-signature',
  'invalid-signature',
  'missing-authentication',
  'unknown-key',
];

test(`of ${count} changed requests none is accepted that says something else`, async () => {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const request = signed({ ...plain, body: '{"Limit":10,"Marker":"abc"}' }, now);
  await check(request);
  const seen = new Map<string, number>();
  for (let n = 0; n < count; n++) {
    const mutation = mutations[below(mutations.length)]!;
    const { name, isHarmless = false } = mutation;
    const result = mutation.make(request, below);
    const error = await check(result).then(
      () => undefined,
      (cause: unknown) => cause,
    );
    const shown = `${name}: ${JSON.stringify(result.rawHeaders)} ${result.target}`;
    if (isHarmless) assert.equal(error, undefined, shown);
    else {
      assert.ok(error instanceof CommonError, shown);
      assert.ok(refusals.includes(error.kind), `${error.kind}: ${shown}`);
    }
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  assert.equal(seen.size, mutations.length);
});
