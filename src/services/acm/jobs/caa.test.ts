import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe, issue, prove, request, testRoom, type TestRoom } from '../test-room.ts';

const balancer =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/50dc6c495c0c9188';
const forbidden = {
  verdict: 'forbidden',
  reasons: ['a.example: the CAA records at a.example forbid it'],
} as const;
const unknown = { verdict: 'unknown', reasons: ['a.example: no resolver answers'] } as const;

function obstacles(room: TestRoom): unknown {
  const row = room.store.database.prepare('SELECT obstacles FROM acm_finding').get();
  return JSON.parse(String(row?.['obstacles']));
}

async function later(room: TestRoom, duration: Temporal.DurationLike): Promise<void> {
  room.now = room.now.add(duration);
  await room.work();
}

test('what is in the way of a pending certificate is kept', async () => {
  const room = await testRoom();
  const arn = await request(room);
  await room.work();
  const [options] = (await describe(room, arn)).DomainValidationOptions ?? [];
  assert.deepEqual(obstacles(room), [`there is no CNAME at ${options?.ResourceRecord?.Name}`]);
});

test('CAA records that forbid it fail a request once its names are proved, and nothing is ordered', async () => {
  const room = await testRoom();
  room.caa = forbidden;
  const arn = await request(room);
  await room.work();
  assert.equal((await describe(room, arn)).Status, 'PENDING_VALIDATION');
  await prove(room, arn);
  await later(room, { minutes: 1 });
  const { Status, FailureReason } = await describe(room, arn);
  assert.deepEqual({ Status, FailureReason }, { Status: 'FAILED', FailureReason: 'CAA_ERROR' });
  assert.equal(room.keyPairs, 0);
  assert.deepEqual(obstacles(room), forbidden.reasons);
});

test('while the DNS does not say who may issue, a request waits, and no longer than its 72 hours', async () => {
  const room = await testRoom();
  room.caa = unknown;
  const arns = [await request(room), await request(room, { DomainName: 'b.example' })];
  for (const arn of arns) await prove(room, arn);
  await room.work();
  assert.equal((await describe(room, arns[0] ?? '')).Status, 'PENDING_VALIDATION');
  assert.deepEqual(obstacles(room), unknown.reasons);
  room.caa = { verdict: 'allowed', reasons: [] };
  await later(room, { minutes: 1 });
  assert.equal((await describe(room, arns[0] ?? '')).Status, 'ISSUED');

  room.caa = unknown;
  const late = await request(room, { DomainName: 'c.example' });
  await prove(room, late);
  await room.work();
  await later(room, { hours: 72 });
  const { Status, FailureReason } = await describe(room, late);
  assert.deepEqual({ Status, FailureReason }, { Status: 'FAILED', FailureReason: 'CAA_ERROR' });
});

test('CAA records are looked at again for a renewal, which they fail, and the certificate goes on', async () => {
  const room = await testRoom();
  const arn = await issue(room);
  await room.as((call) =>
    room.acm.associations.associate(call, {
      certificateArn: arn,
      resourceArn: balancer,
      contextKey: 'aws:elasticloadbalancing:arn',
      refusedKeyAlgorithms: [],
    }),
  );
  room.caa = forbidden;
  await later(room, { hours: 24 * 160 });
  const renewing = await describe(room, arn);
  assert.equal(renewing.Status, 'ISSUED');
  assert.equal(renewing.RenewalSummary?.RenewalStatus, 'FAILED');
  assert.equal(renewing.RenewalSummary?.RenewalStatusReason, 'CAA_ERROR');

  room.caa = { verdict: 'allowed', reasons: [] };
  await later(room, { hours: 25 });
  assert.equal((await describe(room, arn)).RenewalSummary?.RenewalStatus, 'SUCCESS');
});
