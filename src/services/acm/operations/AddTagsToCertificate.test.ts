import assert from 'node:assert/strict';
import { test } from 'node:test';
import { request, testRoom } from '../test-room.ts';

test('tags are added, overwritten and removed by key, or by key and value', async () => {
  const room = await testRoom();
  const CertificateArn = await request(room);
  const tags = async () =>
    (
      await room.run<{ Tags: { Key: string; Value: string }[] }>('ListTagsForCertificate', {
        CertificateArn,
      })
    ).Tags.map((tag) => `${tag.Key}=${tag.Value}`);
  await room.run('AddTagsToCertificate', {
    CertificateArn,
    Tags: [{ Key: 'a', Value: '1' }, { Key: 'b' }],
  });
  await room.run('AddTagsToCertificate', { CertificateArn, Tags: [{ Key: 'a', Value: '2' }] });
  assert.deepEqual(await tags(), ['a=2', 'b=']);
  await room.run('RemoveTagsFromCertificate', {
    CertificateArn,
    Tags: [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '' },
    ],
  });
  assert.deepEqual(await tags(), ['a=2']);
  await room.run('RemoveTagsFromCertificate', { CertificateArn, Tags: [{ Key: 'a' }] });
  assert.deepEqual(await tags(), []);
});

test('fifty tags are the most, also when two calls add at once', async () => {
  const room = await testRoom();
  const CertificateArn = await request(room);
  const Tags = Array.from({ length: 26 }, (_, n) => ({ Key: `k${n}` }));
  const others = Tags.map(({ Key }) => ({ Key: `o${Key}` }));
  room.beforeCommit = async () =>
    void (await room.run('AddTagsToCertificate', { CertificateArn, Tags: others }));
  await assert.rejects(room.run('AddTagsToCertificate', { CertificateArn, Tags }), {
    name: 'TooManyTagsException',
  });
});

test('the tags of the certificate are seen by authorization', async () => {
  const room = await testRoom();
  const CertificateArn = await request(room, { Tags: [{ Key: 'team', Value: 'a' }] });
  await room.run('DescribeCertificate', { CertificateArn });
  assert.deepEqual(room.asked.at(-1)?.context, { 'aws:ResourceTag/team': 'a' });
});

test('the account configuration is 45 days, or what was put, once per token', async () => {
  const room = await testRoom();
  const days = async () =>
    (await room.run<{ ExpiryEvents: { DaysBeforeExpiry: number } }>('GetAccountConfiguration', {}))
      .ExpiryEvents.DaysBeforeExpiry;
  assert.equal(await days(), 45);
  await assert.rejects(room.run('PutAccountConfiguration', { IdempotencyToken: 'a' }), {
    name: 'ValidationException',
    message: 'Configuration for events is empty.',
  });
  await room.run('PutAccountConfiguration', {
    IdempotencyToken: 'a',
    ExpiryEvents: { DaysBeforeExpiry: 10 },
  });
  await room.run('PutAccountConfiguration', {
    IdempotencyToken: 'b',
    ExpiryEvents: { DaysBeforeExpiry: 20 },
  });
  await room.run('PutAccountConfiguration', {
    IdempotencyToken: 'a',
    ExpiryEvents: { DaysBeforeExpiry: 10 },
  });
  assert.equal(await days(), 20);
});
