import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DecryptCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateRandomCommand,
  GetKeyPolicyCommand,
  InvalidCiphertextException,
  KMSClient,
  KMSServiceException,
  ListAliasesCommand,
  ListGrantsCommand,
  ListKeyPoliciesCommand,
  ListKeysCommand,
  NotFoundException,
  paginateListAliases,
  paginateListGrants,
  paginateListKeys,
  ReEncryptCommand,
  RetireGrantCommand,
  RevokeGrantCommand,
  type GrantListEntry,
} from '@aws-sdk/client-kms';
import { region as regionOf } from '../../../src/aws/arn.ts';
import { Authority } from '../../../src/aws/authority/authority.ts';
import { authorityMigrations } from '../../../src/aws/authority/schema.ts';
import type { AuditRecord } from '../../../src/aws/audit/trail.ts';
import type { Pipeline } from '../../../src/aws/pipeline.ts';
import { allow, policy } from '../../../src/aws/test-edge.ts';
import { openEnvelope } from '../../../src/dataplane/gateway/enrolled-holder.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import {
  createKms,
  kmsMigrations,
  type Kms,
  type KmsTables,
} from '../../../src/services/kms/index.ts';
import { openSqliteStore } from '../../../src/store/sqlite/index.ts';
import { TestVault } from '../../../src/vault/test-vault.ts';
import { startFakeApi } from '../../fakes/api.ts';
import {
  account,
  FakePrincipals,
  gateway as gatewaySession,
  user,
} from '../../fakes/principals.ts';

/** KMS behind the real edge, on a real store, with the vault's own code behind its pipe. */
const region = regionOf('eu-west-1');
const callers = {
  admin: { ...user('admin'), accessKeyId: 'AKIAADMIN' },
  gateway: { ...gatewaySession, accessKeyId: 'AKIAGATEWAY' },
};
const EncryptionContext = { purpose: 'test' };

let clientOf: (accessKeyId: string, at?: string) => KMSClient;
let admin: KMSClient;
let gateway: KMSClient;
let holder: Awaited<ReturnType<TestVault['holder']>>;
let kms: Kms;
let pipeline: Pipeline;
const records: AuditRecord[] = [];
const stack = new AsyncDisposableStack();

before(async () => {
  const folder = stack.use(mkdtempDisposableSync(join(tmpdir(), 'holdfast-kms-')));
  const store = stack.use(
    await openSqliteStore<KmsTables>({
      file: join(folder.path, 'store.sqlite'),
      migrations: [authorityMigrations, kmsMigrations],
      log: silentLog,
    }),
  );
  const vault = new TestVault();
  vault.now = systemClock.now();
  holder = await vault.holder();
  kms = createKms(store.db, {
    authority: new Authority(store.db, { vault: vault.client, alarm: () => undefined }),
    principals: new FakePrincipals(),
    vault: vault.client,
    grantEnded: () => undefined,
  });
  const api = stack.use(
    await startFakeApi({
      service: kms.service,
      store,
      vault: vault.client,
      trail: { write: (_change, written) => void records.push(...written) },
      callers: [
        [callers.admin, allow('*')],
        // Only grants allow it anything.
        [callers.gateway, policy({ Effect: 'Deny', Action: 'kms:CreateGrant', Resource: '*' })],
      ],
    }),
  );
  pipeline = api.pipeline;
  clientOf = (accessKeyId, at) => new KMSClient(api.settings(accessKeyId, at));
  admin = clientOf('AKIAADMIN');
  gateway = clientOf('AKIAGATEWAY');
});

after(() => stack.disposeAsync());

async function newKey(): Promise<string> {
  const { KeyMetadata } = await admin.send(new CreateKeyCommand({ Description: 'app' }));
  return KeyMetadata?.Arn ?? '';
}

