import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  DecryptResponse,
  EncryptResponse,
  GenerateDataKeyResponse,
  GenerateRandomResponse,
  ReEncryptResponse,
} from '../model.ts';
import {
  alice,
  createKey,
  keyPolicy,
  otherAccount,
  secret,
  statement,
  stranger,
  testRoom,
  textOf,
  type TestRoom,
} from '../test-room.ts';

const EncryptionContext = { purpose: 'test', part: 'one' };

async function encrypt(room: TestRoom, KeyId: string, input: object = {}): Promise<Uint8Array> {
  const { CiphertextBlob } = await room.run<EncryptResponse>('Encrypt', {
    KeyId,
    Plaintext: secret('hello'),
    EncryptionContext,
    ...input,
  });
  return CiphertextBlob ?? new Uint8Array();
}

test('what was encrypted is decrypted with the same context, in any order of its pairs', async () => {
  const room = await testRoom();
  const arn = await createKey(room);
  const CiphertextBlob = await encrypt(room, arn);
  const answer = await room.run<DecryptResponse>('Decrypt', {
    CiphertextBlob,
    EncryptionContext: { part: 'one', purpose: 'test' },
  });
  assert.equal(textOf(answer.Plaintext), 'hello');
  assert.equal(answer.KeyId, arn);
  assert.match(answer.KeyMaterialId ?? '', /^[0-9a-f]{64}$/);
});

for (const [what, EncryptionContext, damage] of [
  ['another context', { purpose: 'test', part: 'two' }, undefined],
  ['no context', undefined, undefined],
  ['a damaged ciphertext', { purpose: 'test', part: 'one' }, 'flip'],
  ['a cut ciphertext', { purpose: 'test', part: 'one' }, 'cut'],
] as const) {
  test(`${what} is refused without a message`, async () => {
    const room = await testRoom();
    const KeyId = await createKey(room);
    const blob = await encrypt(room, KeyId);
    if (damage === 'flip') blob[blob.length - 20]! ^= 1;
    const CiphertextBlob = damage === 'cut' ? blob.subarray(0, 20) : blob;
    for (const named of [{}, { KeyId }]) {
      await assert.rejects(room.run('Decrypt', { CiphertextBlob, EncryptionContext, ...named }), {
        name: 'InvalidCiphertextException',
        message: '',
      });
    }
  });
}

test('a ciphertext of another key than the one named is refused', async () => {
  const room = await testRoom();
  const CiphertextBlob = await encrypt(room, await createKey(room));
  await assert.rejects(
    room.run('Decrypt', { CiphertextBlob, EncryptionContext, KeyId: await createKey(room) }),
    {
      name: 'IncorrectKeyException',
      message: 'The key ID in the request does not identify a CMK that can perform this operation.',
    },
  );
});

test('a ciphertext of a key that is not here, or not for this account, is refused alike', async () => {
  const [room, elsewhere] = [await testRoom(), await testRoom()];
  const unknown = await encrypt(elsewhere, await createKey(elsewhere));
  const foreign = await encrypt(room, await createKey(room));
  room.policies.set(stranger.arn, statement('Allow', 'kms:*'));
  const DestinationKeyId = await createKey(room, {}, stranger);
  const messages = await Promise.all(
    [unknown, foreign].flatMap((CiphertextBlob) =>
      ['Decrypt', 'ReEncrypt'].map((operation) =>
        room
          .run(operation, { CiphertextBlob, DestinationKeyId }, stranger)
          .catch((error: Error) => error.message),
      ),
    ),
  );
  const text =
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.';
  assert.deepEqual(messages, [text, text, text, text]);
});

