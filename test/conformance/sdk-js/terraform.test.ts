import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  ListHostedZonesByNameCommand,
  type ResourceRecordSet,
  type RRType,
} from '@aws-sdk/client-route-53';
import {
  startConstellation,
  type TestConstellation,
} from '../../../src/processes/test-constellation.ts';
import { TerraformProvider } from './terraform-provider.ts';

/** What Terraform does: apply, a plan that finds nothing to do, changes, and destroy in the reverse order. */
let constellation: TestConstellation;
let terraform: TerraformProvider;

before(async () => {
  constellation = await startConstellation();
  terraform = new TerraformProvider(constellation.clients);
});

after(() => constellation[Symbol.asyncDispose]());

function records(Name: string, Type: RRType, ...values: string[]): ResourceRecordSet {
  return { Name, Type, TTL: 300, ResourceRecords: values.map((Value) => ({ Value })) };
}

/** A plan after an apply reads all again, and must find what it found. */
async function stable<T>(read: () => Promise<T>): Promise<T> {
  const state = await read();
  assert.deepEqual(await read(), state);
  return state;
}

test('aws_route53_zone: apply, plan, change of comment and tags, destroy', async () => {
  const tags = { team: 'a', stage: 'test' };
  const id = await terraform.createZone('zone.test', tags);
  const read = () => terraform.readZone(id);
  const state = await stable(read);
  assert.deepEqual(state, {
    name: 'zone.test',
    comment: 'Managed by Terraform',
    isPrivate: false,
    delegationSetId: undefined,
    primaryNameServer: 'ns-1.dns.holdfast.internal',
    nameServers: ['ns-1.dns.holdfast.internal', 'ns-2.dns.holdfast.internal'],
    tags,
  });

  await terraform.commentZone(id, 'of the team');
  await terraform.tagZone(id, { team: 'b' }, ['stage']);
  assert.deepEqual(await stable(read), { ...state, comment: 'of the team', tags: { team: 'b' } });

  const found = await constellation.clients.route53.send(
    new ListHostedZonesByNameCommand({ DNSName: 'zone.test', MaxItems: 1 }),
  );
  assert.equal(found.HostedZones?.[0]?.Id, `/hostedzone/${id}`);

  await terraform.applyRecord(id, records('left.zone.test', 'TXT', '"by hand"'));
  await terraform.destroyZone(id, 'zone.test');
  assert.equal(await read(), undefined);
});

test('aws_route53_record: every kind, apply, plan, change of value and of type, destroy', async () => {
  const zone = await terraform.createZone('record.test', { team: 'a' });
  const kinds: ResourceRecordSet[] = [
    records('record.test', 'A', '192.0.2.2', '192.0.2.1'),
    records('*.record.test', 'CNAME', 'www.record.test'),
    records('WWW.record.test', 'AAAA', '2001:db8::1'),
    records('_dmarc.record.test', 'TXT', '"v=DMARC1; p=none"', '"two" "parts"'),
    records('record.test', 'MX', '10 mx.record.test.'),
    records('record.test', 'CAA', '0 issue "ca.example"'),
    records('_sip._tcp.record.test', 'SRV', '1 2 3 sip.record.test.'),
    records('sub.record.test', 'NS', 'ns.other.example.'),
  ];
  for (const set of kinds) {
    await terraform.applyRecord(zone, set);
    const { Name = '', Type = 'A' } = set;
    const state = await stable(() => terraform.readRecord(zone, Name, Type));
    assert.deepEqual(state, {
      fqdn: Name.toLowerCase(),
      ttl: 300,
      records: set.ResourceRecords?.map(({ Value }) => Value).toSorted(),
      alias: undefined,
    });
  }
  // Read by place in a list: what stands there in the place of one that is gone is not it.
  assert.equal(await terraform.readRecord(zone, 'aaa.record.test', 'A'), undefined);
  await assert.rejects(terraform.applyRecord(zone, records('record.test', 'A', '192.0.2.9')), {
    name: 'InvalidChangeBatch',
  });

  await terraform.applyRecord(zone, records('record.test', 'A', '192.0.2.9'), 'UPSERT');
  assert.deepEqual((await terraform.readRecord(zone, 'record.test', 'A'))?.records, ['192.0.2.9']);
  const before = records('www.record.test', 'AAAA', '2001:db8::1');
  await terraform.replaceRecord(zone, before, records('www.record.test', 'A', '192.0.2.1'));
  assert.equal(await terraform.readRecord(zone, 'www.record.test', 'AAAA'), undefined);

  await terraform.destroyRecord(zone, '*.record.test', 'CNAME');
  await terraform.destroyRecord(zone, '*.record.test', 'CNAME');
  assert.equal(await terraform.readRecord(zone, '*.record.test', 'CNAME'), undefined);
  await terraform.destroyZone(zone, 'record.test');
});

