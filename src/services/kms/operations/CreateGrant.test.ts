import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Principal } from '../../../aws/principal.ts';
import type {
  CreateGrantResponse,
  EncryptResponse,
  GrantListEntry,
  ListGrantsResponse,
} from '../model.ts';
import {
  account,
  admin,
  alice,
  bob,
  createKey,
  gateway,
  keyPolicy,
  secret,
  statement,
  stranger,
  testRoom,
  type TestRoom,
} from '../test-room.ts';

const EncryptionContext = { purpose: 'test' };

async function grantTo(
  room: TestRoom,
  KeyId: string,
  input: object = {},
  principal = admin,
): Promise<{ GrantId: string; GrantToken: string }> {
  const { GrantId = '', GrantToken = '' } = await room.run<CreateGrantResponse>(
    'CreateGrant',
    { KeyId, GranteePrincipal: alice.arn, Operations: ['Encrypt', 'Decrypt'], ...input },
    principal,
  );
  return { GrantId, GrantToken };
}

async function listed(
  room: TestRoom,
  KeyId: string,
  input: object = {},
): Promise<GrantListEntry[]> {
  const { Grants } = await room.run<ListGrantsResponse>('ListGrants', { KeyId, ...input });
  return [...(Grants ?? [])];
}

function encryptAs(
  room: TestRoom,
  KeyId: string,
  principal = alice,
  context: object = EncryptionContext,
) {
  return room.run<EncryptResponse>(
    'Encrypt',
    { KeyId, Plaintext: secret('x'), EncryptionContext: context },
    principal,
  );
}

test('a grant allows what no policy allows, and shows in ListGrants', async () => {
  const room = await testRoom();
  const arn = await createKey(room);
  await assert.rejects(encryptAs(room, arn), { kind: 'access-denied' });
  const Constraints = { EncryptionContextSubset: EncryptionContext };
  const { GrantId } = await grantTo(room, arn, { Constraints, RetiringPrincipal: bob.arn });
  await encryptAs(room, arn, alice, { ...EncryptionContext, more: 'x' });
  await assert.rejects(encryptAs(room, arn, alice, {}), { kind: 'access-denied' });
  assert.match(GrantId, /^[0-9a-f]{64}$/);
  assert.deepEqual(await listed(room, arn), [
    {
      KeyId: arn,
      GrantId,
      Name: '',
      CreationDate: room.now,
      GranteePrincipal: alice.arn,
      RetiringPrincipal: bob.arn,
      IssuingAccount: `arn:aws:iam::${account}:root`,
      Operations: ['Encrypt', 'Decrypt'],
      Constraints,
    },
  ]);
});

test('a grant never helps against a Deny', async () => {
  const room = await testRoom();
  const arn = await createKey(room);
  await grantTo(room, arn);
  room.policies.set(alice.arn, statement('Deny', 'kms:Encrypt'));
  await assert.rejects(encryptAs(room, arn), { kind: 'access-denied' });
});

test('whether a holder could decrypt under a grant now is told as Decrypt would answer', async () => {
  const room = await testRoom();
  const keyArn = await createKey(room);
  const encryptionContext = { 'aws:acm:arn': 'one' };
  const { GrantId: grantId } = await grantTo(room, keyArn, {
    GranteePrincipal: 'tlsconnectionmanager.amazonaws.com',
    Operations: ['Decrypt'],
    Constraints: { EncryptionContextEquals: encryptionContext },
  });
  const held = { keyArn, grantId, encryptionContext };
  const mayDecrypt = (asked: object = {}, principal: Principal = gateway) =>
    room.as(principal, (call) => room.kms.grants.mayDecrypt(call, { ...held, ...asked }));
  assert.equal(await mayDecrypt(), true);
  assert.equal(await mayDecrypt({ encryptionContext: { 'aws:acm:arn': 'two' } }), false);
  assert.equal(await mayDecrypt({ grantId: '0'.repeat(64) }), false);
  assert.equal(await mayDecrypt({ keyArn: `${keyArn.slice(0, -1)}x` }), false);
  assert.equal(await mayDecrypt({}, alice), false);
  const context = (value: string) => ({
    Condition: { StringEquals: { 'kms:EncryptionContext:aws:acm:arn': value } },
  });
  for (const [value, expected] of [
    ['one', false],
    ['two', true],
  ] as const) {
    room.policies.set(gateway.arn, statement('Deny', 'kms:Decrypt', '*', context(value)));
    assert.equal(await mayDecrypt(), expected);
  }
  room.policies.delete(gateway.arn);
  await room.run('RevokeGrant', { KeyId: keyArn, GrantId: grantId });
  assert.equal(await mayDecrypt(), false);
});

