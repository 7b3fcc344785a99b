import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { DescribeCertificateCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DecryptCommand,
  DisableKeyCommand,
  EncryptCommand,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms';
import { clientsOf, type Clients } from '../../test/sdk-clients.ts';
import { SetMacs } from '../aws/authority/set-macs.ts';
import { startConstellation, type TestConstellation } from './test-constellation.ts';

/**
 * The attacks of test/conformance/sdk-js/tampering.test.ts, once as they are and once on a server that believes every
 * set: where the check is left out each of them must gain what it is after, or it would prove nothing.
 */
interface Scene {
  readonly server: TestConstellation;
  readonly key: string;
  /** Of a user who may do nothing. */
  readonly mallory: Clients;
  readonly malloryArn: string;
  readonly decrypt: { readonly CiphertextBlob: Uint8Array | undefined };
}

/** What is done to the database, and then resolves only for who has the right. */
type Attack = (scene: Scene) => Promise<() => Promise<unknown>>;

const attacks: Readonly<Record<string, Attack>> = {
  'a key policy is changed': async ({ server, mallory, malloryArn, decrypt, key }) => {
    const Statement = [
      { Effect: 'Allow', Principal: { AWS: malloryArn }, Action: 'kms:*', Resource: '*' },
    ];
    const policy = JSON.stringify({ Version: '2012-10-17', Statement });
    run(server, 'UPDATE kms_key SET policy = ? WHERE key_id = ?', policy, key);
    return () => mallory.kms.send(new DecryptCommand(decrypt));
  },

  'a Deny is deleted': async ({ server, decrypt }) => {
    const deny = { Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' };
    const carol = await userWith(server, 'carol', { use: allow('kms:*'), deny });
    await assert.rejects(carol.kms.send(new DecryptCommand(decrypt)));
    run(server, `DELETE FROM iam_user_policy WHERE policy_name = 'deny'`);
    return () => carol.kms.send(new DecryptCommand(decrypt));
  },

  'a policy is inserted': async ({ server, mallory, decrypt }) => {
    run(
      server,
      `INSERT INTO iam_user_policy SELECT account, 'mallory', 'all', document FROM iam_user_policy
       WHERE user_key = 'admin'`,
    );
    return () => mallory.kms.send(new DecryptCommand(decrypt));
  },

  'a grant is given to somebody else': async ({ server, mallory, malloryArn, key, decrypt }) => {
    await newGrant(server, key, malloryArn.replace('mallory', 'admin'));
    run(server, 'UPDATE kms_grant SET grantee_principal = ? WHERE key_id = ?', malloryArn, key);
    return () => mallory.kms.send(new DecryptCommand(decrypt));
  },

  'a revoked grant is put back': async ({ server, mallory, malloryArn, key, decrypt }) => {
    const GrantId = await newGrant(server, key, malloryArn);
    await mallory.kms.send(new DecryptCommand(decrypt));
    server.database.exec('CREATE TEMP TABLE revoked AS SELECT * FROM kms_grant');
    await server.clients.kms.send(new RevokeGrantCommand({ KeyId: key, GrantId }));
    await assert.rejects(mallory.kms.send(new DecryptCommand(decrypt)));
    run(server, 'INSERT INTO kms_grant SELECT * FROM revoked WHERE grant_id = ?', GrantId);
    // With a record of its own making: the old one went with the grant.
    run(
      server,
      `INSERT INTO authority_set SELECT 'kms-grants', account, region,
       key_id || ' ' || substr(grant_id, 1, 2), 1, 1, zeroblob(33), 0 FROM revoked WHERE grant_id = ?`,
      GrantId,
    );
    return () => mallory.kms.send(new DecryptCommand(decrypt));
  },

  'a disabled key is enabled': async ({ server, key, decrypt }) => {
    await server.clients.kms.send(new DisableKeyCommand({ KeyId: key }));
    run(server, `UPDATE kms_key SET key_state = 'Enabled' WHERE key_id = ?`, key);
    return () => server.clients.kms.send(new DecryptCommand(decrypt));
  },

  'an alias leads to another key': async ({ server, key }) => {
    const { kms } = server.clients;
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/app', TargetKeyId: key }));
    const another = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.KeyId ?? '';
    run(server, `UPDATE kms_alias SET key_id = ? WHERE alias_name = 'alias/app'`, another);
    return async () => {
      const encrypt = { KeyId: 'alias/app', Plaintext: Buffer.from('x') };
      const { KeyId } = await kms.send(new EncryptCommand(encrypt));
      assert.ok(KeyId?.endsWith(another));
    };
  },

  'a domain is assigned': async ({ server }) => {
    const { rooms, database } = server;
    assert.equal(await rooms.route53.domains.ownerOf('bank.com'), undefined);
    const { firstAccount } = rooms;
    run({ database }, `INSERT INTO route53_domain_assignment VALUES ('bank.com', ?)`, firstAccount);
    return async () => assert.equal(await rooms.route53.domains.ownerOf('bank.com'), firstAccount);
  },

  'a pending domain is called proved': async ({ server }) => {
    const { acm } = server.clients;
    const request = { DomainName: 'pending.test', ValidationMethod: 'DNS' as const };
    const { CertificateArn } = await acm.send(new RequestCertificateCommand(request));
    run(
      server,
      `UPDATE acm_certificate SET detail = replace(detail, 'PENDING_VALIDATION', 'SUCCESS') WHERE arn = ?`,
      CertificateArn ?? '',
    );
    return async () => {
      const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
      const [domain] = Certificate?.DomainValidationOptions ?? [];
      assert.equal(domain?.ValidationStatus, 'SUCCESS');
    };
  },

  'another CA is made an issuer': async ({ server }) => {
    const { rooms } = server;
    run(
      server,
      `INSERT INTO acme_issuer VALUES ('evil', '*', '*', 1, 'https://ca.test/', NULL, NULL, 'https://ca.test/1', 'id', x'00', x'00')`,
    );
    // With a record of its own making: there was no issuer before.
    run(
      server,
      `INSERT INTO authority_set VALUES ('acme-issuers', '', '', '', 1, 1, zeroblob(33), 0)`,
    );
    return async () =>
      assert.deepEqual(await rooms.acme.issuers.candidatesFor(rooms.firstAccount, ['a.test']), [
        'evil',
      ]);
  },

  'another hears of events': async ({ server }) => {
    const { rooms } = server;
    run(
      server,
      `INSERT INTO event_target VALUES ('webhook-evil', 'https://evil.test/', '*', 1, NULL, NULL)`,
    );
    run(
      server,
      `INSERT INTO authority_set VALUES ('event-targets', '', '', '', 1, 1, zeroblob(33), 0)`,
    );
    return async () => assert.equal((await rooms.events.list())[0]?.id, 'webhook-evil');
  },
};

const gained = 'what it was after';

/** What each attack gained, or the error that it met with. */
async function gains(): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const [name, attack] of Object.entries(attacks)) {
    await using server = await startConstellation();
    const use = await attack(await setScene(server));
    await setImmediate();
    found[name] = await use().then(
      () => gained,
      (error: unknown) => String(error),
    );
  }
  return found;
}

