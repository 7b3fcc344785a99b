import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../aws/call.ts';
import { region } from '../../aws/arn.ts';
import { reveal } from '../../lib/secret.ts';
import { VaultRefusal } from '../../vault-client/vault.ts';
import type { KeysForAcm } from './keys-for-acm.ts';
import type {
  DecryptResponse,
  DescribeKeyResponse,
  GetKeyPolicyResponse,
  ListAliasesResponse,
  ListGrantsResponse,
  ListKeysResponse,
} from './model.ts';
import {
  account,
  acm,
  admin,
  alice,
  createKey,
  gateway,
  root,
  secret,
  statement,
  testRoom,
  type TestRoom,
} from './test-room.ts';

const certificate = `arn:aws:acm:eu-west-1:${account}:certificate/one`;
const loadBalancer = `arn:aws:elasticloadbalancing:eu-west-1:${account}:loadbalancer/app/lb/1`;
const own = { 'aws:acm:arn': certificate };
const both = { ...own, 'aws:elasticloadbalancing:arn': loadBalancer };

const viaAcm = (call: Call): Call => call.via('acm.amazonaws.com');
const asAcm = (call: Call): Call => call.as('acm.eu-west-1.amazonaws.com');

function ensure(room: TestRoom, principal = admin): Promise<string> {
  return room.as(principal, async (call) => {
    const { keyArn } = await room.kms.keysForAcm.ensureManagedKey(viaAcm(call));
    return keyArn;
  });
}

function generate(room: TestRoom, options: { isExportable?: boolean } = {}) {
  return room.as(acm, (call) =>
    room.kms.keysForAcm.generatePrivateKey(asAcm(call), {
      keySpec: 'EC_prime256v1',
      context: own,
      isExportable: options.isExportable ?? false,
    }),
  );
}

function associate(room: TestRoom, keyArn: string, principal = admin) {
  return room.as(principal, (call) =>
    room.kms.keysForAcm.createGrant(viaAcm(call), {
      keyArn,
      name: 'IssuedThroughACM',
      granteePrincipal: 'tlsconnectionmanager.amazonaws.com',
      retiringPrincipal: 'acm.eu-west-1.amazonaws.com',
      operations: ['Decrypt'],
      encryptionContextEquals: both,
    }),
  );
}

async function reEncrypted(room: TestRoom): Promise<{ keyArn: string; ciphertext: Uint8Array }> {
  const { keyArn, ciphertext } = await generate(room);
  const made = await room.as(acm, (call) =>
    room.kms.keysForAcm.reEncryptPrivateKey(call, { keyArn, ciphertext, from: own, to: both }),
  );
  return { keyArn, ciphertext: made.ciphertext };
}

function decryptAtGateway(room: TestRoom, ciphertext: Uint8Array, context: object = both) {
  return room.run<DecryptResponse>(
    'Decrypt',
    {
      CiphertextBlob: ciphertext,
      EncryptionContext: context,
      Recipient: {
        KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
        AttestationDocument: Buffer.from('holder'),
      },
    },
    gateway,
  );
}

test('the first request makes the key, its alias and the encryption grant of ACM', async () => {
  const room = await testRoom();
  const keyArn = await ensure(room);
  const { KeyMetadata } = await room.run<DescribeKeyResponse>('DescribeKey', {
    KeyId: 'alias/aws/acm',
  });
  assert.equal(KeyMetadata?.Arn, keyArn);
  assert.equal(KeyMetadata?.KeyManager, 'AWS');
  assert.equal(
    KeyMetadata?.Description,
    'Default key that protects my ACM private keys when no other key is defined',
  );
  const { Grants } = await room.run<ListGrantsResponse>('ListGrants', { KeyId: keyArn });
  assert.deepEqual(
    Grants?.map(({ GranteePrincipal, RetiringPrincipal, Operations }) => ({
      GranteePrincipal,
      RetiringPrincipal,
      Operations,
    })),
    [
      {
        GranteePrincipal: 'acm.eu-west-1.amazonaws.com',
        RetiringPrincipal: 'acm.eu-west-1.amazonaws.com',
        Operations: ['Encrypt', 'ReEncryptFrom', 'ReEncryptTo'],
      },
    ],
  );
});

