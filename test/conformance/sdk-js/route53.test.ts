import assert from 'node:assert/strict';
import { Resolver } from 'node:dns/promises';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  GetChangeCommand,
  GetHostedZoneCommand,
  InvalidChangeBatch,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  waitUntilResourceRecordSetsChanged,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { authorityMigrations } from '../../../src/aws/authority/schema.ts';
import { allow } from '../../../src/aws/test-edge.ts';
import { createDnsServer, createResolver, createSurveyor } from '../../../src/dns/index.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { systemRandom } from '../../../src/lib/random.ts';
import { Change } from '../../../src/store/change.ts';
import { openSqliteStore } from '../../../src/store/sqlite/index.ts';
import {
  createDomainControl,
  createRoute53,
  route53Migrations,
  type Route53Tables,
} from '../../../src/services/route53/index.ts';
import { rowAuthority } from '../../fakes/row-authority.ts';
import { startFakeApi } from '../../fakes/api.ts';
import { account, user } from '../../fakes/principals.ts';

/** Route 53 behind the real edge, on a real store, with the name server beside it. */
const loadBalancer = 'web-1.eu-west-1.elb.holdfast.internal';

let client: Route53Client;
let resolver: Resolver;
let checkControl: (recordName: string, recordValue: string) => Promise<boolean>;
const stack = new AsyncDisposableStack();

