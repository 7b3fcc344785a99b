import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issue, request, secret, testRoom, type TestRoom } from './test-room.ts';

const resourceArn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/1';

async function shreddingsOf(room: TestRoom, work: () => Promise<unknown>): Promise<number> {
  const before = room.store.shreddings;
  await work();
  return room.store.shreddings - before;
}

test('whatever destroys a private key has its ciphertext wiped from the files: deletion, renewal, the end of a use', async () => {
  const room = await testRoom();
  const arn = await issue(room);
  assert.equal(room.store.shreddings, 0);
  const association = { certificateArn: arn, resourceArn };
  await room.as((call) =>
    room.acm.associations.associate(call, {
      ...association,
      contextKey: 'aws:elasticloadbalancing:arn',
      refusedKeyAlgorithms: [],
    }),
  );
  assert.equal(room.store.shreddings, 0);
  await room.run('RenewCertificate', { CertificateArn: arn });
  assert.equal(await shreddingsOf(room, () => room.work()), 1);
  const disassociate = () =>
    room.as((call) => room.acm.associations.disassociate(call, association));
  assert.equal(await shreddingsOf(room, disassociate), 1);
  const remove = () => room.run('DeleteCertificate', { CertificateArn: arn });
  assert.equal(await shreddingsOf(room, remove), 1);
});

test('a reimport wipes the key that it replaces', async () => {
  const room = await testRoom();
  const given = { Certificate: Buffer.from('a.example'), PrivateKey: secret('key') };
  const { CertificateArn } = await room.run<{ CertificateArn: string }>('ImportCertificate', given);
  assert.equal(room.store.shreddings, 0);
  await room.run('ImportCertificate', { ...given, CertificateArn, PrivateKey: secret('new key') });
  assert.equal(room.store.shreddings, 1);
});

test('a request without a key needs no wiping until it is deleted', async () => {
  const room = await testRoom();
  const arn = await request(room);
  await room.work();
  assert.equal(room.store.shreddings, 0);
  await room.run('DeleteCertificate', { CertificateArn: arn });
  assert.equal(room.store.shreddings, 1);
});
