import assert from 'node:assert/strict';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { test } from 'node:test';
import * as acm from '@aws-sdk/client-acm';
import { LookupEventsCommand, type LookupAttributeKey } from '@aws-sdk/client-cloudtrail';
import * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as route53 from '@aws-sdk/client-route-53';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { createZone, detailOf, issuedCertificate } from '../../test/issued.ts';
import { plantedKey } from '../../test/planted-key.ts';
import type { Clients } from '../../test/sdk-clients.ts';
import { until } from '../../test/until.ts';
import { region } from '../aws/arn.ts';
import type { Call } from '../aws/call.ts';
import { systemClock } from '../lib/clock.ts';
import { Secret } from '../lib/secret.ts';
import { Change } from '../store/change.ts';
import type { Rooms } from './rooms.ts';
import { startConstellation, type TestConstellation } from './test-constellation.ts';

/** What a plan may go over from end to end. */
const short = [
  // Rows that the statement itself brings along, and what a limited inner query found.
  /^SCAN \d+-ROW VALUES CLAUSE/,
  /^SCAN CONSTANT ROW/,
  /^SCAN found$/,
  // One row.
  /^SCAN elbv2_feed$/,
  // Whether there is an account at all.
  /^SCAN iam_account USING COVERING INDEX/,
  // Only when one of the operator's accounts, assignments, issuers or targets of events is new or gone.
  /^SCAN (?:iam_account|route53_domain_assignment|acme_issuer|event_target|event_sealing_key)$/,
  // A handful: there is another generation every eight years.
  /^SCAN ca_authority$/,
  // One row for each kind of rows that confer authority.
  /^SCAN authority_clock$/,
  // One row for each target of events, of which there are 20 at most; and one row.
  /^SCAN (?:event_target|event_progress|event_sequence)$/,
  // At the start of a process only.
  /^SCAN (?:sqlite_schema|schema_migration)$/,
  // A gateway that comes anew asks for all of them.
  /^SCAN elbv2_load_balancer USING COVERING INDEX/,
];

/** What runs once, when a data folder of an older version is opened. */
const migrating =
  /^insert into "cloudtrail_moment" .* select distinct|^select "account", "id", "name" from "route53_hosted_zone"$/;

test('what a call or a job costs depends on no number of rows: every statement is answered by an index', async (t) => {
  const plans = new Map<string, string[]>();
  const prepare = Reflect.get(DatabaseSync.prototype, 'prepare') as Prepare;
  t.mock.method(DatabaseSync.prototype, 'prepare', function (this: DatabaseSync, sql: string) {
    if (/^(?:select|insert|update|delete|with)\b/i.test(sql) && !plans.has(sql))
      plans.set(sql, planOf(this, prepare, sql));
    return prepare.call(this, sql);
  });
  await using constellation = await startConstellation();
  await callEverything(constellation);

  assert.ok(plans.size > 150, `${plans.size} statements`);
  const slow = [...plans]
    .filter(([sql]) => !migrating.test(sql))
    .flatMap(([sql, steps]) => steps.map((step) => ({ sql, step })))
    .filter(({ step }) => /^SCAN|TEMP B-TREE/.test(step))
    .filter(({ step }) => !short.some((pattern) => pattern.test(step)));
  assert.deepEqual(slow, []);
});

type Commit = (change: Change) => Promise<void>;
type Prepare = (this: DatabaseSync, sql: string) => StatementSync;

function planOf(database: DatabaseSync, prepare: Prepare, sql: string): string[] {
  const plan = prepare.call(database, `EXPLAIN QUERY PLAN ${sql}`);
  return plan.all().map(({ detail }) => String(detail));
}

async function callEverything({ clients, rooms, commit }: TestConstellation): Promise<void> {
  const webhook = await addWebhook(rooms);
  await callAcmAndElb(clients);
  await callKms(clients);
  await callIdentity(clients);
  await lookUp(clients);
  await rooms.privateCa.runDueCrls(systemClock.now());
  await rooms.cloudTrail.removeExpired(systemClock.now(), commit);
  await rooms.acm.measure(systemClock.now());
  await examine(rooms);
  await hearOfEvents(rooms, webhook, commit);
  const takeOver = new Change();
  rooms.acm.endLeases(takeOver, systemClock.now());
  await commit(takeOver);
  await asOperator(rooms, () => rooms.route53.domains.list());
}

/** What the doctor and the list of certificates read. */
async function examine({ acm, firstAccount }: Rooms): Promise<void> {
  const { inspection } = acm;
  const [first] = await inspection.page(undefined, 50);
  assert.ok(first);
  await inspection.page(first, 50);
  assert.ok((await inspection.facts(first.arn)) !== undefined);
  await inspection.withDomain('plans.test', [firstAccount], 5);
  await inspection.endingBefore(systemClock.now(), 50);
  await inspection.renewalsInTrouble(systemClock.now(), 50);
}

