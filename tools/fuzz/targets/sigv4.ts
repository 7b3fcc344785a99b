import { KMSClient } from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { CommonError } from '../../../src/aws/errors.ts';
import { requestHead } from '../../../src/aws/http/messages.ts';
import { authenticate } from '../../../src/aws/sigv4/authenticate.ts';
import { SigningKeys } from '../../../src/aws/sigv4/signing-keys.ts';
import {
  accessKeyId,
  secretAccessKey,
  sessionKeyId,
  sessionToken,
  signed,
  testDirectory,
} from '../../../src/aws/test-edge.ts';
import { must, type Subject, type Target } from '../target.ts';
import { bytesOf, oneOf } from './bytes.ts';

/** A request as text: the request line, headers, a blank line, the body; `\n` between them. */
interface Sent {
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
}

/** A request that the signer of the AWS SDK signs; then it is changed. */
interface Scenario {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly service: string;
  readonly isPresigned: boolean;
  readonly change: number;
}

const now = Temporal.Instant.from('2026-11-24T12:00:00Z');
const host = 'localhost:4566';

const words = fc.string({ unit: oneOf('aZ09-_.~ +%/&=?é€'), maxLength: 8 });
const scenario: fc.Arbitrary<Scenario> = fc.record({
  method: fc.constantFrom('POST', 'GET', 'DELETE'),
  path: fc
    .array(words.map(encodeURIComponent), { maxLength: 3 })
    .map((segments) => `/${segments.filter((each) => !/^\.{0,2}$/.test(each)).join('/')}`),
  query: fc.dictionary(fc.string({ unit: oneOf('aZ0-é +'), minLength: 1 }), words, {
    maxKeys: 3,
  }),
  headers: fc.dictionary(
    fc.constantFrom('content-type', 'x-amz-target', 'x-amz-meta-a', 'accept', 'x-b'),
    fc.string({ unit: oneOf('aZ09 ,;=/') }),
    { maxKeys: 4 },
  ),
  body: fc.string({ unit: 'binary-ascii' }),
  service: fc.constantFrom('kms', 'acm', 'iam', 'route53', 'elasticloadbalancing'),
  isPresigned: fc.oneof({ weight: 7, arbitrary: fc.constant(false) }, fc.constant(true)),
  change: fc.nat(),
});

const ours = fc
  .record({
    service: fc.constantFrom('kms', 'iam'),
    body: fc.string(),
    region: fc.constantFrom('eu-west-1', 'us-east-1', 'nowhere', 'x'),
    id: fc.constantFrom(accessKeyId, accessKeyId, sessionKeyId, 'AKIANOBODY'),
    minutes: fc.constantFrom(0, 0, 0, 14, 16, -14, -16),
    hasToken: fc.boolean(),
  })
  .map(({ service, body, region, id, minutes, hasToken }) =>
    textOf(
      signed(
        {
          service,
          body,
          region,
          target: 'TrentService.ListKeys',
          accessKeyId: id,
          ...(hasToken ? { sessionToken } : {}),
        },
        now.add({ minutes }),
      ),
    ),
  );

export const sigv4Target: Target = {
  about: 'signatures, judged by the signer of the AWS SDK: what it signs is accepted, nothing else',
  inputs: fc.oneof(bytesOf(scenario.map((each) => JSON.stringify(each))), ours),
  maxBytes: 20 * 1024,
  words: [
    'AWS4-HMAC-SHA256 ',
    'Credential=',
    ', ',
    'SignedHeaders=',
    'host;',
    'Signature=',
    '\n',
    'x-amz-date: 20261124T120000Z\n',
    'aws4_request',
    '/../',
    '//',
    '%2F',
    '?X-Amz-Signature=a',
    'X-Amz-Algorithm=AWS4-HMAC-SHA256&',
    'x-amz-content-sha256: UNSIGNED-PAYLOAD\n',
    '\xa0',
    '\t',
  ],
  start,
};