test('the life of a key, as the SDK sees it', async () => {
  const { KeyMetadata } = await admin.send(
    new CreateKeyCommand({ Description: 'app', Tags: [{ TagKey: 'env', TagValue: 'dev' }] }),
  );
  assert.equal(KeyMetadata?.CreationDate instanceof Date, true);
  const KeyId = KeyMetadata?.KeyId;
  await admin.send(new CreateAliasCommand({ AliasName: 'alias/app', TargetKeyId: KeyId }));
  const described = await admin.send(new DescribeKeyCommand({ KeyId: 'alias/app' }));
  assert.deepEqual(described.KeyMetadata, KeyMetadata);
  const { Policy } = await admin.send(new GetKeyPolicyCommand({ KeyId }));
  assert.match(Policy ?? '', /^\{\n  "Version" : "2012-10-17",\n  "Id" : "key-default-1",/);
  const { PolicyNames } = await admin.send(new ListKeyPoliciesCommand({ KeyId }));
  assert.deepEqual(PolicyNames, ['default']);

  await admin.send(new DisableKeyCommand({ KeyId }));
  await assert.rejects(
    admin.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') })),
    isError('DisabledException', `${KeyMetadata?.Arn} is disabled.`),
  );
  await admin.send(new EnableKeyCommand({ KeyId }));
  await admin.send(new DeleteAliasCommand({ AliasName: 'alias/app' }));
  await assert.rejects(
    admin.send(new DescribeKeyCommand({ KeyId: 'alias/app' })),
    (error) =>
      error instanceof NotFoundException &&
      error.message === `Alias arn:aws:kms:eu-west-1:${account}:alias/app is not found.`,
  );
});

test('what the SDK encrypts it decrypts, with the same context only', async () => {
  const KeyId = await newKey();
  const Plaintext = Buffer.from('hello');
  const { CiphertextBlob, EncryptionAlgorithm } = await admin.send(
    new EncryptCommand({ KeyId, Plaintext, EncryptionContext }),
  );
  assert.equal(EncryptionAlgorithm, 'SYMMETRIC_DEFAULT');
  const opened = await admin.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
  assert.equal(Buffer.from(opened.Plaintext ?? []).toString(), 'hello');
  assert.equal(opened.KeyId, KeyId);
  await assert.rejects(
    admin.send(new DecryptCommand({ CiphertextBlob })),
    (error) => error instanceof InvalidCiphertextException && error.message === 'UnknownError',
  );
  const moved = await admin.send(
    new ReEncryptCommand({
      CiphertextBlob,
      SourceEncryptionContext: EncryptionContext,
      DestinationKeyId: await newKey(),
    }),
  );
  assert.equal(moved.SourceKeyId, KeyId);
  const again = await admin.send(new DecryptCommand({ CiphertextBlob: moved.CiphertextBlob }));
  assert.equal(Buffer.from(again.Plaintext ?? []).toString(), 'hello');
});

test('data keys and random bytes have the length that was asked for', async () => {
  const KeyId = await newKey();
  const made = await admin.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }));
  assert.equal(made.Plaintext?.length, 32);
  const { Plaintext } = await admin.send(
    new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }),
  );
  assert.deepEqual(Plaintext, made.Plaintext);
  const random = await admin.send(new GenerateRandomCommand({ NumberOfBytes: 1024 }));
  assert.equal(random.Plaintext?.length, 1024);
  await assert.rejects(
    admin.send(new GenerateRandomCommand({ NumberOfBytes: 1025 })),
    isError(
      'ValidationException',
      "1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy constraint: Member must have value less than or equal to 1024",
    ),
  );
});

test('the paginators of the SDK find everything once', async () => {
  const KeyId = await newKey();
  for (const AliasName of ['alias/p1', 'alias/p2', 'alias/p3'])
    await admin.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyId }));
  const config = { client: admin, pageSize: 2 };
  const aliases = await Array.fromAsync(paginateListAliases(config, { KeyId }));
  assert.deepEqual(
    aliases.flatMap(({ Aliases }) => Aliases?.map(({ AliasName }) => AliasName) ?? []),
    ['alias/p1', 'alias/p2', 'alias/p3'],
  );
  const keys = await Array.fromAsync(paginateListKeys(config, {}));
  const arns = keys.flatMap(({ Keys }) => Keys?.map(({ KeyArn }) => KeyArn) ?? []);
  assert.equal(new Set(arns).size, arns.length);
  assert.ok(arns.includes(KeyId));
});

test('a grant lives until it is retired or revoked', async () => {
  const KeyId = await newKey();
  const create = () =>
    admin.send(
      new CreateGrantCommand({
        KeyId,
        GranteePrincipal: 'tlsconnectionmanager.amazonaws.com',
        Operations: ['Decrypt'],
        Constraints: { EncryptionContextEquals: EncryptionContext },
      }),
    );
  const { CiphertextBlob } = await admin.send(
    new EncryptCommand({ KeyId, Plaintext: Buffer.from('x'), EncryptionContext }),
  );
  const decrypt = () => gateway.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
  for (const end of ['retire', 'revoke']) {
    const { GrantId, GrantToken } = await create();
    await decrypt();
    if (end === 'retire') await admin.send(new RetireGrantCommand({ GrantToken }));
    else await admin.send(new RevokeGrantCommand({ KeyId, GrantId }));
    await assert.rejects(decrypt(), isError('AccessDeniedException'));
    assert.deepEqual(await grantsOf(KeyId), []);
  }
});