test('a thousand first requests at once make one key, one alias and one grant', async () => {
  const room = await testRoom();
  const arns = await Promise.all(Array.from({ length: 1000 }, () => ensure(room)));
  assert.equal(new Set(arns).size, 1);
  const { Keys } = await room.run<ListKeysResponse>('ListKeys', {});
  const { Aliases } = await room.run<ListAliasesResponse>('ListAliases', {});
  const { Grants } = await room.run<ListGrantsResponse>('ListGrants', { KeyId: arns[0] });
  assert.deepEqual([Keys?.length, Aliases?.length, Grants?.length], [1, 1, 1]);
});

test('each Region has a key of its own', async () => {
  const room = await testRoom();
  const one = await ensure(room);
  room.region = region('eu-central-1');
  const other = await ensure(room);
  assert.notEqual(one, other);
  assert.match(other, /:eu-central-1:/);
});

test('who describes the predefined alias makes its key', async () => {
  const room = await testRoom();
  for (const KeyId of ['alias/aws/acm', `arn:aws:kms:eu-central-1:${account}:alias/aws/acm`]) {
    const { KeyMetadata } = await room.run<DescribeKeyResponse>('DescribeKey', { KeyId });
    assert.equal(await ensure(room), KeyMetadata?.Arn);
    room.region = region('eu-central-1');
  }
});

test('a Deny of CreateGrant stops the first request, and nothing is kept', async () => {
  const room = await testRoom();
  room.policies.set(alice.arn, statement('Deny', 'kms:CreateGrant'));
  await assert.rejects(ensure(room, alice), { kind: 'access-denied' });
  assert.deepEqual((await room.run<ListKeysResponse>('ListKeys', {})).Keys, []);
  assert.deepEqual(
    room.records.map(({ eventName, errorCode }) => [eventName, errorCode]).slice(0, 3),
    [
      ['Work', 'AccessDeniedException'],
      ['CreateKey', undefined],
      ['CreateGrant', 'AccessDeniedException'],
    ],
  );
});

test('the key is used in the very Change that makes it', async () => {
  const room = await testRoom();
  const { keyArn, ciphertext } = await room.as(admin, async (call) => {
    await room.kms.keysForAcm.ensureManagedKey(viaAcm(call));
    return room.kms.keysForAcm.importPrivateKey(asAcm(call), {
      pem: secret('a key'),
      publicKey: new Uint8Array(1),
      context: own,
    });
  });
  assert.equal(keyArn, await ensure(room));
  assert.equal(Buffer.from(ciphertext).includes('a key'), false);
});

test('the reason why a private key is not taken in reaches ACM', async () => {
  const room = await testRoom();
  await ensure(room);
  await room.as(admin, (call) =>
    assert.rejects(
      room.kms.keysForAcm.importPrivateKey(asAcm(call), {
        pem: secret('the key of another certificate'),
        publicKey: new Uint8Array(1),
        context: own,
      }),
      (error) => error instanceof VaultRefusal && error.reason === 'private-key-mismatch',
    ),
  );
  const event = room.records.findLast(({ eventName }) => eventName === 'Encrypt');
  assert.equal(event?.errorCode, 'ValidationException');
});

for (const [operation, input] of [
  ['Encrypt', { Plaintext: secret('x') }],
  ['GenerateDataKey', { KeySpec: 'AES_256' }],
  ['DisableKey', {}],
  ['EnableKey', {}],
  ['ListKeyPolicies', {}],
  ['CreateGrant', { GranteePrincipal: admin.arn, Operations: ['Decrypt'] }],
] as const) {
  test(`the owner of aws/acm cannot ${operation}, be it the root user`, async () => {
    const room = await testRoom();
    const KeyId = await ensure(room);
    for (const principal of [admin, root]) {
      await assert.rejects(room.run(operation, { ...input, KeyId }, principal), {
        kind: 'access-denied',
        message: `User: ${principal.arn} is not authorized to perform: kms:${operation} on resource: ${KeyId} because no resource-based policy allows the kms:${operation} action`,
      });
    }
  });
}

