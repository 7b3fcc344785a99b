import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BoundOperation } from './operation.ts';
import type { ServiceModel } from './model.ts';
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