test('a disabled key is of no use until it is enabled again', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  const CiphertextBlob = await encrypt(room, KeyId);
  await room.run('DisableKey', { KeyId });
  const isDisabled = { name: 'DisabledException', message: `${KeyId} is disabled.` };
  await assert.rejects(encrypt(room, KeyId), isDisabled);
  await assert.rejects(room.run('Decrypt', { CiphertextBlob, EncryptionContext }), isDisabled);
  await assert.rejects(room.run('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }), isDisabled);
  await assert.rejects(
    room.run('ReEncrypt', {
      CiphertextBlob,
      SourceEncryptionContext: EncryptionContext,
      DestinationKeyId: KeyId,
    }),
    isDisabled,
  );
  await room.run('EnableKey', { KeyId });
  await room.run('Decrypt', { CiphertextBlob, EncryptionContext });
});

for (const [KeyId, message] of [
  ['fake-key-id', "Invalid keyId 'fake-key-id'"],
  [
    '1234abcd-12ab-34cd-56ef-1234567890ab',
    "Key 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' does not exist",
  ],
  [
    'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    'Invalid arn us-east-1',
  ],
  ['alias/x', 'Alias arn:aws:kms:eu-west-1:111122223333:alias/x is not found.'],
] as const) {
  test(`the KeyId ${KeyId} is not found`, async () => {
    const room = await testRoom();
    await assert.rejects(encrypt(room, KeyId), { name: 'NotFoundException', message });
  });
}

test('of a key of another account nothing is told to who may not use it', async () => {
  const room = await testRoom();
  const arn = await createKey(room);
  room.policies.set(stranger.arn, statement('Allow', 'kms:*'));
  const absent = arn.replace(/[0-9a-f]{12}$/, '000000000000');
  const [forbidden, missing] = await Promise.all(
    [arn, absent].map((KeyId) =>
      room
        .run('Encrypt', { KeyId, Plaintext: secret('x') }, stranger)
        .catch((error: Error) => error.message.replace(KeyId, 'KEY')),
    ),
  );
  assert.equal(forbidden, missing);
  assert.deepEqual(
    room.records.slice(-2).map(({ resources }) => resources),
    [undefined, undefined],
    'nor by the record, which the caller can read',
  );
});

test('an alias of another account reads alike whether it is not there or not for the caller', async () => {
  const room = await testRoom();
  const TargetKeyId = await createKey(room);
  await room.run('CreateAlias', { AliasName: 'alias/app', TargetKeyId });
  room.policies.set(stranger.arn, statement('Allow', 'kms:*'));
  for (const name of ['app', 'none']) {
    const KeyId = `arn:aws:kms:eu-west-1:111122223333:alias/${name}`;
    await assert.rejects(room.run('Encrypt', { KeyId, Plaintext: secret('x') }, stranger), {
      name: 'NotFoundException',
      message: `Alias ${KeyId} is not found.`,
    });
    assert.equal(JSON.stringify(room.records.at(-1)).includes(TargetKeyId), false);
  }
});

test('another account uses a key when both its policy and the key policy say so', async () => {
  const room = await testRoom();
  const allowed = { Principal: { AWS: otherAccount }, Action: 'kms:Encrypt', Resource: '*' };
  const own = { Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' };
  const Policy = keyPolicy({ Effect: 'Allow', ...allowed }, { Effect: 'Allow', ...own });
  const KeyId = await createKey(room, { Policy });
  const use = (): Promise<unknown> =>
    room.run('Encrypt', { KeyId, Plaintext: secret('x') }, stranger);
  await assert.rejects(use(), { kind: 'access-denied' });
  room.policies.set(stranger.arn, statement('Allow', 'kms:Encrypt'));
  await use();
});

test('a condition on the encryption context is kept', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  room.policies.set(
    alice.arn,
    statement('Allow', 'kms:Encrypt', '*', {
      Condition: { StringEquals: { 'kms:EncryptionContext:purpose': 'test' } },
    }),
  );
  const use = (purpose: string): Promise<unknown> =>
    room.run('Encrypt', { KeyId, Plaintext: secret('x'), EncryptionContext: { purpose } }, alice);
  await use('test');
  await assert.rejects(use('other'), { kind: 'access-denied' });
});

test('ReEncrypt moves a ciphertext to another key and another context', async () => {
  const room = await testRoom();
  const [SourceKeyId, DestinationKeyId] = [await createKey(room), await createKey(room)];
  const moved = await room.run<ReEncryptResponse>('ReEncrypt', {
    CiphertextBlob: await encrypt(room, SourceKeyId),
    SourceEncryptionContext: EncryptionContext,
    DestinationKeyId,
    DestinationEncryptionContext: { purpose: 'other' },
  });
  assert.equal(moved.SourceKeyId, SourceKeyId);
  assert.equal(moved.KeyId, DestinationKeyId);
  const { Plaintext } = await room.run<DecryptResponse>('Decrypt', {
    CiphertextBlob: moved.CiphertextBlob,
    KeyId: DestinationKeyId,
    EncryptionContext: { purpose: 'other' },
  });
  assert.equal(textOf(Plaintext), 'hello');
});

test('ReEncrypt needs both permissions', async () => {
  const room = await testRoom();
  const DestinationKeyId = await createKey(room);
  const CiphertextBlob = await encrypt(room, DestinationKeyId);
  const input = { CiphertextBlob, SourceEncryptionContext: EncryptionContext, DestinationKeyId };
  for (const half of ['kms:ReEncryptFrom', 'kms:ReEncryptTo']) {
    room.policies.set(alice.arn, statement('Allow', half));
    await assert.rejects(room.run('ReEncrypt', input, alice), { kind: 'access-denied' });
  }
  room.policies.set(alice.arn, statement('Allow', 'kms:ReEncrypt*'));
  await room.run('ReEncrypt', input, alice);
});

test('a data key comes in plain and as a ciphertext of the same bytes', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  for (const [size, input] of [
    [32, { KeySpec: 'AES_256' }],
    [16, { KeySpec: 'AES_128' }],
    [64, { NumberOfBytes: 64 }],
  ] as const) {
    const made = await room.run<GenerateDataKeyResponse>('GenerateDataKey', { KeyId, ...input });
    const { CiphertextBlob } = made;
    const opened = await room.run<DecryptResponse>('Decrypt', { CiphertextBlob });
    assert.equal(textOf(made.Plaintext), textOf(opened.Plaintext));
    assert.equal(CiphertextBlob?.length, size + 77);
  }
});

