import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ListCertificatesResponse } from '../model.ts';
import { issue, request, secret, testRoom, type TestRoom } from '../test-room.ts';

async function list(room: TestRoom, input: Record<string, unknown> = {}): Promise<string[]> {
  const found: string[] = [];
  for (let token: string | undefined; ;) {
    const page = await room.run<ListCertificatesResponse>('ListCertificates', {
      ...input,
      NextToken: token,
    });
    found.push(...(page.CertificateSummaryList ?? []).map((each) => each.CertificateArn ?? ''));
    token = page.NextToken;
    if (token === undefined) return found;
  }
}

test('pages hold each certificate once, in order, also of one millisecond', async () => {
  const room = await testRoom();
  const made: string[] = [];
  for (let n = 0; n < 1010; n++) {
    if (n % 3 === 0) room.pass({ milliseconds: 1 });
    made.push(await request(room, { DomainName: `n${n}.example` }));
  }
  const found = await list(room, { MaxItems: 7 });
  assert.deepEqual(found.toSorted(), made.toSorted());
  assert.deepEqual(
    await list(room, { SortBy: 'CREATED_AT', SortOrder: 'DESCENDING' }),
    found.toReversed(),
  );
});

test('only RSA 1024 and 2048 are listed unless other key types are asked for', async () => {
  const room = await testRoom();
  const rsa = await request(room);
  const elliptic = await request(room, { KeyAlgorithm: 'EC_prime256v1' });
  assert.deepEqual(await list(room), [rsa]);
  assert.deepEqual(await list(room, { Includes: { keyTypes: ['EC_prime256v1'] } }), [elliptic]);
  const page = await room.run<ListCertificatesResponse>('ListCertificates', {
    Includes: { keyTypes: ['EC_prime256v1'] },
  });
  assert.equal(page.CertificateSummaryList?.[0]?.KeyAlgorithm, 'EC-prime256v1');
});

test('filters narrow the list, each value of one widens it', async () => {
  const room = await testRoom();
  const pending = await request(room);
  room.pass({ seconds: 1 });
  const issued = await issue(room, { DomainName: 'b.example', Options: { Export: 'ENABLED' } });
  room.pass({ seconds: 1 });
  const { CertificateArn: imported } = await room.run<{ CertificateArn: string }>(
    'ImportCertificate',
    { Certificate: Buffer.from('c.example'), PrivateKey: secret('k') },
  );
  assert.deepEqual(await list(room, { CertificateStatuses: ['ISSUED'] }), [issued, imported]);
  assert.deepEqual(await list(room, { CertificateStatuses: ['ISSUED', 'PENDING_VALIDATION'] }), [
    pending,
    issued,
    imported,
  ]);
  assert.deepEqual(await list(room, { Includes: { exportOption: 'ENABLED' } }), [issued]);
  assert.deepEqual(
    await list(room, { Includes: { keyUsage: ['DIGITAL_SIGNATURE', 'CRL_SIGNING'] } }),
    [issued, imported],
  );
  assert.deepEqual(await list(room, { Includes: { extendedKeyUsage: ['CODE_SIGNING'] } }), []);
  assert.deepEqual(await list(room, { CertificateKeyPairOrigins: ['CUSTOMER_PROVIDED'] }), [
    imported,
  ]);
});

test('SortBy needs SortOrder, and a token must be one of this very list', async () => {
  const room = await testRoom();
  await assert.rejects(list(room, { SortBy: 'CREATED_AT' }), { name: 'InvalidArgsException' });
  await assert.rejects(room.run('ListCertificates', { NextToken: 'x' }), {
    name: 'InvalidArgsException',
  });
  await request(room, { DomainName: 'a.example' });
  await request(room, { DomainName: 'b.example' });
  const { NextToken } = await room.run<ListCertificatesResponse>('ListCertificates', {
    MaxItems: 1,
  });
  const elsewhere = [
    { SortBy: 'CREATED_AT', SortOrder: 'DESCENDING' },
    { CertificateStatuses: ['ISSUED'] },
    { Includes: { keyTypes: ['RSA_4096'] } },
  ];
  for (const other of elsewhere)
    await assert.rejects(room.run('ListCertificates', { ...other, NextToken }), {
      name: 'InvalidArgsException',
    });
  const rest = await room.run<ListCertificatesResponse>('ListCertificates', {
    MaxItems: 5,
    NextToken,
  });
  assert.equal(rest.CertificateSummaryList?.length, 1);
});
