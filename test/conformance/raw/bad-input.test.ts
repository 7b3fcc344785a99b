import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { after, suite, test } from 'node:test';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { signRequest } from '../../../src/aws/sigv4/sign.ts';
import { clientsOf } from '../../sdk-clients.ts';
import { startWorld } from '../../world.ts';

/** What no SDK would send: bytes over HTTPS, with a signature of our own. */
interface Sent {
  readonly service: string;
  /** Of a JSON service; without it the body is a form. */
  readonly target?: string;
  readonly body: string | Uint8Array;
  /** After signing. */
  readonly tampered?: Readonly<Record<string, string>>;
  readonly minutes?: number;
}

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly text: string;
  readonly requestId: string;
}

const world = await startWorld();
after(() => world[Symbol.asyncDispose]());

async function send({ service, target, body, tampered = {}, minutes = 0 }: Sent): Promise<Answer> {
  const url = new URL(world.endpoint);
  const type =
    target === undefined ? 'application/x-www-form-urlencoded' : 'application/x-amz-json-1.1';
  const headers = signRequest(
    {
      method: 'POST',
      host: url.host,
      headers: {
        'content-type': type,
        ...(target === undefined ? {} : { 'x-amz-target': target }),
      },
      body: Buffer.from(body),
    },
    { region: world.region, service },
    world.credentials,
    Temporal.Now.instant().add({ minutes }),
  );
  const call = request(url, {
    method: 'POST',
    headers: { ...headers, ...tampered },
    ca: world.caPem,
  });
  call.end(body);
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  const text = (await response.setEncoding('utf8').toArray()).join('');
  const code = /"__type":"(\w+)"|<Code>(\w+)<\/Code>/.exec(text);
  return {
    status: response.statusCode ?? 0,
    code: code?.[1] ?? code?.[2],
    text,
    requestId: String(response.headers['x-amzn-requestid']),
  };
}

const acm = { service: 'acm', target: 'CertificateManager.ListCertificates', body: '{}' };
const kms = { service: 'kms', target: 'TrentService.Encrypt', body: '{}' };
const iam = { service: 'iam', body: 'Action=GetUser&Version=2010-05-08' };
const key = '-----BEGIN PRIVATE KEY-----\nMIGHAgEAsecret\n-----END PRIVATE KEY-----\n';

const cases: readonly (readonly [what: string, sent: Sent, status: number, code: string])[] = [
  ['a cut body', { ...acm, body: '{' }, 400, 'SerializationException'],
  ['a blank body', { ...acm, body: ' ' }, 400, 'SerializationException'],
  ['a list', { ...acm, body: '[]' }, 400, 'SerializationException'],
  [
    'bytes that are no UTF-8',
    { ...acm, body: Buffer.from([0x7b, 0xff]) },
    400,
    'SerializationException',
  ],
  [
    'a member twice',
    { ...acm, body: '{"MaxItems":1,"MaxItems":2}' },
    400,
    'SerializationException',
  ],
  [
    'a number of 33 bits',
    { ...acm, body: '{"MaxItems":4294967296}' },
    400,
    'SerializationException',
  ],
  ['a number that is a text', { ...acm, body: '{"MaxItems":"1"}' }, 400, 'SerializationException'],
  [
    'a hundred thousand levels',
    { ...acm, body: `{"a":${'['.repeat(100_000)}` },
    400,
    'SerializationException',
  ],
  ['a number out of range', { ...acm, body: '{"MaxItems":0}' }, 400, 'ValidationException'],
  ['a token of nowhere', { ...acm, body: '{"NextToken":"x"}' }, 400, 'InvalidArgsException'],
  [
    'a name of Object.prototype',
    { ...acm, target: 'CertificateManager.constructor' },
    400,
    'UnknownOperationException',
  ],
  [
    'an operation that is not there',
    { ...acm, target: 'CertificateManager.SearchCertificates' },
    400,
    'UnknownOperationException',
  ],
  [
    'another service’s operation',
    { ...acm, target: 'TrentService.ListKeys' },
    400,
    'InvalidSignatureException',
  ],
  [
    'a signature from a quarter of an hour ago',
    { ...acm, minutes: -16 },
    400,
    'InvalidSignatureException',
  ],
  ['a signature of the future', { ...acm, minutes: 16 }, 400, 'InvalidSignatureException'],
  [
    'no signature',
    { ...acm, tampered: { authorization: 'none' } },
    400,
    'IncompleteSignatureException',
  ],
  [
    'a header that is not signed',
    { ...acm, tampered: { 'x-amz-more': '1' } },
    400,
    'InvalidSignatureException',
  ],
  [
    'an unsigned payload',
    { ...acm, tampered: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
    400,
    'InvalidSignatureException',
  ],
  [
    'a body that is said to have 4 MiB',
    { ...acm, tampered: { 'content-length': String(4 << 20) } },
    413,
    'RequestEntityTooLargeException',
  ],
  [
    'base64 that is none',
    { ...kms, body: '{"KeyId":"k","Plaintext":"@"}' },
    400,
    'SerializationException',
  ],
  ['nothing that is required', kms, 400, 'ValidationException'],
  [
    'a private key in the place of an id',
    { ...kms, body: JSON.stringify({ KeyId: key, Plaintext: 'YQ==' }) },
    400,
    'NotFoundException',
  ],
  ['a form without an action', { ...iam, body: 'Version=2010-05-08' }, 400, 'MissingAction'],
  [
    'an action of another version',
    { ...iam, body: 'Action=GetUser&Version=2000-01-01' },
    400,
    'InvalidAction',
  ],
  [
    'a parameter twice',
    { ...iam, body: `${iam.body}&UserName=a&UserName=b` },
    400,
    'MalformedQueryString',
  ],
  ['a broken escape', { ...iam, body: `${iam.body}&UserName=%zz` }, 400, 'MalformedQueryString'],
  [
    'a form nobody signed',
    { ...iam, tampered: { authorization: 'none' } },
    400,
    'IncompleteSignature',
  ],
];

void suite('bad input, byte for byte', () => {
  const answers = new Map<string, Answer>();

  for (const [what, sent, status, code] of cases) {
    void test(`${what} gets ${code}`, async () => {
      const answer = await send(sent);
      answers.set(what, answer);
      assert.deepEqual([answer.status, answer.code], [status, code], answer.text);
      assert.match(answer.requestId, /^[0-9a-f-]{36}$/);
      assert.doesNotMatch(answer.text, /\.ts\b|\n\s+at |MIGHAgEA/);
    });
  }

  void test('all of it is on record, with its error and without the key', async () => {
    using clients = clientsOf(world);
    const recorded = new Map<string, string>();
    for (let NextToken: string | undefined; ;) {
      const page = await clients.cloudtrail.send(new LookupEventsCommand({ NextToken }));
      for (const { CloudTrailEvent = '' } of page.Events ?? []) {
        const event = JSON.parse(CloudTrailEvent) as { requestID: string; errorCode?: string };
        recorded.set(event.requestID, event.errorCode ?? '');
        assert.ok(!CloudTrailEvent.includes('MIGHAgEA'));
      }
      ({ NextToken } = page);
      if (NextToken === undefined) break;
    }
    for (const [what, answer] of answers)
      assert.equal(recorded.get(answer.requestId), answer.code, what);
  });

  void test('nothing of it was logged, and the server goes on', async () => {
    assert.doesNotMatch(world.log(), /MIGHAgEA|"level":"error"/);
    assert.equal((await send(acm)).status, 200);
  });
});
