import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe, issue, request, secret, testRoom } from '../test-room.ts';

test('an exportable certificate comes with its encrypted key, and can then be renewed', async () => {
  const room = await testRoom();
  const arn = await issue(room, { Options: { Export: 'ENABLED' } });
  const { PrivateKey } = await room.run<{ PrivateKey: string }>('ExportCertificate', {
    CertificateArn: arn,
    Passphrase: secret('pass word'),
  });
  assert.equal(PrivateKey, 'encrypted key 1');
  assert.equal((await describe(room, arn)).RenewalEligibility, 'ELIGIBLE');
  await room.run('RenewCertificate', { CertificateArn: arn });
  await room.work();
  assert.equal((await describe(room, arn)).RenewalEligibility, 'INELIGIBLE');
});

test('a certificate that was not made for it, is pending, or is given a wrong passphrase is not exported', async () => {
  const room = await testRoom();
  const Passphrase = secret('pass word');
  await assert.rejects(
    room.run('ExportCertificate', { CertificateArn: await issue(room), Passphrase }),
    { name: 'ValidationException' },
  );
  const pending = await request(room, { DomainName: 'b.example', Options: { Export: 'ENABLED' } });
  await assert.rejects(room.run('ExportCertificate', { CertificateArn: pending, Passphrase }), {
    name: 'RequestInProgressException',
  });
  const arn = await issue(room, { DomainName: 'c.example', Options: { Export: 'ENABLED' } });
  for (const wrong of [
    'abc',
    'pass#word',
    'pässword',
    'password\n',
    'pass\0word',
    'x'.repeat(129),
  ]) {
    await assert.rejects(
      room.run('ExportCertificate', { CertificateArn: arn, Passphrase: secret(wrong) }),
      { name: 'ValidationException' },
    );
  }
});

test('the record of an export holds neither the passphrase nor the key', async () => {
  const room = await testRoom();
  const arn = await issue(room, { Options: { Export: 'ENABLED' } });
  room.audited.length = 0;
  await room.run('ExportCertificate', { CertificateArn: arn, Passphrase: secret('pass word') });
  const [parameters, elements] = room.audited as Record<string, unknown>[];
  const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';
  assert.deepEqual(parameters, { certificateArn: arn, passphrase: hidden });
  assert.equal(elements?.['privateKey'], hidden);
  assert.doesNotMatch(JSON.stringify(room.audited), /encrypted key|pass word/);
});
