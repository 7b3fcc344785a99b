import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BoundOperation, Identify } from './operation.ts';
import { AwsError } from './errors.ts';
import type { ServiceModel } from './model.ts';
import type { HttpRequestLike } from './http/messages.ts';
import { parsePolicy } from './policy/parse.ts';
import type { WebIdentityPrincipal } from './principal.ts';
import {
  account,
  fakeService,
  jsonOf,
  testEdge,
  type TestEdge,
  type TestRequest,
} from './test-edge.ts';

const model = {
  apiVersion: '2026-01-01',
  protocol: 'json',
  targetPrefix: 'Fake',
  operations: { PutThing: { input: 'In', method: 'POST', uri: '/', errors: [] } },
  shapes: { In: { type: 'structure', members: {} } },
} as const satisfies ServiceModel;

const allowed: BoundOperation = async (_input, call) => {
  await call.authorize('acm:PutThing', `arn:aws:acm:eu-west-1:${account}:certificate/1`);
};
const put = { service: 'acm', target: 'Fake.PutThing', body: '{}' };
const forged: TestRequest = { ...put, secretAccessKey: 'guessed' };
const unknown: TestRequest = { ...put, accessKeyId: 'AKIANOBODY' };

const newEdge = (): TestEdge => testEdge([fakeService(model, 'acm', { PutThing: allowed })]);

async function flood(edge: TestEdge, request: TestRequest, times: number): Promise<string[]> {
  const answers = await Promise.all(Array.from({ length: times }, () => edge.send(request)));
  return answers.map((answer) => String(jsonOf(answer)['__type']));
}

test('what a flood of calls that nobody signed leaves on record is bounded, and the rest is counted', async () => {
  const edge = newEdge();
  const codes = await flood(edge, unknown, 1_500);
  assert.equal(codes.filter((code) => code === 'UnrecognizedClientException').length, 1_000);
  assert.equal(codes.filter((code) => code === 'ThrottlingException').length, 500);
  assert.equal(edge.records.length, 1_000);
  edge.monotonic += 50;
  await edge.send(unknown);
  assert.deepEqual(edge.records.at(-1)?.additionalEventData, { refusedWithoutRecord: 500 });
});

test('who knows an access key id only cannot fill its account with records', async () => {
  const edge = newEdge();
  await flood(edge, forged, 1_200);
  assert.equal(
    edge.records.filter(({ recipientAccountId }) => recipientAccountId === account).length,
    1_000,
  );
});

test('a flood of unsigned calls neither throttles nor hides those that are signed', async () => {
  const edge = newEdge();
  await flood(edge, unknown, 1_100);
  assert.equal((await edge.send(put)).status, 200);
  edge.policies = [];
  const denied = await flood(edge, put, 20);
  assert.ok(denied.every((code) => code === 'AccessDeniedException'));
  assert.equal(edge.records.length, 1_000 + 1 + 20);
});

const visitor: WebIdentityPrincipal = {
  type: 'web-identity',
  account,
  principalId: 'provider:audience:subject',
  provider: `arn:aws:iam::${account}:oidc-provider/id.test`,
  audience: 'audience',
  subject: 'subject',
  conditionKeys: { 'id.test:sub': 'subject' },
  session: { tags: [], transitiveTagKeys: [], sourceIdentity: undefined },
};

/** Which nobody signs: a role that trusts whoever the provider calls `subject`. */
function newUnsignedEdge(identify: Identify, sub = 'subject'): TestEdge {
  const resourcePolicy = parsePolicy(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Federated: visitor.provider },
        Action: 'sts:PutThing',
        Condition: { StringEquals: { 'id.test:sub': sub } },
      },
    }),
    'trust',
  );
  const details = { resourcePolicy, resourcePolicyDecides: true };
  const run: BoundOperation = async (_input, call) => {
    await call.authorize('sts:PutThing', `arn:aws:iam::${account}:role/r`, details);
  };
  const unsigned = new Map([['PutThing', identify]]);
  return testEdge([fakeService(model, 'acm', { PutThing: run }, { unsigned })]);
}

test('an operation that nobody signs is done for whom its input proves, whatever signature comes with it', async () => {
  const edge = newUnsignedEdge(async () => visitor);
  assert.equal((await edge.send(forged)).status, 200);
  const unsigned = { ...put, tamper: withoutSignature };
  assert.equal((await edge.send(unsigned)).status, 200);
  assert.deepEqual(edge.records.at(-1)?.userIdentity, {
    type: 'WebIdentityUser',
    principalId: visitor.principalId,
    userName: 'subject',
    identityProvider: visitor.provider,
  });
});

test('a flood of inputs that prove nothing is recorded up to a bound, and keeps nobody out', async () => {
  let isProved = false;
  const edge = newUnsignedEdge(async () => {
    if (!isProved) throw new AwsError('InvalidIdentityToken', 'not this one');
    return visitor;
  });
  const codes = await flood(edge, put, 1_200);
  assert.equal(codes.filter((code) => code === 'InvalidIdentityToken').length, 1_000);
  assert.equal(codes.filter((code) => code === 'ThrottlingException').length, 200);
  assert.equal(edge.records.length, 1_000);
  isProved = true;
  assert.equal((await edge.send(put)).status, 200);
  assert.equal(edge.records.length, 1_001);
});

test('a flood of those who are vouched for, but let in nowhere, is bounded in the same way', async () => {
  const edge = newUnsignedEdge(async () => visitor, 'another');
  const codes = await flood(edge, put, 1_200);
  assert.equal(codes.filter((code) => code === 'AccessDeniedException').length, 1_000);
  assert.equal(codes.filter((code) => code === 'ThrottlingException').length, 200);
  assert.equal(edge.records.length, 1_000);
});

function withoutSignature(request: HttpRequestLike): HttpRequestLike {
  const { rawHeaders } = request;
  const at = rawHeaders.findIndex((name) => name.toLowerCase() === 'authorization');
  return { ...request, rawHeaders: rawHeaders.toSpliced(at, 2) };
}
