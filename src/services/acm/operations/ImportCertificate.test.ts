import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe, issue, secret, testRoom, type TestRoom } from '../test-room.ts';

async function importCertificate(
  room: TestRoom,
  certificate: string,
  input: Record<string, unknown> = {},
): Promise<string> {
  const { CertificateArn } = await room.run<{ CertificateArn: string }>('ImportCertificate', {
    Certificate: Buffer.from(certificate),
    PrivateKey: secret(`key of ${certificate}`),
    ...input,
  });
  return CertificateArn;
}

test('an import is issued at once and never eligible for renewal', async () => {
  const room = await testRoom();
  const arn = await importCertificate(room, 'a.example EC_prime256v1');
  const {
    Status,
    Type,
    RenewalEligibility,
    DomainValidationOptions,
    KeyAlgorithm,
    CertificateKeyPairOrigin,
  } = await describe(room, arn);
  assert.deepEqual(
    {
      Status,
      Type,
      RenewalEligibility,
      DomainValidationOptions,
      KeyAlgorithm,
      CertificateKeyPairOrigin,
    },
    {
      Status: 'ISSUED',
      Type: 'IMPORTED',
      RenewalEligibility: 'INELIGIBLE',
      DomainValidationOptions: [{ DomainName: 'a.example' }],
      KeyAlgorithm: 'EC-prime256v1',
      CertificateKeyPairOrigin: 'CUSTOMER_PROVIDED',
    },
  );
  await assert.rejects(
    room.run('ExportCertificate', { CertificateArn: arn, Passphrase: secret('pass word') }),
    {
      message: `Certificate ARN: ${arn} is not a private certificate`,
    },
  );
});

test('a reimport keeps ARN, tags and associations, which get the new key', async () => {
  const room = await testRoom();
  const arn = await importCertificate(room, 'a.example', { Tags: [{ Key: 'team', Value: 'a' }] });
  const resourceArn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/1';
  await room.as((call) =>
    room.acm.associations.associate(call, {
      certificateArn: arn,
      resourceArn,
      contextKey: 'aws:elasticloadbalancing:arn',
      refusedKeyAlgorithms: [],
    }),
  );
  room.pass({ hours: 1 });
  assert.equal(
    await importCertificate(room, 'a.example', {
      CertificateArn: arn,
      PrivateKey: secret('new key'),
    }),
    arn,
  );
  const [material] = await room.acm.associations.materialFor(resourceArn);
  assert.match(Buffer.from(material?.ciphertext ?? []).toString(), /"key":"new key"/);
  assert.deepEqual(await room.run('ListTagsForCertificate', { CertificateArn: arn }), {
    Tags: [{ Key: 'team', Value: 'a' }],
  });
});

test('a reimport is refused for another key type, other names only, tags, or a certificate that was requested', async () => {
  const room = await testRoom();
  const arn = await importCertificate(room, 'a.example');
  await assert.rejects(importCertificate(room, 'a.example RSA_4096', { CertificateArn: arn }), {
    name: 'ValidationException',
  });
  await assert.rejects(importCertificate(room, 'b.example', { CertificateArn: arn }), {
    name: 'ValidationException',
  });
  await assert.rejects(
    importCertificate(room, 'a.example', { CertificateArn: arn, Tags: [{ Key: 'a' }] }),
    { name: 'InvalidParameterException' },
  );
  await assert.rejects(
    importCertificate(room, 'a.example', { CertificateArn: await issue(room) }),
    { name: 'ValidationException' },
  );
  const absent = arn.replace(/.$/, arn.endsWith('0') ? '1' : '0');
  await assert.rejects(importCertificate(room, 'a.example', { CertificateArn: absent }), {
    name: 'ResourceNotFoundException',
    message: `Could not find certificate ${absent}.`,
  });
});

test('a key that does not match is refused and nothing is kept', async () => {
  const room = await testRoom();
  await assert.rejects(importCertificate(room, 'a.example', { PrivateKey: secret('other') }), {
    name: 'ValidationException',
  });
  assert.deepEqual(await room.run('ListCertificates', {}), {
    CertificateSummaryList: [],
    NextToken: undefined,
  });
});
