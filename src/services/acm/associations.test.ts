import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { describe, issue, request, secret, testRoom, type TestRoom } from './test-room.ts';

const balancer =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123456789abcdef';
const other =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/fedcba9876543210';
const contextKey = 'aws:elasticloadbalancing:arn';

function associate(room: TestRoom, certificateArn: string, resourceArn = balancer): Promise<void> {
  return room.as((call) =>
    room.acm.associations.associate(call, {
      certificateArn,
      resourceArn,
      contextKey,
      refusedKeyAlgorithms: ['RSA_1024'],
    }),
  );
}

function disassociate(
  room: TestRoom,
  certificateArn: string,
  resourceArn = balancer,
): Promise<void> {
  return room.as((call) =>
    room.acm.associations.disassociate(call, { certificateArn, resourceArn }),
  );
}

async function keyOf(room: TestRoom, resourceArn = balancer): Promise<string> {
  const [material] = await room.acm.associations.materialFor(resourceArn);
  const { key } = JSON.parse(Buffer.from(material?.ciphertext ?? []).toString()) as { key: string };
  return key;
}

test('an association has a grant and a ciphertext for both ARNs, and shows in InUseBy', async () => {
  const room = await testRoom();
  const arn = await issue(room);
  await associate(room, arn);
  const both = { 'aws:acm:arn': arn, [contextKey]: balancer };
  assert.deepEqual([...room.grants.values()], [both]);
  const [material] = await room.acm.associations.materialFor(balancer);
  assert.deepEqual(JSON.parse(Buffer.from(material?.ciphertext ?? []).toString()), {
    context: both,
    key: 'key 1',
  });
  assert.equal(material?.grantId, [...room.grants.keys()][0]);
  const { InUseBy, RenewalEligibility } = await describe(room, arn);
  assert.deepEqual(
    { InUseBy, RenewalEligibility },
    { InUseBy: [balancer], RenewalEligibility: 'ELIGIBLE' },
  );
  assert.deepEqual(room.moved, [balancer]);
});

test('associating twice makes one grant; after a revocation, a new one', async () => {
  const room = await testRoom();
  const arn = await issue(room);
  await associate(room, arn);
  await associate(room, arn);
  assert.equal(room.grants.size, 1);
  const [before] = await room.acm.associations.materialFor(balancer);
  room.grants.clear();
  await associate(room, arn);
  const [after] = await room.acm.associations.materialFor(balancer);
  assert.deepEqual([...room.grants.keys()], [after?.grantId]);
  assert.ok((after?.revision ?? 0) > (before?.revision ?? 0));
  assert.deepEqual((await describe(room, arn)).InUseBy, [balancer]);
});

test('disassociation retires the grant, also one that is already gone', async () => {
  const room = await testRoom();
  const arn = await issue(room);
  await associate(room, arn);
  await associate(room, arn, other);
  await disassociate(room, arn);
  assert.deepEqual(
    [...room.grants.values()].map((each) => each[contextKey]),
    [other],
  );
  room.grants.clear();
  await disassociate(room, arn, other);
  await disassociate(room, arn, other);
  assert.deepEqual((await describe(room, arn)).InUseBy, []);
});

test('a caller who may not create grants cannot associate', async () => {
  const room = await testRoom();
  const arn = await issue(room);
  room.denied = (action) => action === 'kms:CreateGrant';
  await assert.rejects(associate(room, arn), { kind: 'access-denied' });
  assert.deepEqual((await describe(room, arn)).InUseBy, []);
});

test('only an issued certificate of the account can be associated', async () => {
  const room = await testRoom();
  await assert.rejects(associate(room, await request(room)), { name: 'UnfitForAssociation' });
  const { CertificateArn: weak } = await room.run<{ CertificateArn: string }>('ImportCertificate', {
    Certificate: Buffer.from('weak.example RSA_1024'),
    PrivateKey: secret('k'),
  });
  await assert.rejects(associate(room, weak), { name: 'UnfitForAssociation' });
  const absent =
    'arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-4000-8000-000000000000';
  await assert.rejects(associate(room, absent), { name: 'ResourceNotFoundException' });
});

test('a certificate in use cannot be deleted, also when the use begins at the same moment', async () => {
  const room = await testRoom();
  const arn = await issue(room);
  room.beforeCommit = () => associate(room, arn);
  await assert.rejects(room.run('DeleteCertificate', { CertificateArn: arn }), {
    name: 'ResourceInUseException',
    message: `Certificate ${arn} in account 111122223333 is in use.`,
  });
  await disassociate(room, arn);
  await room.run('DeleteCertificate', { CertificateArn: arn });
  await assert.rejects(describe(room, arn), {
    name: 'ResourceNotFoundException',
    message: `Could not find certificate ${arn} in account 111122223333.`,
  });
});

