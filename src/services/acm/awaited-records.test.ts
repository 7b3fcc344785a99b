import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe, prove, request, testRoom, type TestRoom } from './test-room.ts';

/** Checks that found nothing, until the next one is most of a minute away. */
async function waitInVain(room: TestRoom): Promise<void> {
  for (let checks = 0; checks < 8; checks += 1) {
    await room.work();
    room.pass({ seconds: 60 });
  }
  await room.work();
}

async function appear(room: TestRoom, arn: string): Promise<void> {
  const { DomainValidationOptions = [] } = await describe(room, arn);
  const names = DomainValidationOptions.flatMap(({ ResourceRecord }) => ResourceRecord?.Name ?? []);
  await room.as(async (call) => room.acm.recordsAppeared(call.change, names, room.now));
}

test('a record that appears is looked for at once, however long the wait had become', async () => {
  const room = await testRoom();
  const arn = await request(room);
  await waitInVain(room);
  await prove(room, arn);
  await room.work();
  assert.equal((await describe(room, arn)).Status, 'PENDING_VALIDATION');
  await appear(room, arn);
  await room.work();
  assert.equal((await describe(room, arn)).Status, 'ISSUED');
});

test('records of other names disturb nobody', async () => {
  const room = await testRoom();
  const arn = await request(room);
  await waitInVain(room);
  await prove(room, arn);
  await room.as(async (call) => room.acm.recordsAppeared(call.change, ['_x.b.example.'], room.now));
  await room.work();
  assert.equal((await describe(room, arn)).Status, 'PENDING_VALIDATION');
});

test('a name and its wildcard wait for one record, and a deleted certificate for none', async () => {
  const room = await testRoom();
  const arn = await request(room, { SubjectAlternativeNames: ['*.a.example'] });
  await room.run('DeleteCertificate', { CertificateArn: arn });
  const other = await request(room, { SubjectAlternativeNames: ['*.a.example'] });
  await waitInVain(room);
  await prove(room, other);
  await appear(room, other);
  await room.work();
  assert.equal((await describe(room, other)).Status, 'ISSUED');
});

test('a record that appears during a look-up is looked for again, and nothing fails', async () => {
  const room = await testRoom();
  const arn = await request(room);
  const { domainControl } = room.ports;
  const checkControl = domainControl.checkControl.bind(domainControl);
  let isFirst = true;
  domainControl.checkControl = async (query) => {
    const answer = await checkControl(query);
    if (isFirst) {
      isFirst = false;
      await prove(room, arn);
      await appear(room, arn);
    }
    return answer;
  };
  const [job] = await room.startDueJobs();
  await job;
  await room.work();
  assert.equal((await describe(room, arn)).Status, 'ISSUED');
  assert.deepEqual(room.warnings, []);
});
