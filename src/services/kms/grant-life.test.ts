import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CreateGrantResponse, EncryptResponse } from './model.ts';
import { alice, bob, createKey, secret, testRoom, type TestRoom } from './test-room.ts';

/** What somebody may try with the grants of one key. `n` chooses a grant among those ever made. */
type Step =
  | { readonly do: 'grant'; readonly context: 'one' | 'two' | undefined; readonly name: boolean }
  | { readonly do: 'revoke' | 'retire' | 'retire-by-token'; readonly n: number }
  | { readonly do: 'disable' | 'enable' };

interface Model {
  readonly made: { id: string; token: string; context: string | undefined }[];
  readonly alive: Set<string>;
  isEnabled: boolean;
}

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('grant' as const),
    context: fc.constantFrom('one' as const, 'two' as const, undefined),
    name: fc.boolean(),
  }),
  fc.record({
    do: fc.constantFrom('revoke' as const, 'retire' as const, 'retire-by-token' as const),
    n: fc.nat(5),
  }),
  fc.record({ do: fc.constantFrom('disable' as const, 'enable' as const) }),
);

test('no sequence of calls decrypts without a grant that lives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const room = await testRoom();
      const KeyId = await createKey(room);
      const ciphertexts = new Map<string, Uint8Array>();
      for (const context of ['one', 'two'])
        ciphertexts.set(context, await encrypted(room, KeyId, context));
      const model: Model = { made: [], alive: new Set(), isEnabled: true };
      for (const each of steps) {
        await take(each, room, KeyId, model);
        for (const context of ['one', 'two']) {
          const isGranted = model.made.some(
            (grant) =>
              model.alive.has(grant.id) &&
              (grant.context === undefined || grant.context === context),
          );
          const isOpened = await decrypts(room, ciphertexts.get(context), context);
          assert.equal(isOpened, isGranted && model.isEnabled);
        }
      }
    }),
    { numRuns: 60 },
  );
});

async function take(each: Step, room: TestRoom, KeyId: string, model: Model): Promise<void> {
  switch (each.do) {
    case 'grant': {
      if (!model.isEnabled) return;
      const { GrantId: id = '', GrantToken: token = '' } = await room.run<CreateGrantResponse>(
        'CreateGrant',
        {
          KeyId,
          GranteePrincipal: alice.arn,
          RetiringPrincipal: bob.arn,
          Operations: ['Decrypt'],
          ...(each.name ? { Name: 'named' } : {}),
          ...(each.context === undefined
            ? {}
            : { Constraints: { EncryptionContextEquals: { context: each.context } } }),
        },
      );
      model.made.push({ id, token, context: each.context });
      model.alive.add(id);
      return;
    }
    case 'disable':
    case 'enable':
      model.isEnabled = each.do === 'enable';
      await room.run(model.isEnabled ? 'EnableKey' : 'DisableKey', { KeyId });
      return;
    default: {
      const grant = model.made[each.n];
      if (grant === undefined) return;
      const ending =
        each.do === 'revoke'
          ? room.run('RevokeGrant', { KeyId, GrantId: grant.id })
          : each.do === 'retire'
            ? room.run('RetireGrant', { KeyId, GrantId: grant.id }, bob)
            : room.run('RetireGrant', { GrantToken: grant.token }, bob);
      if (model.alive.delete(grant.id)) await ending;
      else await assert.rejects(ending);
    }
  }
}

async function encrypted(room: TestRoom, KeyId: string, context: string): Promise<Uint8Array> {
  const { CiphertextBlob = new Uint8Array() } = await room.run<EncryptResponse>('Encrypt', {
    KeyId,
    Plaintext: secret('x'),
    EncryptionContext: { context },
  });
  return CiphertextBlob;
}

async function decrypts(
  room: TestRoom,
  CiphertextBlob: Uint8Array | undefined,
  context: string,
): Promise<boolean> {
  try {
    await room.run('Decrypt', { CiphertextBlob, EncryptionContext: { context } }, alice);
    return true;
  } catch {
    return false;
  }
}