test('a certificate that is deleted meanwhile cannot be associated', async () => {
  const room = await testRoom();
  const arn = await issue(room);
  room.beforeCommit = async () =>
    void (await room.run('DeleteCertificate', { CertificateArn: arn }));
  await assert.rejects(associate(room, arn), { name: 'ResourceNotFoundException' });
  assert.equal(room.grants.size, 0);
});

test('RenewCertificate gives every association the new key under its old grant', async () => {
  const room = await testRoom();
  const arn = await issue(room);
  await assert.rejects(room.run('RenewCertificate', { CertificateArn: arn }), {
    name: 'ValidationException',
    message: `Certificate ARN ${arn} has not been exported so it is not eligible for the Renew Certificate API.`,
  });
  await associate(room, arn);
  await associate(room, arn, other);
  const grants = [...room.grants.keys()];
  const { Serial } = await describe(room, arn);
  await room.run('RenewCertificate', { CertificateArn: arn });
  await assert.rejects(room.run('RenewCertificate', { CertificateArn: arn }), {
    name: 'RequestInProgressException',
  });
  await room.work();
  const renewed = await describe(room, arn);
  assert.equal(renewed.RenewalSummary?.RenewalStatus, 'SUCCESS');
  assert.notEqual(renewed.Serial, Serial);
  assert.deepEqual([await keyOf(room), await keyOf(room, other)], ['key 2', 'key 2']);
  assert.deepEqual([...room.grants.keys()], grants);
});

test('an association that begins while a renewal is signed gets the new key too', async () => {
  const room = await testRoom();
  const arn = await issue(room);
  await associate(room, arn);
  await room.run('RenewCertificate', { CertificateArn: arn });
  const { sign } = room.ports.issuer;
  let raced = false;
  Object.assign(room.ports.issuer, {
    sign: async (...given: Parameters<typeof sign>) => {
      if (!raced) room.beforeCommit = () => associate(room, arn, other);
      raced = true;
      return sign(...given);
    },
  });
  await room.work();
  assert.deepEqual([await keyOf(room), await keyOf(room, other)], ['key 2', 'key 2']);
});

test('400 days: a certificate in use is renewed in time, again and again', async () => {
  const room = await testRoom();
  const arn = await issue(room);
  await associate(room, arn);
  for (let day = 0; day < 400; day++) {
    room.pass({ hours: 24 });
    await room.work();
    const { Status, NotAfter } = await describe(room, arn);
    assert.equal(Status, 'ISSUED');
    assert.ok(room.now.until(NotAfter ?? room.now).total('hours') >= 44 * 24);
  }
  assert.equal(room.keyPairs, 3);
});

test('a certificate that nobody uses is not renewed and expires', async () => {
  const room = await testRoom();
  const arn = await issue(room);
  for (let day = 0; day < 200; day++) {
    room.pass({ hours: 24 });
    await room.work();
  }
  assert.equal((await describe(room, arn)).Status, 'EXPIRED');
  assert.equal(room.keyPairs, 1);
});

test('a renewal without its records waits, and goes on when they are back', async () => {
  const room = await testRoom();
  const arn = await issue(room);
  await associate(room, arn);
  const records = [...room.records];
  room.records.clear();
  room.pass({ hours: 24 * 154 });
  await room.work();
  const waiting = (await describe(room, arn)).RenewalSummary;
  assert.equal(waiting?.RenewalStatus, 'PENDING_VALIDATION');
  assert.equal(waiting?.DomainValidationOptions[0]?.ValidationStatus, 'PENDING_VALIDATION');
  for (const [name, value] of records) room.records.set(name, value);
  room.pass({ hours: 1 });
  await room.work();
  assert.equal((await describe(room, arn)).RenewalSummary?.RenewalStatus, 'SUCCESS');
});

test('a certificate that was tampered with is no longer served, the others are', async () => {
  const room = await testRoom();
  const [bent, good] = [await issue(room), await issue(room, { DomainName: 'b.example' })];
  for (const arn of [bent, good]) await associate(room, arn);
  const bend = room.store.database.prepare(
    `UPDATE acm_association SET grant_id = 'another' WHERE certificate_arn = ?`,
  );
  bend.run(bent);
  await setImmediate();
  const served = await room.acm.associations.materialFor(balancer);
  assert.deepEqual(
    served.map(({ certificateArn }) => certificateArn),
    [good],
  );
  assert.deepEqual(
    room.broken.map(({ owner }) => owner),
    [bent],
  );
});