test('a grant to a service reaches the sessions of its role, a grant to a role its sessions', async () => {
  for (const GranteePrincipal of ['tlsconnectionmanager.amazonaws.com', gateway.arn]) {
    const room = await testRoom();
    const KeyId = await createKey(room);
    await grantTo(room, KeyId, { GranteePrincipal });
    await room.run('Encrypt', { KeyId, Plaintext: secret('x') }, gateway);
    await assert.rejects(encryptAs(room, KeyId), { kind: 'access-denied' });
  }
});

for (const end of ['RevokeGrant', 'RetireGrant']) {
  test(`after ${end} the grantee can do nothing, and those who live on it are told`, async () => {
    const room = await testRoom();
    const KeyId = await createKey(room);
    const Constraints = { EncryptionContextEquals: EncryptionContext };
    const { GrantId } = await grantTo(room, KeyId, { Constraints });
    assert.equal(await room.kms.grants.exists(KeyId, GrantId), true);
    await room.run(end, { KeyId, GrantId });
    await assert.rejects(encryptAs(room, KeyId), { kind: 'access-denied' });
    assert.deepEqual(room.ended, [
      {
        account,
        region: 'eu-west-1',
        keyArn: KeyId,
        grantId: GrantId,
        encryptionContextEquals: EncryptionContext,
      },
    ]);
    assert.equal(await room.kms.grants.exists(KeyId, GrantId), false);
    assert.deepEqual(await listed(room, KeyId), []);
    await assert.rejects(room.run(end, { KeyId, GrantId }), {
      name: 'NotFoundException',
      message: `Grant ID ${GrantId} not found`,
    });
  });
}

test('what a grant allowed is not answered when the grant ended meanwhile', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  const { GrantId } = await grantTo(room, KeyId);
  room.beforeCommit = async () => {
    await room.run('RevokeGrant', { KeyId, GrantId });
  };
  await assert.rejects(encryptAs(room, KeyId), { kind: 'access-denied' });
});

test('a grant ends once, also when two end it at the same time', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  const { GrantId } = await grantTo(room, KeyId);
  room.beforeCommit = async () => {
    await room.run('RevokeGrant', { KeyId, GrantId });
  };
  await assert.rejects(room.run('RevokeGrant', { KeyId, GrantId }), { name: 'NotFoundException' });
  assert.equal(room.ended.length, 1);
});

test('the retiring principal retires by token or by ids, without any policy', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  for (const by of ['token', 'ids']) {
    const { GrantId, GrantToken } = await grantTo(room, KeyId, { RetiringPrincipal: bob.arn });
    const named = by === 'token' ? { GrantToken } : { KeyId, GrantId };
    await assert.rejects(room.run('RetireGrant', named, alice), { kind: 'access-denied' });
    await room.run('RetireGrant', named, bob);
    assert.equal(await room.kms.grants.exists(KeyId, GrantId), false);
  }
});

test('a grantee retires its grant only if the grant says so', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  const { GrantId } = await grantTo(room, KeyId, { Operations: ['Encrypt', 'RetireGrant'] });
  await room.run('RetireGrant', { KeyId, GrantId }, alice);
});