test('the owner of aws/acm gives it no other alias and does not delete its own', async () => {
  const room = await testRoom();
  const TargetKeyId = await ensure(room);
  await assert.rejects(room.run('CreateAlias', { AliasName: 'alias/mine', TargetKeyId }), {
    kind: 'access-denied',
  });
  await assert.rejects(room.run('DeleteAlias', { AliasName: 'alias/aws/acm' }), {
    name: 'NotAuthorizedException',
  });
});

test('the owner of aws/acm reads its policy', async () => {
  const room = await testRoom();
  const KeyId = await ensure(room);
  const { Policy } = await room.run<GetKeyPolicyResponse>('GetKeyPolicy', { KeyId });
  assert.match(Policy ?? '', /"Id" : "auto-acm-4"/);
  await assert.rejects(room.run('GetKeyPolicy', { KeyId, PolicyName: 'other' }), {
    name: 'NotFoundException',
    message: 'No such policy exists',
  });
});

test('the ciphertext of a private key is of no use to the owner', async () => {
  const room = await testRoom();
  await ensure(room);
  const { keyArn, ciphertext: CiphertextBlob } = await generate(room);
  await assert.rejects(room.run('Decrypt', { CiphertextBlob, EncryptionContext: own }), {
    kind: 'access-denied',
  });
  const DestinationKeyId = await createKey(room);
  const input = { CiphertextBlob, SourceEncryptionContext: own, DestinationKeyId };
  await assert.rejects(room.run('ReEncrypt', input), { kind: 'access-denied' });
  await assert.rejects(room.run('ReEncrypt', input, acm), {
    kind: 'access-denied',
    message: `User: ${(acm as { name: string }).name} is not authorized to perform: kms:ReEncryptFrom on resource: ${keyArn} with an explicit deny in a resource-based policy`,
  });
});

test('the grantee of a certificate decrypts to itself, in both contexts only, until its grant is retired', async () => {
  const room = await testRoom();
  await ensure(room);
  const { keyArn, ciphertext } = await reEncrypted(room);
  await assert.rejects(decryptAtGateway(room, ciphertext), { kind: 'access-denied' });
  const { grantId } = await associate(room, keyArn);
  const { Plaintext, CiphertextForRecipient } = await decryptAtGateway(room, ciphertext);
  assert.equal(Plaintext, undefined);
  assert.match(Buffer.from(CiphertextForRecipient ?? []).toString(), /^for holder/);
  await assert.rejects(decryptAtGateway(room, ciphertext, own), { kind: 'access-denied' });
  await assert.rejects(
    room.run('Decrypt', { CiphertextBlob: ciphertext, EncryptionContext: both }, gateway),
    { kind: 'access-denied' },
  );

  await room.as(admin, (call) => room.kms.keysForAcm.retireGrant(asAcm(call), { keyArn, grantId }));
  await assert.rejects(decryptAtGateway(room, ciphertext), { kind: 'access-denied' });
  assert.deepEqual(
    room.ended.map((grant) => grant.grantId),
    [grantId],
  );
  await room.as(admin, (call) => room.kms.keysForAcm.retireGrant(asAcm(call), { keyArn, grantId }));
});

test('a Deny of CreateGrant stops an association', async () => {
  const room = await testRoom();
  const keyArn = await ensure(room);
  room.policies.set(
    alice.arn,
    statement('Deny', 'kms:CreateGrant', '*', {
      Condition: { StringEquals: { 'kms:EncryptionContext:aws:acm:arn': certificate } },
    }),
  );
  await assert.rejects(associate(room, keyArn, alice), { kind: 'access-denied' });
});