function asOperator<T>(
  { pipeline, firstAccount }: Rooms,
  work: (call: Call) => Promise<T>,
): Promise<T> {
  const place = { account: firstAccount, region: region('us-east-1') };
  return pipeline.runAsOperator({ eventName: 'Plan', requestParameters: null, ...place }, work);
}

function addWebhook(rooms: Rooms): Promise<string> {
  const url = 'https://127.0.0.1/';
  return asOperator(rooms, async (call) => {
    using secret = new Secret(new Uint8Array(32));
    return rooms.events.addWebhook(call, { url, account: '*', secret });
  });
}

async function hearOfEvents(rooms: Rooms, webhook: string, commit: Commit): Promise<void> {
  const { events } = rooms;
  await asOperator(rooms, (call) => events.test(call, webhook));
  await Promise.all(await events.startDeliveries({ commit, record: async () => {} }));
  await events.dropOverdue({ commit });
  assert.match((await events.list())[0]?.lastFailure ?? '', /127\.0\.0\.1/);
  await asOperator(rooms, async (call) => {
    using secret = new Secret(new Uint8Array(32).fill(1));
    await events.rotateSecret(call, webhook, secret);
  });
  await asOperator(rooms, (call) => events.remove(call, webhook));
}

async function callAcmAndElb(clients: Clients): Promise<void> {
  const zone = await createZone(clients, 'plans.test');
  const CertificateArn = await issuedCertificate(clients, zone, {
    DomainName: 'www.plans.test',
    KeyAlgorithm: 'EC_prime256v1',
    IdempotencyToken: 'plans',
    Options: { Export: 'ENABLED' },
    Tags: [{ Key: 'a', Value: 'b' }],
  });
  const { certificatePem, keyPem } = plantedKey('ec');
  const material = { Certificate: certificatePem, PrivateKey: keyPem };
  const imported = await clients.acm.send(new acm.ImportCertificateCommand(material));
  const reimport = { ...material, CertificateArn: imported.CertificateArn };

  const Subnets = ['subnet-1', 'subnet-2'];
  const made = await clients.elb.send(new elb.CreateLoadBalancerCommand({ Name: 'p', Subnets }));
  const LoadBalancerArn = made.LoadBalancers?.[0]?.LoadBalancerArn;
  const groups = await clients.elb.send(
    new elb.CreateTargetGroupCommand({
      Name: 'p',
      Protocol: 'HTTP',
      Port: 80,
      VpcId: 'vpc-1',
      TargetType: 'ip',
    }),
  );
  const TargetGroupArn = groups.TargetGroups?.[0]?.TargetGroupArn;
  const Targets = [{ Id: '127.0.0.1', Port: 9 }];
  await clients.elb.send(new elb.RegisterTargetsCommand({ TargetGroupArn, Targets }));
  const { Listeners } = await clients.elb.send(
    new elb.CreateListenerCommand({
      LoadBalancerArn,
      Protocol: 'HTTPS',
      Port: 18_444,
      Certificates: [{ CertificateArn }],
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }),
  );
  const ListenerArn = Listeners?.[0]?.ListenerArn;
  const listenerCertificates = {
    ListenerArn,
    Certificates: [{ CertificateArn: imported.CertificateArn }],
  };
  await clients.elb.send(new elb.AddListenerCertificatesCommand(listenerCertificates));
  await clients.acm.send(new acm.ImportCertificateCommand(reimport));

  const { Serial } = await detailOf(clients, CertificateArn);
  await clients.acm.send(new acm.RenewCertificateCommand({ CertificateArn }));
  await until('it is renewed', 120, async () =>
    (await detailOf(clients, CertificateArn)).Serial === Serial ? undefined : true,
  );
  const Tags = [{ Key: 'c', Value: 'd' }];
  const Passphrase = Buffer.from('passphrase');
  for (const command of [
    new acm.GetCertificateCommand({ CertificateArn }),
    new acm.ExportCertificateCommand({ CertificateArn, Passphrase }),
    new acm.AddTagsToCertificateCommand({ CertificateArn, Tags }),
    new acm.ListTagsForCertificateCommand({ CertificateArn }),
    new acm.RemoveTagsFromCertificateCommand({ CertificateArn, Tags }),
    new acm.PutAccountConfigurationCommand({
      IdempotencyToken: 'x',
      ExpiryEvents: { DaysBeforeExpiry: 30 },
    }),
    new acm.GetAccountConfigurationCommand({}),
  ] as acm.GetCertificateCommand[])
    await clients.acm.send(command);
  for (const SortOrder of ['ASCENDING', 'DESCENDING'] as const) {
    for (const filter of [
      {},
      { CertificateStatuses: ['ISSUED' as const, 'EXPIRED' as const] },
      { Includes: { exportOption: 'ENABLED' as const } },
      {
        CertificateStatuses: ['ISSUED' as const],
        Includes: { exportOption: 'ENABLED' as const, keyTypes: ['EC_prime256v1' as const] },
      },
      { Includes: { keyTypes: ['EC_prime256v1' as const] } },
    ]) {
      const input = { ...filter, SortBy: 'CREATED_AT' as const, SortOrder };
      await Array.fromAsync(
        acm.paginateListCertificates({ client: clients.acm, pageSize: 1 }, input),
      );
    }
  }
  for (const command of [
    new elb.DescribeLoadBalancersCommand({ PageSize: 1 }),
    new elb.DescribeLoadBalancersCommand({ Names: ['p'] }),
    new elb.DescribeLoadBalancersCommand({ LoadBalancerArns: [LoadBalancerArn ?? ''] }),
    new elb.DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }),
    new elb.DescribeTargetGroupsCommand({ LoadBalancerArn }),
    new elb.DescribeTargetGroupsCommand({ Names: ['p'] }),
    new elb.DescribeTargetGroupsCommand({}),
    new elb.DescribeTargetGroupAttributesCommand({ TargetGroupArn }),
    new elb.DescribeTargetHealthCommand({ TargetGroupArn }),
    new elb.DescribeListenersCommand({ LoadBalancerArn }),
    new elb.DescribeListenersCommand({ ListenerArns: [ListenerArn ?? ''] }),
    new elb.DescribeListenerCertificatesCommand({ ListenerArn }),
    new elb.DescribeListenerAttributesCommand({ ListenerArn }),
    new elb.AddTagsCommand({ ResourceArns: [LoadBalancerArn ?? ''], Tags }),
    new elb.DescribeTagsCommand({ ResourceArns: [LoadBalancerArn ?? ''] }),
    new elb.RemoveTagsCommand({ ResourceArns: [LoadBalancerArn ?? ''], TagKeys: ['c'] }),
    new elb.ModifyLoadBalancerAttributesCommand({
      LoadBalancerArn,
      Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '30' }],
    }),
    new elb.ModifyListenerCommand({ ListenerArn, Certificates: [{ CertificateArn }] }),
    new elb.DeregisterTargetsCommand({ TargetGroupArn, Targets }),
    new elb.RemoveListenerCertificatesCommand(listenerCertificates),
    new elb.DeleteListenerCommand({ ListenerArn }),
    new elb.DeleteTargetGroupCommand({ TargetGroupArn }),
    new elb.DeleteLoadBalancerCommand({ LoadBalancerArn }),
  ] as elb.DescribeLoadBalancersCommand[])
    await clients.elb.send(command);
  const revocation = { CertificateArn, RevocationReason: 'SUPERSEDED' as const };
  await clients.acm.send(new acm.RevokeCertificateCommand(revocation));
  await clients.acm.send(new acm.DeleteCertificateCommand({ CertificateArn }));
  await clients.route53.send(new route53.GetHostedZoneCommand({ Id: zone }));
  await clients.route53.send(new route53.ListHostedZonesCommand({ MaxItems: 1 }));
  await clients.route53.send(new route53.ListHostedZonesByNameCommand({ MaxItems: 1 }));
  await clients.route53.send(
    new route53.ListHostedZonesByNameCommand({ DNSName: 'a.test', MaxItems: 1 }),
  );
  await clients.route53.send(new route53.GetHostedZoneCountCommand({}));
  await clients.route53.send(new route53.UpdateHostedZoneCommentCommand({ Id: zone }));
  const tagged = {
    ResourceType: 'hostedzone' as const,
    ResourceId: zone.replace('/hostedzone/', ''),
  };
  await clients.route53.send(
    new route53.ChangeTagsForResourceCommand({ ...tagged, AddTags: [{ Key: 'a', Value: 'b' }] }),
  );
  await clients.route53.send(
    new route53.ChangeTagsForResourceCommand({ ...tagged, RemoveTagKeys: ['a'] }),
  );
  await clients.route53.send(new route53.ListTagsForResourceCommand(tagged));
  const sets = await clients.route53.send(
    new route53.ListResourceRecordSetsCommand({ HostedZoneId: zone, MaxItems: 2 }),
  );
  await clients.route53.send(
    new route53.ListResourceRecordSetsCommand({
      HostedZoneId: zone,
      StartRecordName: sets.NextRecordName,
      StartRecordType: sets.NextRecordType,
    }),
  );
  const cnames = await clients.route53.send(
    new route53.ListResourceRecordSetsCommand({ HostedZoneId: zone }),
  );
  const Changes = (cnames.ResourceRecordSets ?? [])
    .filter(({ Type }) => Type === 'CNAME')
    .map((ResourceRecordSet) => ({ Action: 'DELETE' as const, ResourceRecordSet }));
  const { ChangeInfo } = await clients.route53.send(
    new route53.ChangeResourceRecordSetsCommand({ HostedZoneId: zone, ChangeBatch: { Changes } }),
  );
  await clients.route53.send(new route53.GetChangeCommand({ Id: ChangeInfo?.Id }));
  await clients.route53.send(new route53.DeleteHostedZoneCommand({ Id: zone }));
}