async function start(): Promise<Subject> {
  const client = new KMSClient({
    region: 'eu-west-1',
    credentials: { accessKeyId, secretAccessKey },
  });
  const signer = await client.config.signer();
  const keys = new SigningKeys();
  const known = {
    directory: testDirectory(() => []),
    keys,
    clock: { now: () => now, monotonic: () => 0 },
  };

  const isAccepted = async (sent: Sent): Promise<boolean> => {
    try {
      await authenticate(requestHead(sent), sent.body, known);
      return true;
    } catch (error) {
      if (!(error instanceof CommonError)) throw error;
      must(!error.message.includes(secretAccessKey), 'no message has a secret in it');
      return false;
    }
  };

  const sign = async (each: Scenario): Promise<Sent> => {
    const query = each.isPresigned ? { ...each.query, ...presignature } : each.query;
    const pairs = Object.entries(query).map((pair) => pair.map(encodeURIComponent).join('='));
    const { headers } = await signer.sign(
      {
        method: each.method,
        protocol: 'https:',
        hostname: 'localhost',
        path: each.path,
        query,
        headers: { ...each.headers, host },
        body: each.body,
      },
      { signingDate: dateOf(now), signingRegion: 'eu-west-1', signingService: each.service },
    );
    return {
      method: each.method,
      target: [each.path, ...(pairs.length === 0 ? [] : [pairs.join('&')])].join('?'),
      rawHeaders: Object.entries(headers).flat(),
      body: Buffer.from(each.body),
    };
  };

  return {
    async take(input) {
      const given = scenarioOf(input);
      if (given === undefined) {
        const sent = sentOf(input);
        if (sent !== undefined) await isAccepted(sent);
        return;
      }
      const sent = await sign(given);
      must((await isAccepted(sent)) === !given.isPresigned, 'what the SDK signs is accepted');
      must(!(await isAccepted(changed(sent, given.change))), 'what was changed is refused');
    },
    async [Symbol.asyncDispose]() {
      keys[Symbol.dispose]();
      client.destroy();
    },
  };
}

const presignature = { 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256', 'X-Amz-Signature': 'a'.repeat(64) };

/** Another request: a signed part of it is not what it was. */
function changed(sent: Sent, change: number): Sent {
  const kind = change % 4;
  const rest = Math.floor(change / 4);
  if (kind === 0) return { ...sent, body: Buffer.concat([sent.body, Buffer.from('x')]) };
  if (kind === 1)
    return { ...sent, target: `${sent.target}${sent.target.includes('?') ? '&' : '?'}x=1` };
  if (kind === 2) return { ...sent, method: sent.method === 'POST' ? 'PUT' : 'POST' };
  const at = 2 * (rest % (sent.rawHeaders.length / 2)) + 1;
  return {
    ...sent,
    rawHeaders: sent.rawHeaders.map((each, index) => {
      if (index !== at) return each;
      // The last digit of a signature, a letter of a name: never a blank, which would not count.
      return each.endsWith('0') ? `${each.slice(0, -1)}1` : `${each.slice(0, -1)}0`;
    }),
  };
}

function scenarioOf(input: Uint8Array): Scenario | undefined {
  if (input[0] !== 0x7b) return undefined;
  try {
    const given: unknown = JSON.parse(Buffer.from(input).toString('utf8'));
    return isScenario(given) ? given : undefined;
  } catch {
    return undefined;
  }
}

/** What mutations make of a scenario is mostly none. */
function isScenario(value: unknown): value is Scenario {
  const { method, path, query, headers, body, service, isPresigned, change } = (value ??
    {}) as Record<string, unknown>;
  const areTexts = (each: unknown): boolean =>
    typeof each === 'object' &&
    each !== null &&
    Object.entries(each).every(
      ([name, text]) =>
        /^[a-zA-Z0é +-]+$/.test(name) && typeof text === 'string' && /^[ -~é€]*$/.test(text),
    );
  return (
    /^(POST|GET|DELETE)$/.test(String(method)) &&
    /^(\/(?!\.{0,2}(\/|$))[\w.~%-]+)*$|^\/$/.test(String(path)) &&
    areTexts(query) &&
    areTexts(headers) &&
    Object.keys(headers as object).every((name) => /^[a-z-]+$/.test(name)) &&
    Object.values(headers as object).every((text) => /^[ -~]*$/.test(String(text))) &&
    typeof body === 'string' &&
    /^[a-z0-9]+$/.test(String(service)) &&
    typeof isPresigned === 'boolean' &&
    Number.isSafeInteger(change) &&
    (change as number) >= 0
  );
}

function textOf({ method, target, rawHeaders, body }: Sent): Uint8Array {
  const lines = [`${method} ${target}`];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  return Buffer.concat([Buffer.from(`${lines.join('\n')}\n\n`, 'latin1'), body]);
}

/** Undefined for what no HTTP parser hands on. */
function sentOf(input: Uint8Array): Sent | undefined {
  const end = Buffer.from(input).indexOf('\n\n');
  if (end === -1) return undefined;
  const text = Buffer.from(input).toString('latin1', 0, end);
  // eslint-disable-next-line no-control-regex
  if (/[\0-\x08\x0b-\x1f\x7f]/.test(text)) return undefined;
  const [line = '', ...headers] = text.split('\n');
  const [, method, target] = /^(\S+) (\S+)$/.exec(line) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const rawHeaders = headers.flatMap((each) => {
    const colon = each.indexOf(':');
    return colon < 1 ? [] : [each.slice(0, colon), each.slice(colon + 1).replace(/^[ \t]+/, '')];
  });
  return { method, target, rawHeaders, body: input.subarray(end + 2) };
}

// The signer of the SDK takes no other time.
// oxlint-disable-next-line no-restricted-globals
function dateOf(instant: Temporal.Instant): Date {
  // oxlint-disable-next-line no-restricted-globals
  return new Date(instant.epochMilliseconds);
}
