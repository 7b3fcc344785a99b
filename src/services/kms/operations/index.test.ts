import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultKeyPolicy } from '../domain/key-policy.ts';
import type { CreateGrantResponse, EncryptResponse, OperationName } from '../model.ts';
import {
  account,
  alice,
  bob,
  createKey,
  secret,
  statement,
  testRoom,
  type TestRoom,
} from '../test-room.ts';

/** An input that would succeed, and the actions that it takes. */
type Case = readonly [input: (here: Here) => object, ...actions: string[]];

interface Here {
  readonly KeyId: string;
  readonly CiphertextBlob: Uint8Array | undefined;
  readonly GrantId: string | undefined;
}

const cases: Readonly<Record<OperationName, Case>> = {
  CreateAlias: [({ KeyId }) => ({ AliasName: 'alias/new', TargetKeyId: KeyId }), 'kms:CreateAlias'],
  CreateGrant: [
    ({ KeyId }) => ({ KeyId, GranteePrincipal: bob.arn, Operations: ['Decrypt'] }),
    'kms:CreateGrant',
  ],
  CreateKey: [
    () => ({ Tags: [{ TagKey: 'a', TagValue: 'b' }] }),
    'kms:CreateKey',
    'kms:TagResource',
  ],
  Decrypt: [({ CiphertextBlob }) => ({ CiphertextBlob }), 'kms:Decrypt'],
  DeleteAlias: [() => ({ AliasName: 'alias/old' }), 'kms:DeleteAlias'],
  DescribeKey: [({ KeyId }) => ({ KeyId }), 'kms:DescribeKey'],
  DisableKey: [({ KeyId }) => ({ KeyId }), 'kms:DisableKey'],
  EnableKey: [({ KeyId }) => ({ KeyId }), 'kms:EnableKey'],
  Encrypt: [({ KeyId }) => ({ KeyId, Plaintext: secret('x') }), 'kms:Encrypt'],
  GenerateDataKey: [({ KeyId }) => ({ KeyId, KeySpec: 'AES_256' }), 'kms:GenerateDataKey'],
  GenerateRandom: [() => ({ NumberOfBytes: 1 }), 'kms:GenerateRandom'],
  GetKeyPolicy: [({ KeyId }) => ({ KeyId }), 'kms:GetKeyPolicy'],
  ListAliases: [() => ({}), 'kms:ListAliases'],
  ListGrants: [({ KeyId }) => ({ KeyId }), 'kms:ListGrants'],
  ListKeyPolicies: [({ KeyId }) => ({ KeyId }), 'kms:ListKeyPolicies'],
  ListKeys: [() => ({}), 'kms:ListKeys'],
  PutKeyPolicy: [
    ({ KeyId }) => ({ KeyId, Policy: JSON.stringify(defaultKeyPolicy(account)) }),
    'kms:PutKeyPolicy',
  ],
  ReEncrypt: [
    ({ CiphertextBlob, KeyId }) => ({ CiphertextBlob, DestinationKeyId: KeyId }),
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ],
  RetireGrant: [({ KeyId, GrantId }) => ({ KeyId, GrantId }), 'kms:RetireGrant'],
  RevokeGrant: [({ KeyId, GrantId }) => ({ KeyId, GrantId }), 'kms:RevokeGrant'],
};

for (const [name, [inputOf, ...actions]] of Object.entries(cases)) {
  test(`${name} asks for ${actions.join(' and ')}, and for nothing else`, async () => {
    const room = await testRoom();
    const input = inputOf(await furnished(room));
    for (const missing of actions) {
      room.policies.set(
        alice.arn,
        statement('Allow', ['none:None', ...actions.filter((each) => each !== missing)]),
      );
      await assert.rejects(room.run(name, input, alice), { kind: 'access-denied' });
    }
    room.policies.set(alice.arn, statement('Allow', actions));
    await room.run(name, input, alice);
  });
}

async function furnished(room: TestRoom): Promise<Here> {
  const KeyId = await createKey(room);
  await room.run('CreateAlias', { AliasName: 'alias/old', TargetKeyId: KeyId });
  const input = { KeyId, Plaintext: secret('x') };
  const { CiphertextBlob } = await room.run<EncryptResponse>('Encrypt', input);
  const { GrantId } = await room.run<CreateGrantResponse>('CreateGrant', {
    KeyId,
    GranteePrincipal: bob.arn,
    Operations: ['Encrypt'],
  });
  return { KeyId, CiphertextBlob, GrantId };
}

for (const name of ['CreateAlias', 'DeleteAlias'] as const) {
  test(`${name} asks for the alias as well as for the key`, async () => {
    const room = await testRoom();
    const here = await furnished(room);
    const [inputOf, action] = cases[name];
    for (const resource of ['arn:aws:kms:*:*:alias/*', 'arn:aws:kms:*:*:key/*']) {
      room.policies.set(alice.arn, statement('Allow', action ?? '', resource));
      await assert.rejects(room.run(name, inputOf(here), alice), { kind: 'access-denied' });
    }
  });
}