async function callKms({ kms: client }: Clients): Promise<void> {
  const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({ Description: 'plans' }));
  const KeyId = KeyMetadata?.KeyId ?? '';
  const Plaintext = Buffer.from('text');
  const EncryptionContext = { a: 'b' };
  const { CiphertextBlob } = await client.send(
    new kms.EncryptCommand({ KeyId, Plaintext, EncryptionContext }),
  );
  const grant = () =>
    client.send(
      new kms.CreateGrantCommand({
        KeyId,
        Name: 'plans',
        GranteePrincipal: KeyMetadata?.Arn?.replace(/.*:([0-9]{12}):.*/, 'arn:aws:iam::$1:root'),
        Operations: ['Decrypt'],
        Constraints: { EncryptionContextSubset: EncryptionContext },
      }),
    );
  const { GrantId, GrantToken } = await grant();
  for (const command of [
    new kms.CreateAliasCommand({ AliasName: 'alias/plans', TargetKeyId: KeyId }),
    new kms.DescribeKeyCommand({ KeyId: 'alias/plans' }),
    new kms.DecryptCommand({ CiphertextBlob, EncryptionContext }),
    new kms.DecryptCommand({ CiphertextBlob, EncryptionContext, GrantTokens: [GrantToken ?? ''] }),
    new kms.ReEncryptCommand({
      CiphertextBlob,
      SourceEncryptionContext: EncryptionContext,
      DestinationKeyId: KeyId,
    }),
    new kms.GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }),
    new kms.GetKeyPolicyCommand({ KeyId }),
    new kms.ListKeyPoliciesCommand({ KeyId }),
    new kms.DisableKeyCommand({ KeyId }),
    new kms.EnableKeyCommand({ KeyId }),
    new kms.ListGrantsCommand({ KeyId, GrantId }),
    new kms.ListGrantsCommand({ KeyId, GranteePrincipal: 'arn:aws:iam::111122223333:root' }),
    new kms.RetireGrantCommand({ GrantToken }),
  ] as kms.DescribeKeyCommand[])
    await client.send(command);
  const again = await grant();
  const config = { client, pageSize: 1 };
  await Array.fromAsync(kms.paginateListKeys(config, {}));
  await Array.fromAsync(kms.paginateListAliases(config, {}));
  await Array.fromAsync(kms.paginateListAliases(config, { KeyId }));
  await Array.fromAsync(kms.paginateListGrants(config, { KeyId }));
  await client.send(new kms.RevokeGrantCommand({ KeyId, GrantId: again.GrantId }));
  await client.send(new kms.DeleteAliasCommand({ AliasName: 'alias/plans' }));
}

