import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IssuerRefusal } from '../../../issuance/index.ts';
import { describe, issue, request, secret, testRoom, type TestRoom } from '../test-room.ts';

async function exported(room: TestRoom, DomainName = 'a.example'): Promise<string> {
  const arn = await issue(room, { DomainName, Options: { Export: 'ENABLED' } });
  await room.run('ExportCertificate', { CertificateArn: arn, Passphrase: secret('pass word') });
  return arn;
}

function revoke(
  room: TestRoom,
  CertificateArn: string,
  RevocationReason = 'KEY_COMPROMISE',
): Promise<{ CertificateArn?: string }> {
  return room.run('RevokeCertificate', { CertificateArn, RevocationReason });
}

test('a certificate that was exported is revoked, and says when and why', async () => {
  const room = await testRoom();
  const arn = await exported(room);
  assert.deepEqual(await revoke(room, arn), { CertificateArn: arn });
  const { Status, RevokedAt, RevocationReason, RenewalEligibility } = await describe(room, arn);
  assert.deepEqual(
    { Status, RevokedAt, RevocationReason, RenewalEligibility },
    {
      Status: 'REVOKED',
      RevokedAt: room.now,
      RevocationReason: 'KEY_COMPROMISE',
      RenewalEligibility: 'INELIGIBLE',
    },
  );
  assert.deepEqual([...room.revoked.values()], [1]);
  assert.deepEqual(room.told.at(-1), {
    arn,
    detailType: 'ACM Certificate Revoked',
    detail: {
      CertificateType: 'AMAZON_ISSUED',
      CommonName: 'a.example',
      CertificateExpirationDate: '2027-06-10T12:00:00Z',
      Exportable: true,
    },
  });
});

test('the permission depends on names and on where the key pair is from', async () => {
  const room = await testRoom();
  const arn = await exported(room);
  room.denied = (action) => action === 'acm:RevokeCertificate';
  await assert.rejects(revoke(room, arn), /not authorized/);
  assert.deepEqual(room.asked.at(-1), {
    action: 'acm:RevokeCertificate',
    resource: arn,
    context: { 'acm:CertificateKeyPairOrigin': 'AWS_MANAGED', 'acm:DomainNames': ['a.example'] },
  });
  assert.equal(room.revoked.size, 0);
});

test('all certificates of the ARN that still hold are revoked, and those that have ended are forgotten', async () => {
  const room = await testRoom();
  const arn = await exported(room);
  const renew = async (): Promise<void> => {
    await room.run('RenewCertificate', { CertificateArn: arn });
    await room.work();
    await room.run('ExportCertificate', { CertificateArn: arn, Passphrase: secret('pass word') });
  };
  await renew();
  room.pass({ days: 150 });
  await renew();
  await renew();
  room.pass({ days: 60 });
  await renew();
  const rows = await room.store.db
    .selectFrom('acm_former_certificate')
    .select('serial')
    .orderBy('serial')
    .execute();
  assert.deepEqual(
    rows.map(({ serial }) => serial),
    ['3', '4'],
  );
  await revoke(room, arn, 'SUPERSEDED');
  assert.deepEqual(
    [...room.revoked].map(([pem, reason]) => `${pem.split(' ')[1]}: ${reason}`),
    ['3: 4', '4: 4', '5: 4'],
  );
});

test('one that was never exported, was imported, or is pending is not revoked', async () => {
  const room = await testRoom();
  const never = { name: 'ValidationException' };
  await assert.rejects(revoke(room, await issue(room)), never);
  const pending = await request(room, { DomainName: 'b.example', Options: { Export: 'ENABLED' } });
  await assert.rejects(revoke(room, pending), never);
  const { CertificateArn = '' } = await room.run<{ CertificateArn?: string }>('ImportCertificate', {
    Certificate: Buffer.from('c.example'),
    PrivateKey: secret('key'),
  });
  await assert.rejects(revoke(room, CertificateArn), never);
  await assert.rejects(revoke(room, `${pending}0`), { name: 'ResourceNotFoundException' });
  assert.equal(room.revoked.size, 0);
});

test('one that is in use is not revoked, also when the use begins at the same moment', async () => {
  const room = await testRoom();
  const arn = await exported(room);
  const associate = (): Promise<void> =>
    room.as((call) =>
      room.acm.associations.associate(call, {
        certificateArn: arn,
        resourceArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/1',
        contextKey: 'aws:elasticloadbalancing:arn',
        refusedKeyAlgorithms: [],
      }),
    );
  room.beforeCommit = associate;
  await assert.rejects(revoke(room, arn), { name: 'ResourceInUseException' });
  await assert.rejects(revoke(room, arn), { name: 'ResourceInUseException' });
  assert.equal((await describe(room, arn)).Status, 'ISSUED');
});

test('one that is revoked stays so: not again, no renewal, no export, no use', async () => {
  const room = await testRoom();
  const arn = await exported(room);
  await room.run('RenewCertificate', { CertificateArn: arn });
  await revoke(room, arn);
  const before = room.issued;
  await room.work();
  room.pass({ days: 300 });
  await room.work();
  assert.equal(room.issued, before);
  const { Status, RenewalSummary } = await describe(room, arn);
  assert.equal(Status, 'REVOKED');
  assert.equal(RenewalSummary?.RenewalStatus, 'FAILED');
  await assert.rejects(revoke(room, arn), { name: 'ConflictException' });
  await assert.rejects(room.run('RenewCertificate', { CertificateArn: arn }), {
    name: 'ValidationException',
  });
  const Passphrase = secret('pass word');
  await assert.rejects(room.run('ExportCertificate', { CertificateArn: arn, Passphrase }), {
    name: 'ValidationException',
  });
  await room.run('DeleteCertificate', { CertificateArn: arn });
});

test('a renewal that is finished at the moment of the revocation is revoked with the others', async () => {
  const room = await testRoom();
  const arn = await exported(room);
  await room.run('RenewCertificate', { CertificateArn: arn });
  room.beforeCommit = async () => void (await room.work());
  await revoke(room, arn);
  assert.equal(room.revoked.size, 2);
});

test('reasons that are not for good are refused, and so is what another authority has to say', async () => {
  const room = await testRoom();
  const arn = await exported(room);
  for (const reason of ['CERTIFICATE_HOLD', 'REMOVE_FROM_CRL'])
    await assert.rejects(revoke(room, arn, reason), { name: 'ValidationException' });
  room.refusal = new IssuerRefusal('OTHER', 'another authority signed the certificate');
  await assert.rejects(revoke(room, arn), { name: 'ValidationException' });
  assert.equal((await describe(room, arn)).Status, 'ISSUED');
});
