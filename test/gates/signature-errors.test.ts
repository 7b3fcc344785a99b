import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { test } from 'node:test';
import type { HttpAnswer, HttpRequestLike } from '../../src/aws/http/messages.ts';
import type { ServiceModel } from '../../src/aws/model.ts';
import {
  accessKeyId,
  fakeService,
  secretAccessKey,
  sessionKeyId,
  sessionToken,
  signed,
  testEdge,
  type TestRequest,
} from '../../src/aws/test-edge.ts';
import { presign } from '../../src/aws/test-presign.ts';
import { model as acm } from '../../src/services/acm/model.ts';
import { model as cloudtrail } from '../../src/services/cloudtrail/model.ts';
import { model as elasticloadbalancing } from '../../src/services/elbv2/model.ts';
import { model as holdfast } from '../../src/services/gateway-feed/model.ts';
import { model as iam } from '../../src/services/iam/model.ts';
import { model as kms } from '../../src/services/kms/model.ts';
import { model as route53 } from '../../src/services/route53/model.ts';
import { model as sts } from '../../src/services/sts/model.ts';

/** By signing name. */
const models: Readonly<Record<string, ServiceModel>> = {
  acm,
  cloudtrail,
  elasticloadbalancing,
  holdfast,
  iam,
  kms,
  route53,
  sts,
};

type Names = Readonly<Record<ServiceModel['protocol'], readonly [status: number, code: string]>>;

const both = (json: string, xml: string, xmlStatus = 403): Names => ({
  json: [400, json],
  query: [xmlStatus, xml],
  'rest-xml': [xmlStatus, xml],
});
const missing = both('MissingAuthenticationTokenException', 'MissingAuthenticationToken');
const incomplete = both('IncompleteSignatureException', 'IncompleteSignature', 400);
const unknownKey = both('UnrecognizedClientException', 'InvalidClientTokenId');
const wrong = both('InvalidSignatureException', 'SignatureDoesNotMatch');
const expiredToken = both('ExpiredTokenException', 'ExpiredToken');
const expiredRequest = both('RequestExpired', 'RequestExpired', 400);

interface Situation {
  readonly names: Names;
  readonly text: string;
  readonly request: (edge: Edge, plain: TestRequest) => HttpRequestLike | Promise<HttpRequestLike>;
}
type Edge = ReturnType<typeof testEdge>;

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const invalidToken = 'The security token included in the request is invalid.';