async function callIdentity({ iam: client, sts }: Clients): Promise<void> {
  const UserName = 'plans';
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'acm:*', Resource: '*' }],
  });
  for (const command of [
    new iam.CreateUserCommand({ UserName }),
    new iam.GetUserCommand({ UserName }),
    new iam.PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument }),
    new iam.CreateAccessKeyCommand({ UserName }),
  ] as iam.GetUserCommand[])
    await client.send(command);
  await sts.send(new GetCallerIdentityCommand({}));
}

async function lookUp({ cloudtrail }: Clients): Promise<void> {
  const keys: LookupAttributeKey[] = [
    'EventId',
    'EventName',
    'EventSource',
    'ReadOnly',
    'Username',
    'AccessKeyId',
    'ResourceType',
    'ResourceName',
  ];
  for (const AttributeKey of keys) {
    const LookupAttributes = [
      { AttributeKey, AttributeValue: AttributeKey === 'ReadOnly' ? 'true' : 'x' },
    ];
    await cloudtrail.send(new LookupEventsCommand({ LookupAttributes }));
  }
  const { NextToken } = await cloudtrail.send(new LookupEventsCommand({ MaxResults: 1 }));
  await cloudtrail.send(new LookupEventsCommand({ MaxResults: 1, NextToken }));
}
