import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TamperedSet } from '../../aws/authority/authority.ts';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import { reveal } from '../../lib/secret.ts';
import { Change } from '../../store/change.ts';
import { TestVault } from '../kms/test-vault.ts';
import { TestVault as RealVault } from '../../vault/test-vault.ts';
import { gatewayRoleName } from './index.ts';
import { IdentityRoom, userWith } from './test-room.ts';

test('whatever the vault does for a credential is in a record, also when the call is refused', async () => {
  const vault = new TestVault();
  await using room = await IdentityRoom.open(vault);
  const bob = await userWith(room, 'bob', { Effect: 'Deny', Action: '*', Resource: '*' });
  const wrong = { ...bob, secretAccessKey: 'a'.repeat(40) };
  await assert.rejects(
    new STSClient(room.clientSettings(wrong)).send(new GetCallerIdentityCommand()),
    {
      name: 'SignatureDoesNotMatch',
    },
  );
  const order = (receipts: readonly VaultReceipt[]) =>
    receipts.map(({ n }) => n).toSorted((a, b) => a - b);
  assert.deepEqual(order(room.confirmed), order(vault.receipts));
  // A Region that nobody proved to mean is not believed: the record stands in us-east-1.
  const settings = room.clientSettings(room.admin, 'us-east-1');
  const { Events = [] } = await new CloudTrailClient(settings).send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'GetCallerIdentity' }],
    }),
  );
  assert.match(Events[0]?.CloudTrailEvent ?? '', /"vaultReceipts":\[\{"epoch":"test",.*"decrypt"/);
});

test('a secret is opened once, however many requests come with it at the same time', async () => {
  const vault = new TestVault();
  await using room = await IdentityRoom.open(vault);
  const sts = new STSClient(room.clientSettings());
  await Promise.all(Array.from({ length: 10 }, () => sts.send(new GetCallerIdentityCommand({}))));
  const opened = vault.receipts.filter(({ operation }) => operation === 'decrypt');
  assert.equal(opened.length, 1);
});

test('what is no key of ours is unknown, whatever it looks like', async () => {
  await using room = await IdentityRoom.open();
  for (const id of ['', 'AKIA', 'AKIAIOSFODNN7EXAMPLE', 'ASIAQNZGKIQY56JQ7WML', "AKIA' OR 1=1 --"])
    assert.equal(await room.iam.directory.credential(id, 'token'), undefined);
});

test('a ciphertext that was put in the place of another opens for nobody', async () => {
  await using room = await IdentityRoom.open();
  const bob = await userWith(room, 'bob', { Effect: 'Deny', Action: '*', Resource: '*' });
  const { db } = room.store;
  const change = new Change();
  change.write(
    db
      .updateTable('iam_access_key')
      .set((eb) => ({
        ciphertext: eb
          .selectFrom('iam_access_key as other')
          .select('other.ciphertext')
          .where('other.access_key_id', '=', bob.accessKeyId),
      }))
      .where('access_key_id', '=', room.admin.accessKeyId),
    { rows: 1 },
  );
  await room.store.commit(change);
  // Another process, which has not opened the key yet.
  const { directory } = room.anotherProcess();
  await assert.rejects(async () => directory.credential(room.admin.accessKeyId, undefined), {
    name: 'CommonError',
    kind: 'internal',
  });
  assert.deepEqual(
    room.broken.map(({ kind, owner }) => [kind, owner]),
    [['iam-user', 'admin']],
  );
});

test('no account becomes the oldest behind the back of the operator', async () => {
  await using room = await IdentityRoom.open();
  const { accounts } = room.anotherProcess();
  assert.equal(await accounts.first(), room.account);
  const change = new Change();
  const older = { account: '999999999999', created_at: 0 };
  change.write(room.store.db.insertInto('iam_account').values(older));
  await room.store.commit(change);
  await assert.rejects(accounts.first(), TamperedSet);
  assert.deepEqual(
    room.broken.map(({ kind }) => kind),
    ['iam-accounts'],
  );
});

test('the real vault keeps the secrets, and opens them for the next process', async () => {
  const vault = new RealVault();
  await using room = await IdentityRoom.open(vault.client);
  const session = await room.session({
    roleName: gatewayRoleName,
    sessionName: 'gateway-1',
    durationSeconds: 900,
  });
  const { directory } = room.anotherProcess(vault.connect());
  for (const each of [room.admin, session]) {
    const credential = await directory.credential(each.accessKeyId, each.sessionToken);
    assert.ok(credential !== undefined);
    assert.equal(Buffer.from(reveal(credential.secretAccessKey)).toString(), each.secretAccessKey);
    assert.equal(credential.receipt?.principal, 'iam.amazonaws.com');
  }
});