before(async () => {
  const folder = stack.use(mkdtempDisposableSync(join(tmpdir(), 'holdfast-route53-')));
  const store = stack.use(
    await openSqliteStore<Route53Tables>({
      file: join(folder.path, 'store.sqlite'),
      migrations: [authorityMigrations, route53Migrations],
      log: silentLog,
    }),
  );
  const nameServers = [{ name: 'ns-1.dns.holdfast.internal', addresses: ['127.0.0.1'] }];
  const route53 = createRoute53(
    store.db,
    rowAuthority(store.db),
    {
      zones: {
        validation: 'acm-validations.holdfast.internal',
        loadBalancers: 'elb.holdfast.internal',
        nameServers: 'dns.holdfast.internal',
      },
      loadBalancerZoneId: 'Z0LOADBALANCERS',
      nameServers,
      ownNameServers: nameServers,
    },
    {
      loadBalancers: {
        loadBalancerAddresses: async (name) => (name === loadBalancer ? ['127.0.1.1'] : []),
      },
      challenges: { valuesAt: async () => [] },
    },
  );
  const dns = stack.use(
    await createDnsServer({
      host: '127.0.0.1',
      port: 0,
      source: route53.dnsSource,
      log: silentLog,
    }),
  );
  resolver = new Resolver({ timeout: 60_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${dns.port}`]);
  const names = { own: route53.dnsSource, upstream: [], random: systemRandom };
  const control = createDomainControl({
    authority: route53.authority,
    domains: route53.domains,
    zones: route53.zones,
    log: silentLog,
    resolver: createResolver(names),
    surveyor: createSurveyor(names),
  });
  checkControl = async (recordName, recordValue) => {
    const query = { account, domain: 'team.example', recordName, recordValue };
    return (await control.checkControl(query)).isProved;
  };
  const change = new Change();
  await route53.domains.allow(change, account, 'example');
  await store.commit(change);

  const alice = user('alice');
  const api = stack.use(
    await startFakeApi({ service: route53.service, store, callers: [[alice, allow('route53:*')]] }),
  );
  client = new Route53Client(api.settings(alice.accessKeyId));
});

after(() => stack.disposeAsync());

function change(id: string, Action: 'CREATE' | 'DELETE' | 'UPSERT', set: ResourceRecordSet) {
  return client.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: id,
      ChangeBatch: { Comment: 'a test', Changes: [{ Action, ResourceRecordSet: set }] },
    }),
  );
}

test('a zone from its creation to its deletion, as an SDK and a resolver see it', async () => {
  const made = await client.send(
    new CreateHostedZoneCommand({ Name: 'team.example', CallerReference: 'one' }),
  );
  const id = made.HostedZone?.Id ?? '';
  assert.match(made.Location ?? '', /\/2013-04-01\/hostedzone\/Z[A-Z0-9]{20}$/);
  assert.ok(made.ChangeInfo?.SubmittedAt instanceof Date);
  assert.equal((await resolver.resolveNs('team.example'))[0], 'ns-1.dns.holdfast.internal');
  assert.deepEqual(await resolver.resolve4('ns-1.dns.holdfast.internal'), ['127.0.0.1']);

  const name = '_x.team.example.';
  const value = `_${'0'.repeat(32)}.abcdefghij.acm-validations.holdfast.internal.`;
  assert.equal(await checkControl(name, value), false);
  const validation: ResourceRecordSet = {
    Name: name,
    Type: 'CNAME',
    TTL: 300,
    ResourceRecords: [{ Value: value }],
  };
  const { ChangeInfo } = await change(id, 'UPSERT', validation);
  await waitUntilResourceRecordSetsChanged({ client, maxWaitTime: 60 }, { Id: ChangeInfo?.Id });
  const got = await client.send(new GetChangeCommand({ Id: ChangeInfo?.Id }));
  assert.deepEqual([got.ChangeInfo?.Status, got.ChangeInfo?.Comment], ['INSYNC', 'a test']);
  assert.deepEqual(await resolver.resolveCname('_x.team.example'), [value.slice(0, -1)]);
  assert.equal(await checkControl(name, value), true);

  const alias: ResourceRecordSet = {
    Name: '*.team.example',
    Type: 'A',
    AliasTarget: {
      HostedZoneId: 'Z0LOADBALANCERS',
      DNSName: loadBalancer,
      EvaluateTargetHealth: false,
    },
  };
  await change(id, 'CREATE', alias);
  assert.deepEqual(await resolver.resolve4('any.team.example'), ['127.0.1.1']);
  assert.deepEqual(await resolver.resolve4(loadBalancer), ['127.0.1.1']);

  const list = await client.send(new ListResourceRecordSetsCommand({ HostedZoneId: id }));
  assert.deepEqual(
    list.ResourceRecordSets?.map((set) => `${set.Name} ${set.Type}`),
    ['team.example. NS', 'team.example. SOA', '\\052.team.example. A', '_x.team.example. CNAME'],
  );
  assert.equal(list.IsTruncated, false);
  const page = await client.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: id, MaxItems: 1 }),
  );
  assert.deepEqual([page.NextRecordName, page.NextRecordType], ['team.example.', 'SOA']);

  const zone = await client.send(new GetHostedZoneCommand({ Id: id }));
  assert.equal(zone.HostedZone?.ResourceRecordSetCount, 4);
  assert.deepEqual(zone.DelegationSet?.NameServers, ['ns-1.dns.holdfast.internal']);
  const zones = await client.send(new ListHostedZonesCommand({}));
  assert.deepEqual(
    zones.HostedZones?.map((each) => each.Name),
    ['team.example.'],
  );

  await assert.rejects(client.send(new DeleteHostedZoneCommand({ Id: id })), {
    name: 'HostedZoneNotEmpty',
  });
  // As a client does that gives back what it was shown.
  for (const set of list.ResourceRecordSets ?? []) {
    if (set.Type === 'A' || set.Type === 'CNAME') await change(id, 'DELETE', set);
  }
  await client.send(new DeleteHostedZoneCommand({ Id: id }));
  await assert.rejects(resolver.resolveNs('team.example'), { code: 'EREFUSED' });
});

test('an SDK reads why a batch was refused', async () => {
  const made = await client.send(
    new CreateHostedZoneCommand({ Name: 'other.example', CallerReference: 'two' }),
  );
  const bad = change(made.HostedZone?.Id ?? '', 'CREATE', {
    Name: 'w.other.example',
    Type: 'A',
    TTL: 60,
    ResourceRecords: [{ Value: 'nowhere' }],
  });
  await assert.rejects(bad, (error) => {
    assert.ok(error instanceof InvalidChangeBatch);
    assert.equal(error.$metadata.httpStatusCode, 400);
    assert.match(error.message, /^\[Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4/);
    return true;
  });
});

test('errors have their names and statuses', async () => {
  await assert.rejects(client.send(new GetHostedZoneCommand({ Id: 'Z1' })), {
    name: 'NoSuchHostedZone',
    message: 'No hosted zone found with ID: Z1',
  });
  await assert.rejects(client.send(new GetChangeCommand({ Id: 'C1' })), { name: 'NoSuchChange' });
  await assert.rejects(
    client.send(new CreateHostedZoneCommand({ Name: 'x.example', CallerReference: 'two' })),
    { name: 'HostedZoneAlreadyExists' },
  );
  await assert.rejects(
    client.send(new CreateHostedZoneCommand({ Name: 'a..example', CallerReference: 'three' })),
    { name: 'InvalidDomainName' },
  );
});