/** @see AWS "Common Errors" of each service; texts as AWS's services send them */
const situations: Readonly<Record<string, Situation>> = {
  'no signature': {
    names: missing,
    text: 'issing Authentication Token',
    request: (edge, plain) => without(signed(plain, edge.now), 'authorization'),
  },
  'a header without a signature': {
    names: incomplete,
    text: "Authorization header requires 'Signature' parameter.",
    request: authorization(/, Signature=.*/, ''),
  },
  'a header without a credential': {
    names: incomplete,
    text: "Authorization header requires 'Credential' parameter.",
    request: authorization(/Credential=[^,]*, /, ''),
  },
  'the header twice': {
    names: incomplete,
    text: 'Authorization header has a part that is not of the form name=value, or the same one twice.',
    request: (edge, plain) => doubled(signed(plain, edge.now), 'authorization'),
  },
  'a credential without a scope': {
    names: incomplete,
    text: 'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term',
    request: (edge, plain) =>
      authorization(`/${plain.service}/aws4_request`, `/${plain.service}`)(edge, plain),
  },
  'neither of the dates': {
    names: incomplete,
    text: "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    request: (edge, plain) => without(signed(plain, edge.now), 'x-amz-date'),
  },
  'a date that is none': {
    names: incomplete,
    text: "Date must be in ISO-8601 'basic format'. Got '20261124T129900Z'.",
    request: (edge, plain) => withHeader(signed(plain, edge.now), 'x-amz-date', '20261124T129900Z'),
  },
  'a date twice': {
    names: incomplete,
    text: "Date must be in ISO-8601 'basic format'. Got '20261124…'.",
    request: (edge, plain) => doubled(signed(plain, edge.now), 'x-amz-date'),
  },
  'an access key that is not there': {
    names: unknownKey,
    text: invalidToken,
    request: (edge, plain) => signed({ ...plain, accessKeyId: 'AKIANOBODY' }, edge.now),
  },
  'a token for a key that has none': {
    names: unknownKey,
    text: invalidToken,
    request: (edge, plain) => signed({ ...plain, sessionToken: 'x' }, edge.now),
  },
  'a session without its token': {
    names: unknownKey,
    text: invalidToken,
    request: (edge, plain) => signed({ ...plain, accessKeyId: sessionKeyId }, edge.now),
  },
  'a session that has ended': {
    names: expiredToken,
    text: 'The security token included in the request is expired',
    request: (edge, plain) => {
      edge.now = edge.now.add({ minutes: 31 });
      return signed({ ...plain, accessKeyId: sessionKeyId, sessionToken }, edge.now);
    },
  },
  'another secret': {
    names: wrong,
    text: mismatch,
    request: (edge, plain) => signed({ ...plain, secretAccessKey: 'guessed' }, edge.now),
  },
  'another body': {
    names: wrong,
    text: mismatch,
    request: (edge, plain) => ({ ...signed(plain, edge.now), body: Buffer.from('{ }') }),
  },
  'a host twice': {
    names: wrong,
    text: mismatch,
    request: (edge, plain) => doubled(signed(plain, edge.now), 'host'),
  },
  'a header that is not signed': {
    names: wrong,
    text: "'x-amz-more' must be a 'SignedHeader' in the AWS Authorization.",
    request: (edge, plain) => withHeader(signed(plain, edge.now), 'x-amz-more', 'x'),
  },
  'a host that is not signed': {
    names: wrong,
    text: "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    request: authorization('host;', ''),
  },
  'a signature of long ago': {
    names: wrong,
    text: 'Signature expired: 20261124T114459Z is now earlier than 20261124T114500Z (20261124T120000Z - 15 min.)',
    request: (edge, plain) => signed(plain, edge.now.subtract({ minutes: 15, seconds: 1 })),
  },
  'a signature of the future': {
    names: wrong,
    text: 'Signature not yet current: 20261124T121501Z is still later than 20261124T121500Z (20261124T120000Z + 15 min.)',
    request: (edge, plain) => signed(plain, edge.now.add({ minutes: 15, seconds: 1 })),
  },
  'a scope of another day': {
    names: wrong,
    text: "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261123' != '20261124', from '20261124T120000Z'.",
    request: authorization('/20261124/', '/20261123/'),
  },
  'a scope of no Region': {
    names: wrong,
    text: 'Credential should be scoped to a valid region.',
    request: authorization('/eu-west-1/', '/moon/'),
  },
  'a scope that ends otherwise': {
    names: wrong,
    text: "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.",
    request: authorization('aws4_request', 'aws5_request'),
  },
  'a presigned request that has expired': {
    names: expiredRequest,
    text: 'Request has expired.',
    request: (edge, { service }) =>
      presign(
        { query: {}, service },
        { accessKeyId, secretAccessKey },
        edge.now.subtract({ seconds: 61 }),
      ),
  },
};

/** The smallest request of a service: what comes behind the signature is nobody's affair here. */
function plainRequest(service: string, model: ServiceModel): TestRequest {
  const [name] = Object.keys(model.operations);
  return model.protocol === 'json'
    ? { service, target: `${model.targetPrefix}.${name}`, body: '{}' }
    : { service, form: `Action=${name}&Version=${model.apiVersion}` };
}