test('an Allow of RetireGrant in a key policy has no effect, a Deny has', async () => {
  const room = await testRoom();
  const own = { Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' };
  const about = (Effect: string) => ({
    Effect,
    Principal: { AWS: [alice.arn, bob.arn] },
    Action: 'kms:RetireGrant',
    Resource: '*',
  });
  const allowing = await createKey(room, { Policy: keyPolicy(own, about('Allow')) });
  const one = await grantTo(room, allowing);
  await assert.rejects(room.run('RetireGrant', { KeyId: allowing, GrantId: one.GrantId }, alice), {
    kind: 'access-denied',
  });
  const denying = await createKey(room, { Policy: keyPolicy(own, about('Deny')) });
  const other = await grantTo(room, denying, { RetiringPrincipal: bob.arn });
  await assert.rejects(room.run('RetireGrant', { KeyId: denying, GrantId: other.GrantId }, bob), {
    kind: 'access-denied',
  });
});

test('whether there is a grant is not told to who may not retire it', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  const { GrantId } = await grantTo(room, KeyId, { RetiringPrincipal: bob.arn });
  const absent = '0'.repeat(64);
  const said = await Promise.all(
    [GrantId, absent].map((id) =>
      room.run('RetireGrant', { KeyId, GrantId: id }, alice).catch((error: Error) => error.message),
    ),
  );
  assert.equal(said[0], said[1]);
});

test('the same name and parameters give the same grant, also when asked for at once', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  const input = { Name: 'one', Operations: ['Encrypt', 'Decrypt'] };
  const made = await Promise.all([grantTo(room, KeyId, input), grantTo(room, KeyId, input)]);
  const again = await grantTo(room, KeyId, { ...input, Operations: ['Decrypt', 'Encrypt'] });
  assert.equal(new Set([...made, again].map(({ GrantId }) => GrantId)).size, 1);
  assert.notEqual(made[0]?.GrantToken, again.GrantToken);
  const other = await grantTo(room, KeyId, { ...input, Operations: ['Decrypt'] });
  const [first, second] = [await grantTo(room, KeyId), await grantTo(room, KeyId)];
  const ids = [again, other, first, second].map(({ GrantId }) => GrantId);
  assert.equal(new Set(ids).size, 4);
});

test('a grant that ends while it is asked for again is made anew', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  const first = await grantTo(room, KeyId, { Name: 'one' });
  room.beforeCommit = async () => {
    await room.run('RevokeGrant', { KeyId, GrantId: first.GrantId });
  };
  const second = await grantTo(room, KeyId, { Name: 'one' });
  assert.notEqual(second.GrantId, first.GrantId);
  assert.equal(await room.kms.grants.exists(KeyId, second.GrantId), true);
});

test('a key has at most 50,000 grants', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  await grantTo(room, KeyId);
  room.database.exec('UPDATE kms_key SET grant_count = 49999');
  const { GrantId } = await grantTo(room, KeyId);
  await assert.rejects(grantTo(room, KeyId), { name: 'LimitExceededException' });
  await room.run('RevokeGrant', { KeyId, GrantId });
  await grantTo(room, KeyId);
});

test('the holder of a grant hands on no more than it has', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  const Constraints = { EncryptionContextSubset: EncryptionContext };
  await grantTo(room, KeyId, { Operations: ['Encrypt', 'CreateGrant'], Constraints });
  const handOn = (input: object): Promise<unknown> =>
    grantTo(room, KeyId, { GranteePrincipal: bob.arn, Operations: ['Encrypt'], ...input }, alice);
  await assert.rejects(handOn({}), { kind: 'access-denied' });
  await assert.rejects(handOn({ Constraints, Operations: ['Decrypt'] }), { kind: 'access-denied' });
  const stricter = { EncryptionContextEquals: { ...EncryptionContext, part: 'one' } };
  await handOn({ Constraints: stricter });
  await encryptAs(room, KeyId, bob, { ...EncryptionContext, part: 'one' });
  await assert.rejects(encryptAs(room, KeyId, bob), { kind: 'access-denied' });
});

