import type { Input } from '../client.ts';
import { anywhere, type Cases, type Permission } from '../case.ts';
import type { Scene } from '../scene.ts';

const key = (scene: Scene): Promise<string> => scene.key();
const aliasArn = (scene: Scene): string => scene.regional('kms', `alias/${scene.name}`);
const freshAlias = (scene: Scene): string => `alias/${scene.name}-new`;
const ownKey = async (scene: Scene): Promise<Permission> => ['kms:DeleteAlias', await key(scene)];
const ciphertext = async (scene: Scene): Promise<Input> => ({
  CiphertextBlob: await scene.ciphertext(),
});
const grants = async (scene: Scene): Promise<void> => {
  await scene.grant();
  await scene.grant('second grant');
};
/** Leaves the key to its account, and names somebody. */
const keyPolicy = async (scene: Scene): Promise<string> => {
  const statement = (AWS: string, Action: string): object => ({
    Effect: 'Allow',
    Principal: { AWS },
    Action,
    Resource: '*',
  });
  const somebody = scene.arn(`user/${await scene.user()}`);
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [statement(scene.arn('root'), 'kms:*'), statement(somebody, 'kms:DescribeKey')],
  });
};

export const kmsCases: Cases = {
  members: {
    AliasName: (scene) => scene.alias(),
    DestinationKeyId: (scene) => scene.key('second key'),
    GrantId: (scene) => scene.grant(),
    KeyId: key,
    Operations: () => ['DescribeKey'],
    Plaintext: () => Buffer.from('text'),
    TargetKeyId: key,
  },
  operations: {
    CreateAlias: {
      on: (scene) => scene.regional('kms', freshAlias(scene)),
      input: (scene) => ({ AliasName: freshAlias(scene) }),
      also: async (scene): Promise<Permission[]> => [['kms:CreateAlias', await key(scene)]],
    },
    CreateGrant: {
      on: key,
      input: (scene) => ({ GranteePrincipal: scene.home.probeArn }),
      toldByAws: ['GranteePrincipal'],
    },
    CreateKey: {
      on: anywhere,
      input: () => ({ Tags: [{ TagKey: 'team', TagValue: 'a' }] }),
      also: (): Permission[] => [['kms:TagResource', '*']],
    },
    Decrypt: { on: key, input: ciphertext },
    DeleteAlias: { on: aliasArn, also: async (scene) => [await ownKey(scene)] },
    DescribeKey: [
      { on: key },
      { on: key, input: async (scene) => ({ KeyId: (await key(scene)).replace(/.*\//, '') }) },
      { on: key, input: async (scene) => ({ KeyId: await scene.alias() }) },
      {
        on: key,
        input: async (scene) => ({ KeyId: scene.regional('kms', await scene.alias()) }),
      },
    ],
    DisableKey: { on: key },
    EnableKey: { on: key },
    Encrypt: { on: key },
    GenerateDataKey: { on: key, input: () => ({ KeySpec: 'AES_256' }) },
    GenerateRandom: { on: anywhere, input: () => ({ NumberOfBytes: 16 }) },
    GetKeyPolicy: { on: key },
    ListAliases: [
      { on: anywhere, given: (scene) => scene.alias() },
      {
        on: anywhere,
        given: (scene) => scene.alias(),
        isOnePage: true,
        input: async (scene) => ({ KeyId: await key(scene) }),
      },
    ],
    ListGrants: { on: key, given: grants },
    ListKeyPolicies: { on: key, isOnePage: true },
    PutKeyPolicy: {
      on: key,
      input: async (scene) => ({ Policy: await keyPolicy(scene) }),
      toldByAws: ['Policy'],
    },
    ListKeys: { on: anywhere, given: key },
    ReEncrypt: {
      on: key,
      action: 'kms:ReEncryptFrom',
      input: ciphertext,
      also: async (scene): Promise<Permission[]> => [
        ['kms:ReEncryptTo', await scene.key('second key')],
      ],
    },
    RetireGrant: [
      {
        on: key,
        input: async (scene) => ({ KeyId: await key(scene), GrantId: await scene.grant() }),
      },
      { on: key, input: async (scene) => ({ GrantToken: await scene.grantToken() }) },
    ],
    RevokeGrant: { on: key },
  },
};