for (const [service, model] of Object.entries(models))
  test(`${service} refuses each sort of wrong signature by its own name`, async () => {
    const plain = plainRequest(service, model);
    for (const [what, { names, text, request }] of Object.entries(situations)) {
      const edge = testEdge([fakeService(model, service, {})]);
      const sent = await request(edge, plain);
      const isRest = model.protocol === 'rest-xml' && what === 'no signature';
      const answer = await edge.pipeline.handle(
        // Without a scope it is the path that tells a REST service.
        isRest ? { ...sent, target: `/${model.apiVersion}/` } : sent,
      );
      const [status, code] = names[model.protocol];
      const told = errorOf(answer);
      assert.deepEqual([what, answer.status, told.code], [what, status, code]);
      assert.ok(told.message.endsWith(text), `${what}: ${told.message}`);
      assert.match(answer.headers['x-amzn-requestid'] ?? '', /^[0-9a-f-]{36}$/);
    }
  });

test('a Date header takes the place of X-Amz-Date, in either form', async () => {
  for (const date of ['20261124T120000Z', 'Tue, 24 Nov 2026 12:00:00 GMT']) {
    const edge = testEdge([
      fakeService(kms, 'kms', { ListKeys: async (_, call) => call.needsNoPermission() }),
    ]);
    const answer = await edge.pipeline.handle(signedByDate(date));
    assert.equal(answer.status, 200, `${date}: ${Buffer.from(answer.body).toString()}`);
  }
});

function errorOf({ body, headers }: HttpAnswer): { code: string; message: string } {
  const text = Buffer.from(body).toString();
  if (headers['content-type']?.includes('json') === true) {
    const { __type: code = '', message, Message } = JSON.parse(text);
    return { code, message: message ?? Message };
  }
  const inside = (element: string): string =>
    new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(text)?.[1] ?? '';
  return {
    code: inside('Code'),
    message: inside('Message').replaceAll('&apos;', "'").replaceAll('&quot;', '"'),
  };
}

function authorization(from: string | RegExp, to: string): Situation['request'] {
  return (edge, plain) => {
    const request = signed(plain, edge.now);
    return withHeader(
      request,
      'authorization',
      headerOf(request, 'authorization').replace(from, to),
    );
  };
}

function headerOf({ rawHeaders }: HttpRequestLike, name: string): string {
  return rawHeaders[rawHeaders.indexOf(name) + 1]!;
}

function without(request: HttpRequestLike, name: string): HttpRequestLike {
  const at = request.rawHeaders.indexOf(name);
  return { ...request, rawHeaders: request.rawHeaders.toSpliced(at, 2) };
}

function withHeader(request: HttpRequestLike, name: string, value: string): HttpRequestLike {
  const rest = request.rawHeaders.includes(name) ? without(request, name) : request;
  return { ...rest, rawHeaders: [...rest.rawHeaders, name, value] };
}

function doubled(request: HttpRequestLike, name: string): HttpRequestLike {
  return { ...request, rawHeaders: [...request.rawHeaders, name, headerOf(request, name)] };
}

/** Signs without X-Amz-Date, as the signer of the product never does. @see AWS "Create a signed AWS API request" */
function signedByDate(date: string): HttpRequestLike {
  const target = 'TrentService.ListKeys';
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string): Buffer =>
    createHmac('sha256', key).update(text).digest();
  const names = 'date;host;x-amz-target';
  const canonical = [
    'POST',
    '/',
    '',
    `date:${date}`,
    'host:localhost',
    `x-amz-target:${target}`,
    '',
    names,
    sha256('{}'),
  ].join('\n');
  const scope = '20261124/eu-west-1/kms/aws4_request';
  const toSign = ['AWS4-HMAC-SHA256', '20261124T120000Z', scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const signature = hmac(key, toSign).toString('hex');
  const header = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  const rawHeaders = ['host', 'localhost', 'date', date, 'x-amz-target', target];
  return {
    method: 'POST',
    target: '/',
    rawHeaders: [...rawHeaders, 'authorization', header],
    body: Buffer.from('{}'),
    remoteAddress: '192.0.2.7',
    signal: new AbortController().signal,
  };
}
