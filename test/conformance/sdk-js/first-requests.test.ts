import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { ACMClient, paginateListCertificates } from '@aws-sdk/client-acm';
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
import type { FirstRequests } from './test-first-requests.ts';

const region = 'ap-southeast-4';
const count = 1_000;
/** One alone would not shake so many hands in the time that the server gives it, where the cores are busy. */
const threads = 4;
const share = count / threads;

test('a thousand first requests at once in a new account and Region make one key, one alias, one grant', async () => {
  await using world = await startWorld();
  const credentials = await newAccount(world);
  using agent = openAgent(world);
  const configuration = {
    endpoint: world.endpoint,
    region,
    credentials,
    maxAttempts: 1,
    requestHandler: { httpsAgent: agent.agent },
  };
  const acm = new ACMClient(configuration);
  const kms = new KMSClient(configuration);

  const arns = (
    await Promise.all(
      Array.from({ length: threads }, (_, at) => askFirst(world, credentials, at * share)),
    )
  ).flat();
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

  const rows = rowsOf(world);
  assert.deepEqual(rows('kms_key'), 1);
  assert.deepEqual(rows('kms_backing_key'), 1);
  assert.deepEqual(rows('kms_alias'), 1);
  assert.deepEqual(rows('kms_grant'), 1);
  assert.deepEqual(rows('acm_material'), count / 2);
  assert.doesNotMatch(world.log(), /"level":"error"/);
});

/** A share of all calls at once, from a thread of its own. Resolves with the ARNs. */
async function askFirst(
  { endpoint, caPem }: World,
  credentials: FirstRequests['credentials'],
  first: number,
): Promise<string[]> {
  const place = { endpoint, region, credentials, caPem };
  const workerData: FirstRequests = { ...place, ...plantedKey('ec'), first, count: share };
  const worker = new Worker(new URL('./test-first-requests.ts', import.meta.url), { workerData });
  const [arns] = (await once(worker, 'message')) as [string[]];
  return arns;
}

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
  const agent = new Agent({ ca, keepAlive: true });
  return { agent, [Symbol.dispose]: () => agent.destroy() };
}

function rowsOf(world: World): (table: string) => unknown {
  return (table) => {
    using database = new DatabaseSync(join(world.dataDirectory, 'holdfast.db'), { readOnly: true });
    const query = database.prepare(`SELECT count(*) AS n FROM ${table} WHERE region = ?`);
    return query.get(region)?.['n'];
  };
}