test('aws_route53_record: an alias of a load balancer and one of a record, without a change in the next plan', async () => {
  const { elb } = constellation.clients;
  const zone = await terraform.createZone('alias.test', { team: 'a' });
  const { LoadBalancers: [balancer] = [] } = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'alias', Subnets: ['subnet-1', 'subnet-2'] }),
  );
  const target = balancer?.DNSName ?? '';
  const alias = (Name: string, HostedZoneId: string, DNSName: string): ResourceRecordSet => ({
    Name,
    Type: 'A',
    AliasTarget: { HostedZoneId, DNSName, EvaluateTargetHealth: true },
  });
  const balancerZone = balancer?.CanonicalHostedZoneId ?? '';
  for (const [set, name] of [
    [alias('alias.test', balancerZone, `dualstack.${target}`), target],
    [alias('www.alias.test', zone, 'alias.test'), 'alias.test'],
  ] as const) {
    await terraform.applyRecord(zone, set);
    const state = await stable(() => terraform.readRecord(zone, set.Name ?? '', 'A'));
    assert.deepEqual(state, {
      fqdn: set.Name,
      ttl: undefined,
      records: undefined,
      alias: { name, zoneId: set.AliasTarget?.HostedZoneId, evaluatesTargetHealth: true },
    });
    await terraform.destroyRecord(zone, set.Name ?? '', 'A');
  }
  await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: balancer?.LoadBalancerArn }));
  await terraform.destroyZone(zone, 'alias.test');
});

test('aws_acm_certificate and aws_acm_certificate_validation: apply, plan, destroy', async () => {
  const zone = await terraform.createZone('certificate.test', {});
  const names = ['certificate.test', '*.certificate.test', 'www.certificate.test'];
  const tags = { team: 'a' };
  const arn = await terraform.createCertificate(names, tags);
  const read = () => terraform.readCertificate(arn);
  const requested = await stable(read);
  assert.deepEqual(requested?.names, names.toSorted());
  assert.deepEqual([requested?.type, requested?.tags], ['AMAZON_ISSUED', tags]);

  // for_each over the options, with allow_overwrite: the wildcard shares its record with the name itself.
  const validation = requested?.validationRecords ?? [];
  for (const { Name = '', Value = '', Type } of validation) {
    assert.equal(Type, 'CNAME');
    await terraform.applyRecord(zone, records(Name, 'CNAME', Value), 'UPSERT');
    await stable(() => terraform.readRecord(zone, Name.replace(/\.$/, ''), 'CNAME'));
  }
  const recordNames = validation.map(({ Name = '' }) => Name);
  await assert.rejects(terraform.validateCertificate(arn, recordNames.slice(2)), /missing/);
  await terraform.validateCertificate(arn, recordNames);
  // What the plan compares is as it was when the certificate was requested.
  assert.deepEqual(await stable(read), requested);
  // The same request again, as after an apply that was cut short.
  assert.equal(await terraform.createCertificate(names, tags), arn);

  for (const name of new Set(recordNames)) {
    await terraform.destroyRecord(zone, name.replace(/\.$/, ''), 'CNAME');
  }
  await terraform.destroyCertificate(arn);
  assert.equal(await read(), undefined);
  await terraform.destroyZone(zone, 'certificate.test');
});
