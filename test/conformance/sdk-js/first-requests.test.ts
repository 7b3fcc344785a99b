import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import {
  ACMClient,
  ImportCertificateCommand,
  paginateListCertificates,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm';
import {
  DescribeKeyCommand,
  KMSClient,
  ListGrantsCommand,
  paginateListAliases,
  paginateListKeys,
} from '@aws-sdk/client-kms';
import { holdfast } from '../../command.ts';
import { plantedKey } from '../../planted-key.ts';
import { readSettings, startWorld, type World } from '../../world.ts';

const count = 1_000;

test('a thousand first requests at once in a new account and Region make one key, one alias, one grant', async () => {
  await using world = await startWorld();
  const credentials = await newAccount(world);
  using agent = openAgent(world);
  const configuration = {
    endpoint: world.endpoint,
    region: 'ap-southeast-4',
    credentials,
    // Every call succeeds the first time.
    maxAttempts: 1,
    requestHandler: { httpsAgent: agent.agent },
  };
  const acm = new ACMClient(configuration);
  const kms = new KMSClient(configuration);
  const { certificatePem, keyPem } = plantedKey('ec');

  const arns = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const command =
        n % 2 === 0
          ? acm.send(new RequestCertificateCommand({ DomainName: `n${n}.first.test` }))
          : acm.send(
              new ImportCertificateCommand({ Certificate: certificatePem, PrivateKey: keyPem }),
            );
      return (await command).CertificateArn;
    }),
  );
  assert.equal(new Set(arns).size, count);

  const keys = (await Array.fromAsync(paginateListKeys({ client: kms }, {}))).flatMap(
    ({ Keys }) => Keys ?? [],
  );
  const aliases = (await Array.fromAsync(paginateListAliases({ client: kms }, {}))).flatMap(
    ({ Aliases }) => Aliases ?? [],
  );
  assert.equal(keys.length, 1);
  assert.deepEqual(
    aliases.map(({ AliasName, TargetKeyId }) => [AliasName, TargetKeyId]),
    [['alias/aws/acm', keys[0]?.KeyId]],
  );
  const KeyId = keys[0]?.KeyId;
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
  assert.equal(KeyMetadata?.KeyManager, 'AWS');
  const { Grants = [] } = await kms.send(new ListGrantsCommand({ KeyId }));
  assert.deepEqual(
    Grants.map(({ GranteePrincipal, Operations }) => [GranteePrincipal, Operations]),
    [['acm.ap-southeast-4.amazonaws.com', ['Encrypt', 'ReEncryptFrom', 'ReEncryptTo']]],
  );
  const pages = paginateListCertificates(
    { client: acm, pageSize: 1000 },
    { Includes: { keyTypes: ['RSA_2048', 'EC_prime256v1'] } },
  );
  const listed = (await Array.fromAsync(pages)).flatMap(
    ({ CertificateSummaryList }) => CertificateSummaryList ?? [],
  );
  assert.deepEqual(new Set(listed.map(({ CertificateArn }) => CertificateArn)), new Set(arns));
  assert.equal(listed.length, count);
  acm.destroy();
  kms.destroy();

  const rows = rowsOf(world, 'ap-southeast-4');
  assert.deepEqual(rows('kms_key'), 1);
  assert.deepEqual(rows('kms_backing_key'), 1);
  assert.deepEqual(rows('kms_alias'), 1);
  assert.deepEqual(rows('kms_grant'), 1);
  assert.deepEqual(rows('acm_material'), count / 2);
  assert.doesNotMatch(world.log(), /"level":"error"/);
});

async function newAccount({ dataDirectory }: World) {
  const file = join(dataDirectory, '..', 'second.env');
  const made = await holdfast(['account', 'create', '--client-env', file, '--data', dataDirectory]);
  assert.equal(made.status, 0, made.errors);
  const settings = readSettings(file);
  assert.ok(!made.output.includes(settings['AWS_SECRET_ACCESS_KEY'] ?? ''));
  return {
    accessKeyId: settings['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: settings['AWS_SECRET_ACCESS_KEY'] ?? '',
  };
}

function openAgent({ environment }: World): Disposable & { readonly agent: Agent } {
  const ca = readFileSync(environment['AWS_CA_BUNDLE'] ?? '');
  // Many systems allow a process 1,024 open files.
  const agent = new Agent({ ca, keepAlive: true, maxSockets: 800 });
  return { agent, [Symbol.dispose]: () => agent.destroy() };
}

function rowsOf(world: World, region: string): (table: string) => unknown {
  return (table) => {
    using database = new DatabaseSync(join(world.dataDirectory, 'holdfast.db'), { readOnly: true });
    const query = database.prepare(`SELECT count(*) AS n FROM ${table} WHERE region = ?`);
    return query.get(region)?.['n'];
  };
}