for (const input of [{}, { KeySpec: 'AES_256', NumberOfBytes: 32 }]) {
  test(`a data key of ${JSON.stringify(input)} is refused`, async () => {
    const room = await testRoom();
    const KeyId = await createKey(room);
    await assert.rejects(room.run('GenerateDataKey', { KeyId, ...input }), {
      name: 'ValidationException',
      message: 'Please specify either number of bytes or key spec.',
    });
  });
}

test('random bytes come in the number that was asked for', async () => {
  const room = await testRoom();
  const { Plaintext } = await room.run<GenerateRandomResponse>('GenerateRandom', {
    NumberOfBytes: 100,
  });
  assert.equal(Buffer.from(textOf(Plaintext)).length > 0, true);
  await assert.rejects(room.run('GenerateRandom', {}), {
    name: 'ValidationException',
    message: 'NumberOfBytes is required.',
  });
});

test('a dry run never succeeds, and uses no key to encrypt', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  const CiphertextBlob = await encrypt(room, KeyId);
  const used = room.vault.receipts.length;
  const wouldSucceed = {
    name: 'DryRunOperationException',
    message: 'The request would have succeeded, but the DryRun option is set.',
  };
  await assert.rejects(encrypt(room, KeyId, { DryRun: true }), wouldSucceed);
  const DryRun = true;
  await assert.rejects(
    room.run('GenerateDataKey', { KeyId, KeySpec: 'AES_256', DryRun }),
    wouldSucceed,
  );
  await assert.rejects(
    room.run('Decrypt', { KeyId, DryRun, DryRunModifiers: ['IGNORE_CIPHERTEXT'] }),
    wouldSucceed,
  );
  assert.equal(room.vault.receipts.length, used);
  await assert.rejects(room.run('Decrypt', { DryRun, DryRunModifiers: ['IGNORE_CIPHERTEXT'] }), {
    name: 'ValidationException',
  });
  await assert.rejects(room.run('Decrypt', { KeyId, DryRunModifiers: ['IGNORE_CIPHERTEXT'] }), {
    name: 'ValidationException',
  });
  await assert.rejects(
    room.run('Decrypt', { CiphertextBlob, EncryptionContext, DryRun }),
    wouldSucceed,
  );
  await assert.rejects(room.run('Decrypt', { CiphertextBlob, DryRun }), {
    name: 'InvalidCiphertextException',
  });
});

test('a context is refused when it is too long or no text', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  for (const context of [{ a: 'x'.repeat(8192) }, { a: '\ud800' }]) {
    await assert.rejects(encrypt(room, KeyId, { EncryptionContext: context }), {
      name: 'ValidationException',
    });
  }
});

test('a record tells of key, context and receipt, and of neither plaintext nor ciphertext', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  const CiphertextBlob = await encrypt(room, KeyId);
  await room.run('Decrypt', { CiphertextBlob, EncryptionContext });
  const [encrypted, decrypted] = room.records.slice(-2);
  assert.deepEqual(encrypted?.requestParameters, {
    keyId: KeyId,
    encryptionContext: EncryptionContext,
    encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  });
  assert.deepEqual(decrypted?.resources, [
    { accountId: '111122223333', type: 'AWS::KMS::Key', ARN: KeyId },
  ]);
  assert.deepEqual(Object.keys(decrypted?.additionalEventData ?? {}), [
    'keyMaterialId',
    'vaultReceipts',
  ]);
  const text = JSON.stringify(room.records);
  for (const form of [Buffer.from('hello'), Buffer.from(CiphertextBlob)]) {
    for (const encoding of ['base64', 'hex'] as const)
      assert.equal(text.includes(form.toString(encoding)), false);
  }
});

test('a Recipient gets what only it can read, and nothing in plain', async () => {
  const room = await testRoom();
  const CiphertextBlob = await encrypt(room, await createKey(room));
  const decryptFor = (document: string): Promise<DecryptResponse> =>
    room.run('Decrypt', {
      CiphertextBlob,
      EncryptionContext,
      Recipient: {
        KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
        AttestationDocument: Buffer.from(document),
      },
    });
  const answer = await decryptFor('holder one');
  assert.equal(answer.Plaintext, undefined);
  assert.equal(
    Buffer.from(answer.CiphertextForRecipient ?? []).toString(),
    'for holder one: hello',
  );
  await assert.rejects(decryptFor('somebody'), { name: 'ValidationException' });
  await assert.rejects(room.run('Decrypt', { CiphertextBlob, EncryptionContext, Recipient: {} }), {
    name: 'ValidationException',
  });
});
