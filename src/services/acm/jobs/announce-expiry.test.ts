import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issue, secret, testRoom, type TestRoom } from '../test-room.ts';

/** What was told on each of so many days. */
async function days(room: TestRoom, count: number): Promise<string[][]> {
  const told: string[][] = [];
  for (let day = 0; day < count; day++) {
    const before = room.told.length;
    room.pass({ hours: 24 });
    await room.work();
    told.push(
      room.told
        .slice(before)
        .map(({ detailType, detail }) => `${detailType} ${detail['DaysToExpiry'] ?? ''}`.trim()),
    );
  }
  return told;
}

const importCertificate = (room: TestRoom, more = {}) =>
  room.run<{ CertificateArn: string }>('ImportCertificate', {
    Certificate: Buffer.from('a.example'),
    PrivateKey: secret('key'),
    ...more,
  });

test('what is issued and imported is told as available, in the words of EventBridge', async () => {
  const room = await testRoom();
  const arn = await issue(room);
  const { CertificateArn } = await importCertificate(room);
  await importCertificate(room, { CertificateArn });
  const times = {
    CertificateCreatedDate: '2026-11-24T12:00:00Z',
    CertificateExpirationDate: '2027-06-10T12:00:00Z',
    DaysToExpiry: 198,
  };
  const use = { InUse: false, Exported: false };
  const detailType = 'ACM Certificate Available';
  const imported = { CertificateType: 'IMPORTED', CommonName: 'a.example', ...times, ...use };
  assert.deepEqual(room.told, [
    {
      arn,
      detailType,
      detail: {
        Action: 'ISSUANCE',
        CertificateType: 'AMAZON_ISSUED',
        CommonName: 'a.example',
        DomainValidationMethod: 'DNS',
        ...times,
        ...use,
      },
    },
    { arn: CertificateArn, detailType, detail: { Action: 'IMPORT', ...imported } },
    { arn: CertificateArn, detailType, detail: { Action: 'REIMPORT', ...imported } },
  ]);
});

test('an imported certificate is said to end once a day from 45 days before, and not that it has ended', async () => {
  const room = await testRoom();
  await importCertificate(room);
  const told = await days(room, 200);
  const approaching = Array.from(
    { length: 45 },
    (_, day) => `ACM Certificate Approaching Expiration ${45 - day}`,
  );
  assert.deepEqual(told.flat(), approaching);
  assert.deepEqual(told[152], [approaching[0]]);
});

test('DaysBeforeExpiry holds for certificates of before, too', async () => {
  const room = await testRoom();
  await importCertificate(room);
  await days(room, 100);
  for (const [DaysBeforeExpiry, count, expected] of [
    [90, 10, ['90', '89', '88']],
    [1, 80, []],
  ] as const) {
    await room.run('PutAccountConfiguration', {
      IdempotencyToken: `t${DaysBeforeExpiry}`,
      ExpiryEvents: { DaysBeforeExpiry },
    });
    const told = (await days(room, count)).flat();
    assert.deepEqual(
      told.map((each) => each.split(' ').at(-1)),
      expected,
    );
  }
});

test('a renewal that waits for somebody is told 30, 15, 3 and 1 days before the end, and at last that it has ended', async () => {
  const room = await testRoom();
  const arn = await issue(room);
  room.records.clear();
  await room.as((call) =>
    room.acm.associations.associate(call, {
      certificateArn: arn,
      resourceArn:
        'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/0123456789abcdef',
      contextKey: 'aws:elasticloadbalancing:arn',
      refusedKeyAlgorithms: [],
    }),
  );
  const told = (await days(room, 200)).flat();
  const action = told.filter((each) => each.includes('Action Required'));
  assert.deepEqual(
    action,
    [30, 15, 3, 1].map((day) => `ACM Certificate Renewal Action Required ${day}`),
  );
  assert.equal(told.filter((each) => each.includes('Approaching')).length, 30);
  assert.equal(told.at(-1), 'ACM Certificate Expired');
  assert.deepEqual(room.failures, ['renewal']);
});