test('ACM does nothing without its encryption grant', async () => {
  const room = await testRoom();
  const KeyId = await ensure(room);
  const { Grants = [] } = await room.run<ListGrantsResponse>('ListGrants', { KeyId });
  await room.run('RevokeGrant', { KeyId, GrantId: Grants[0]?.GrantId });
  await assert.rejects(generate(room), { kind: 'access-denied' });
});

test('a CSR is signed under the permission to encrypt', async () => {
  const room = await testRoom();
  await ensure(room);
  const { keyArn, ciphertext } = await generate(room);
  const sign = (as: (call: Call) => Call) =>
    room.as(admin, (call) =>
      room.kms.keysForAcm.signCsr(as(call), {
        keyArn,
        ciphertext,
        context: own,
        requestInfo: Buffer.from('request'),
      }),
    );
  assert.equal(Buffer.from((await sign(asAcm)).csr).toString(), 'signed request');
  await assert.rejects(sign(viaAcm), { kind: 'access-denied' });
});

test('an export is the caller’s Decrypt through ACM, of exportable keys only', async () => {
  const room = await testRoom();
  await ensure(room);
  let passphrase = secret('1234');
  const exported = async (isExportable: boolean, as: (call: Call) => Call) => {
    const { keyArn, ciphertext } = await generate(room, { isExportable });
    passphrase = secret('1234');
    const input: Parameters<KeysForAcm['exportPrivateKey']>[1] = {
      keyArn,
      ciphertext,
      context: own,
      passphrase,
    };
    return room.as(admin, (call) => room.kms.keysForAcm.exportPrivateKey(as(call), input));
  };
  assert.deepEqual(Object.keys(await exported(true, viaAcm)).includes('pem'), true);
  await assert.rejects(
    exported(true, (call) => call),
    { kind: 'access-denied' },
  );
  assert.throws(() => reveal(passphrase), TypeError);
  await assert.rejects(exported(false, viaAcm), { kind: 'access-denied' });
});

test('what ACM asks for is recorded as AWS records it', async () => {
  const room = await testRoom();
  await ensure(room);
  const { keyArn } = await reEncrypted(room);
  const { grantId } = await associate(room, keyArn);
  await room.as(admin, (call) => room.kms.keysForAcm.retireGrant(asAcm(call), { keyArn, grantId }));
  const event = (name: string) => room.records.findLast(({ eventName }) => eventName === name);
  assert.deepEqual(event('Encrypt')?.requestParameters, {
    keyId: `arn:aws:kms:eu-west-1:${account}:alias/aws/acm`,
    encryptionContext: own,
  });
  assert.deepEqual(event('ReEncrypt')?.requestParameters, {
    sourceEncryptionContext: own,
    sourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    destinationKeyId: keyArn,
    destinationEncryptionContext: both,
    destinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  });
  assert.equal(event('ReEncrypt')?.resources?.length, 2);
  const creation = event('CreateGrant');
  assert.deepEqual(JSON.parse(JSON.stringify(creation?.requestParameters)), {
    keyId: keyArn,
    granteePrincipal: 'tlsconnectionmanager.amazonaws.com',
    retiringPrincipal: 'acm.eu-west-1.amazonaws.com',
    operations: ['Decrypt'],
    constraints: { encryptionContextEquals: both },
    name: 'IssuedThroughACM',
  });
  assert.deepEqual(creation?.responseElements, { grantId, keyId: keyArn });
  assert.equal(creation?.userIdentity['invokedBy'], 'acm.amazonaws.com');
  assert.equal(creation?.userIdentity['arn'], admin.arn);
  assert.equal(event('RetireGrant')?.requestParameters, null);
  assert.equal(event('RetireGrant')?.additionalEventData?.['grantId'], grantId);
  for (const name of ['Encrypt', 'ReEncrypt'])
    assert.ok(event(name)?.additionalEventData?.['vaultReceipts']);
});