test('a private key of ACM is decrypted by an enrolled holder under its grant, and by nobody else', async () => {
  const certificate = `arn:aws:acm:${region}:${account}:certificate/1`;
  const own = { 'aws:acm:arn': certificate };
  const both = { ...own, 'aws:elasticloadbalancing:arn': 'arn:lb' };
  const { keysForAcm } = kms;
  const acm = { name: 'test', service: `acm.${region}.amazonaws.com`, account, region };
  let keyArn = '';
  let ciphertext: Uint8Array = new Uint8Array();
  await pipeline.runJob(acm, async (call) => {
    ({ keyArn } = await keysForAcm.ensureManagedKey(call.via('acm.amazonaws.com')));
    const options = { keySpec: 'EC_prime256v1', context: own, isExportable: false } as const;
    const made = await keysForAcm.generatePrivateKey(call, options);
    const asked = { keyArn, ciphertext: made.ciphertext, from: own, to: both };
    ({ ciphertext } = await keysForAcm.reEncryptPrivateKey(call, asked));
  });
  const decrypt = (client: KMSClient, document?: Uint8Array) =>
    client.send(
      new DecryptCommand({
        CiphertextBlob: ciphertext,
        EncryptionContext: both,
        ...(document === undefined
          ? {}
          : {
              Recipient: {
                KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256' as const,
                AttestationDocument: document,
              },
            }),
      }),
    );
  const isDenied = isError('AccessDeniedException');
  await assert.rejects(decrypt(gateway, holder.document()), isDenied);
  await pipeline.runJob(acm, async (call) => {
    await keysForAcm.createGrant(call.via('acm.amazonaws.com'), {
      keyArn,
      name: 'IssuedThroughACM',
      granteePrincipal: 'tlsconnectionmanager.amazonaws.com',
      retiringPrincipal: acm.service,
      operations: ['Decrypt'],
      encryptionContextEquals: both,
    });
  });

  const { Plaintext, CiphertextForRecipient } = await decrypt(gateway, holder.document());
  assert.equal(Plaintext, undefined);
  const opened = openEnvelope(
    CiphertextForRecipient ?? new Uint8Array(),
    holder.ephemeral.privateKey,
  );
  assert.equal(
    createPrivateKey({ key: Buffer.from(opened), format: 'der', type: 'pkcs8' }).asymmetricKeyType,
    'ec',
  );
  await assert.rejects(decrypt(gateway), isDenied);
  await assert.rejects(decrypt(admin), isDenied);
  await assert.rejects(decrypt(admin, holder.document()), isDenied);

  const [grant] = (await grantsOf(keyArn)).filter(({ Name }) => Name === 'IssuedThroughACM');
  assert.deepEqual(grant?.Constraints, { EncryptionContextEquals: both });
  await admin.send(new RevokeGrantCommand({ KeyId: keyArn, GrantId: grant?.GrantId }));
  await assert.rejects(decrypt(gateway, holder.document()), isDenied);
  const event = records.findLast(
    ({ eventName, errorCode }) => eventName === 'Decrypt' && errorCode === undefined,
  );
  assert.deepEqual(event?.additionalEventData?.['recipient'], {
    attestationDocumentModuleId: holder.holderId,
  });
});

test('a thousand first requests at once make one key, one alias and one grant', async () => {
  const elsewhere = regionOf('eu-central-1');
  const acm = { name: 'test', service: 'acm.eu-central-1.amazonaws.com', account };
  const arns = new Set<string>();
  await Promise.all(
    Array.from({ length: 1000 }, () =>
      pipeline.runJob({ ...acm, region: elsewhere }, async (call) => {
        const { keyArn } = await kms.keysForAcm.ensureManagedKey(call.via('acm.amazonaws.com'));
        call.change.afterCommit(() => arns.add(keyArn));
      }),
    ),
  );
  const client = clientOf('AKIAADMIN', elsewhere);
  const { Keys } = await client.send(new ListKeysCommand({}));
  assert.deepEqual(
    Keys?.map(({ KeyArn }) => KeyArn),
    [...arns],
  );
  const { Aliases } = await client.send(new ListAliasesCommand({}));
  const { Grants } = await client.send(new ListGrantsCommand({ KeyId: [...arns][0] }));
  assert.deepEqual([arns.size, Aliases?.length, Grants?.length], [1, 1, 1]);
});

async function grantsOf(KeyId: string): Promise<GrantListEntry[]> {
  const pages = await Array.fromAsync(paginateListGrants({ client: admin }, { KeyId }));
  return pages.flatMap(({ Grants }) => Grants ?? []);
}

function isError(name: string, message?: string): (error: unknown) => boolean {
  return (error) =>
    error instanceof KMSServiceException &&
    error.name === name &&
    error.$metadata.httpStatusCode === 400 &&
    (message === undefined || error.message === message);
}