test('no attack on the rows gains anything', async () => {
  const found = Object.entries(await gains());
  assert.deepEqual(
    found.filter(([, what]) => what === gained),
    [],
  );
});

test('where the check of the MACs is left out, every one of them does', async (t: TestContext) => {
  t.mock.method(SetMacs.prototype, 'isRight', async () => true);
  const all = Object.keys(attacks).map((name) => [name, gained]);
  assert.deepEqual(await gains(), Object.fromEntries(all));
});

async function setScene(server: TestConstellation): Promise<Scene> {
  const { kms } = server.clients;
  const mallory = await userWith(server, 'mallory', {});
  const malloryArn = `arn:aws:iam::${server.rooms.firstAccount}:user/mallory`;
  const key = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.KeyId ?? '';
  const encrypt = { KeyId: key, Plaintext: Buffer.from('x') };
  const { CiphertextBlob } = await kms.send(new EncryptCommand(encrypt));
  const decrypt = { CiphertextBlob };
  await assert.rejects(mallory.kms.send(new DecryptCommand(decrypt)));
  return { server, key, mallory, malloryArn, decrypt };
}

async function userWith(
  { clients: { iam }, api }: TestConstellation,
  UserName: string,
  statements: Readonly<Record<string, object>>,
): Promise<Clients> {
  await iam.send(new CreateUserCommand({ UserName }));
  for (const [PolicyName, Statement] of Object.entries(statements)) {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }));
  }
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
  return clientsOf(api, { credentials, maxAttempts: 1 });
}

async function newGrant(
  { clients }: TestConstellation,
  KeyId: string,
  GranteePrincipal: string,
): Promise<string> {
  const grant = { KeyId, GranteePrincipal, Operations: ['Decrypt' as const] };
  const { GrantId = '' } = await clients.kms.send(new CreateGrantCommand(grant));
  return GrantId;
}

function allow(Action: string): object {
  return { Effect: 'Allow', Action, Resource: '*' };
}

function run(
  { database }: Pick<TestConstellation, 'database'>,
  statement: string,
  ...values: string[]
): void {
  assert.ok(database.prepare(statement).run(...values).changes > 0, statement);
}