test('grants of one grantee, or one grant, are listed page by page', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  const ids = [];
  for (let n = 0; n < 5; n++) ids.push((await grantTo(room, KeyId)).GrantId);
  await grantTo(room, KeyId, { GranteePrincipal: bob.arn });
  const filter = { KeyId, GranteePrincipal: alice.arn, Limit: 2 };
  const found: (string | undefined)[] = [];
  for (let Marker: string | undefined; ;) {
    const page: ListGrantsResponse = await room.run('ListGrants', { ...filter, Marker });
    found.push(...(page.Grants ?? []).map(({ GrantId }) => GrantId));
    if (page.Truncated !== true) break;
    Marker = page.NextMarker;
  }
  assert.deepEqual(found, ids.toSorted());
  const [GrantId] = ids;
  assert.deepEqual(
    (await listed(room, KeyId, { GrantId })).map((grant) => grant.GrantId),
    [GrantId],
  );
});

for (const [what, input, name] of [
  ['a principal that is none', { GranteePrincipal: 'alice' }, 'InvalidArnException'],
  ['a group', { GranteePrincipal: `arn:aws:iam::${account}:group/g` }, 'InvalidArnException'],
  ['an operation of other keys', { Operations: ['Sign'] }, 'ValidationException'],
  ['a token that is none', { GrantTokens: ['x'] }, 'InvalidGrantTokenException'],
  ['a SourceArn', { Constraints: { SourceArn: 'arn:aws:s3:::b' } }, 'ValidationException'],
  ['no grantee', { GranteePrincipal: undefined }, 'ValidationException'],
] as const) {
  test(`${what} is refused`, async () => {
    const room = await testRoom();
    await assert.rejects(grantTo(room, await createKey(room), input), { name });
  });
}

test('RetireGrant wants a token, or a key ARN with a grant id', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  const { GrantId, GrantToken } = await grantTo(room, KeyId);
  for (const input of [{}, { KeyId }, { GrantId }, { KeyId, GrantId, GrantToken }]) {
    await assert.rejects(room.run('RetireGrant', input), {
      name: 'ValidationException',
      message: 'Grant token OR (grant ID, key ID) must be specified',
    });
  }
  await assert.rejects(room.run('RetireGrant', { KeyId: KeyId.split('/')[1], GrantId }), {
    name: 'InvalidArnException',
  });
});

test('a dry run makes and ends no grant', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  const dry = { name: 'DryRunOperationException' };
  await assert.rejects(grantTo(room, KeyId, { DryRun: true }), dry);
  assert.deepEqual(await listed(room, KeyId), []);
  const { GrantId } = await grantTo(room, KeyId);
  for (const end of ['RevokeGrant', 'RetireGrant'])
    await assert.rejects(room.run(end, { KeyId, GrantId, DryRun: true }), dry);
  assert.equal(await room.kms.grants.exists(KeyId, GrantId), true);
});

test('a grant on a disabled key is refused, its end is not', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  const { GrantId } = await grantTo(room, KeyId);
  await room.run('DisableKey', { KeyId });
  await assert.rejects(grantTo(room, KeyId), { name: 'DisabledException' });
  await room.run('RevokeGrant', { KeyId, GrantId });
});

test('a grant to another account needs an identity policy there', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  await grantTo(room, KeyId, { GranteePrincipal: stranger.arn });
  await assert.rejects(encryptAs(room, KeyId, stranger), { kind: 'access-denied' });
  room.policies.set(stranger.arn, statement('Allow', 'kms:Encrypt'));
  await encryptAs(room, KeyId, stranger);
});

test('others see what a grant allows while it lives', async () => {
  const room = await testRoom();
  const { view } = room.kms.grants;
  const keyArn = await createKey(room);
  const Constraints = { EncryptionContextEquals: EncryptionContext };
  const { GrantId } = await grantTo(room, keyArn, { Constraints });
  assert.deepEqual(await view(keyArn, GrantId), {
    granteePrincipal: alice.principalId,
    operations: ['Encrypt', 'Decrypt'],
    encryptionContextEquals: EncryptionContext,
  });
  for (const arn of [await createKey(room), keyArn.replace('key/', ''), 'x'])
    assert.equal(await view(arn, GrantId), undefined);
  await room.run('RevokeGrant', { KeyId: keyArn, GrantId });
  assert.equal(await view(keyArn, GrantId), undefined);
});
