import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidChangeBatch } from '../errors.ts';
import type { ListResourceRecordSetsResponse, ResourceRecordSet } from '../model.ts';
import {
  changeRecords,
  hostedZone,
  records,
  testOptions,
  testRoom,
  type TestChange,
  type TestRoom,
} from '../test-room.ts';

async function zoneRoom(): Promise<{ room: TestRoom; id: string }> {
  const room = await testRoom();
  return { room, id: await hostedZone(room, 'a.example') };
}

async function listed(room: TestRoom, id: string): Promise<string[]> {
  const { ResourceRecordSets } = await room.run<ListResourceRecordSetsResponse>(
    'ListResourceRecordSets',
    { HostedZoneId: id },
  );
  return ResourceRecordSets.map((set) => `${set.Name} ${set.Type}`);
}

async function refusal(room: TestRoom, id: string, ...changes: TestChange[]): Promise<unknown[]> {
  const error: unknown = await changeRecords(room, id, changes).catch((caught: unknown) => caught);
  assert.ok(error instanceof InvalidChangeBatch);
  assert.equal(error.message, `[${error.messages.join(', ')}]`);
  return [...error.messages];
}

test('a batch is kept whole and its change is INSYNC at the first question', async () => {
  const { room, id } = await zoneRoom();
  const { ChangeInfo } = await changeRecords(room, `/hostedzone/${id}`, [
    ['CREATE', records('WWW.a.example', 'A', '192.0.2.1', '192.0.2.2')],
    ['UPSERT', records('*.a.example.', 'TXT', '"one" "two"')],
  ]);
  assert.equal(ChangeInfo.Status, 'PENDING');
  assert.match(ChangeInfo.Id, /^\/change\/C[A-Z0-9]{20}$/);
  const got = await room.run<{ ChangeInfo: { Status: string } }>('GetChange', {
    Id: ChangeInfo.Id,
  });
  assert.equal(got.ChangeInfo.Status, 'INSYNC');
  assert.deepEqual(await listed(room, id), [
    'a.example. NS',
    'a.example. SOA',
    '\\052.a.example. TXT',
    'www.a.example. A',
  ]);
});

test('one bad change leaves the whole batch undone, and every fault is named', async () => {
  const { room, id } = await zoneRoom();
  const messages = await refusal(
    room,
    id,
    ['CREATE', records('ok.a.example', 'A', '192.0.2.1')],
    ['CREATE', records('bad.a.example', 'A', '192.0.2.256')],
    ['DELETE', records('gone.a.example', 'A', '192.0.2.1')],
    ['CREATE', records('a.other', 'A', '192.0.2.1')],
    ['CREATE', records('text.a.example', 'TXT', 'bare')],
  );
  assert.deepEqual(messages, [
    "Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with '192.0.2.256''",
    "Tried to delete resource record set [name='gone.a.example.', type='A'] but it was not found",
    'RRSet with DNS name a.other. is not permitted in zone a.example.',
    "Invalid Resource Record: 'FATAL problem: InvalidCharacterString (Value should be enclosed in quotation marks) encountered with 'bare''",
  ]);
  assert.deepEqual(await listed(room, id), ['a.example. NS', 'a.example. SOA']);
});

test('CREATE refuses what is there, DELETE what has other values, UPSERT replaces', async () => {
  const { room, id } = await zoneRoom();
  const first = records('w.a.example', 'A', '192.0.2.1');
  await changeRecords(room, id, [['CREATE', first]]);
  assert.deepEqual(await refusal(room, id, ['CREATE', first]), [
    "Tried to create resource record set [name='w.a.example.', type='A'] but it already exists",
  ]);
  await changeRecords(room, id, [['UPSERT', records('w.a.example', 'A', '192.0.2.2')]]);
  assert.deepEqual(await refusal(room, id, ['DELETE', first]), [
    "Tried to delete resource record set [name='w.a.example.', type='A'] but the values provided do not match the current values",
  ]);
  await changeRecords(room, id, [['DELETE', records('w.a.example', 'A', '192.0.2.2')]]);
  assert.deepEqual(await listed(room, id), ['a.example. NS', 'a.example. SOA']);
});

test('a CNAME stands alone, and never at the apex', async () => {
  const { room, id } = await zoneRoom();
  await changeRecords(room, id, [
    ['CREATE', records('c.a.example', 'CNAME', 'target.example.')],
    ['CREATE', records('h.a.example', 'A', '192.0.2.1')],
  ]);
  assert.deepEqual(
    await refusal(
      room,
      id,
      ['CREATE', records('c.a.example', 'A', '192.0.2.1')],
      ['CREATE', records('h.a.example', 'CNAME', 'target.example')],
      ['CREATE', records('a.example', 'CNAME', 'target.example')],
      ['CREATE', records('d.a.example', 'CNAME', 'one.example', 'two.example')],
    ),
    [
      "Invalid Resource Record: 'FATAL problem: CNAMERRDATAMultiple (Number of CNAME records must be one) encountered with 'd.a.example.''",
    ],
  );
  assert.deepEqual(
    await refusal(
      room,
      id,
      ['CREATE', records('c.a.example', 'A', '192.0.2.1')],
      ['CREATE', records('h.a.example', 'CNAME', 'target.example')],
      ['CREATE', records('a.example', 'CNAME', 'target.example')],
    ),
    [
      'RRSet of type A with DNS name c.a.example. is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone a.example.',
      'RRSet of type CNAME with DNS name h.a.example. is not permitted as it conflicts with other records with the same DNS name in zone a.example.',
      'RRSet of type CNAME with DNS name a.example. is not permitted at apex in zone a.example.',
    ],
  );
  await changeRecords(room, id, [
    ['DELETE', records('c.a.example', 'CNAME', 'target.example.')],
    ['CREATE', records('c.a.example', 'A', '192.0.2.1')],
  ]);
});

test('a zone keeps its SOA and its name servers', async () => {
  const { room, id } = await zoneRoom();
  const { ResourceRecordSets } = await room.run<ListResourceRecordSetsResponse>(
    'ListResourceRecordSets',
    { HostedZoneId: id },
  );
  const [ns, soa] = ResourceRecordSets as [ResourceRecordSet, ResourceRecordSet];
  assert.deepEqual(await refusal(room, id, ['DELETE', ns], ['DELETE', soa]), [
    'A HostedZone must contain exactly one SOA record.',
    'A HostedZone must contain at least one NS record for the zone itself.',
  ]);
});

test('SOA and NS of a zone are edited as other records are, and the zone is deleted with them', async () => {
  const { room, id } = await zoneRoom();
  const soa = 'ns.other.example. me.a.example. 5 7200 900 1209600 300';
  await changeRecords(room, id, [
    ['UPSERT', records('a.example', 'NS', 'ns.other.example.', 'ns2.other.example.')],
    ['UPSERT', records('a.example', 'SOA', soa)],
  ]);
  const { ResourceRecordSets } = await room.run<ListResourceRecordSetsResponse>(
    'ListResourceRecordSets',
    { HostedZoneId: id },
  );
  assert.deepEqual(
    ResourceRecordSets.map((set) => set.ResourceRecords?.map(({ Value }) => Value)),
    [['ns.other.example.', 'ns2.other.example.'], [soa]],
  );
  assert.deepEqual(await refusal(room, id, ['UPSERT', records('a.example', 'SOA', soa, soa)]), [
    `Duplicate Resource Record: '${soa}'`,
  ]);
  await room.run('DeleteHostedZone', { Id: id });
});

test('an alias is kept when its target is a load balancer or a name of the zone', async () => {
  const { room, id } = await zoneRoom();
  const alias = (HostedZoneId: string, DNSName: string): ResourceRecordSet => ({
    Name: 'www.a.example',
    Type: 'A',
    AliasTarget: { HostedZoneId, DNSName, EvaluateTargetHealth: false },
  });
  const name = 'dualstack.web-1.eu-west-1.elb.holdfast.internal.';
  await changeRecords(room, id, [['UPSERT', alias(testOptions.loadBalancerZoneId, name)]]);
  await changeRecords(room, id, [['UPSERT', alias(`/hostedzone/${id}`, 'a.example')]]);
  assert.deepEqual(
    await refusal(room, id, ['UPSERT', alias(testOptions.loadBalancerZoneId, 'a.example')]),
    [
      'Tried to create an alias that targets a.example., type A in zone Z0LOADBALANCERS, but the alias target name does not lie within the target zone',
    ],
  );
  assert.deepEqual(await refusal(room, id, ['UPSERT', alias('Z2FDTNDATAQYW2', 'd.example')]), [
    'Tried to create an alias that targets d.example., type A in zone Z2FDTNDATAQYW2, but that target was not found',
  ]);
});

test('the form of a record set is checked before anything else', async () => {
  const { room, id } = await zoneRoom();
  for (const set of [
    { Name: 'w.a.example', Type: 'A' },
    { Name: 'w.a.example', Type: 'A', TTL: 1 },
    { Name: 'w.a.example', Type: 'NAPTR', TTL: 1, ResourceRecords: [{ Value: 'x' }] },
    { ...records('w.a.example', 'A', '192.0.2.1'), SetIdentifier: 'one', Weight: 1 },
  ] as ResourceRecordSet[]) {
    await assert.rejects(changeRecords(room, id, [['CREATE', set]]), { code: 'InvalidInput' });
  }
  await assert.rejects(
    changeRecords(room, id, [['CREATE', records('a..example', 'A', '1.1.1.1')]]),
    {
      code: 'InvalidChangeBatch',
      message:
        "[FATAL problem: DomainLabelEmpty (Domain label is empty) encountered with 'a..example']",
    },
  );
});

test('more than 1,000 records in a batch are refused, an UPSERT counts twice', async () => {
  const { room, id } = await zoneRoom();
  const many = (action: 'CREATE' | 'UPSERT', count: number): TestChange[] =>
    Array.from({ length: count }, (_, n) => [action, records(`n${n}.a.example`, 'A', '192.0.2.1')]);
  assert.deepEqual(await refusal(room, id, ...many('UPSERT', 501)), [
    'Number of records limit of 1000 exceeded.',
  ]);
  await changeRecords(room, id, many('CREATE', 1000));
});

test('two batches at once are decided one after the other', async () => {
  const { room, id } = await zoneRoom();
  room.beforeCommit = async () => {
    await changeRecords(room, id, [['CREATE', records('c.a.example', 'A', '192.0.2.1')]]);
  };
  await assert.rejects(
    changeRecords(room, id, [['CREATE', records('c.a.example', 'CNAME', 'x.example')]]),
    { code: 'InvalidChangeBatch' },
  );
});

test('the normalized names, types and actions are condition keys', async () => {
  const { room, id } = await zoneRoom();
  await changeRecords(room, id, [['CREATE', records('*.A.example.', 'A', '192.0.2.1')]]);
  assert.deepEqual(room.asked.at(-1), {
    action: 'route53:ChangeResourceRecordSets',
    resource: `arn:aws:route53:::hostedzone/${id}`,
    context: {
      'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['\\052.a.example'],
      'route53:ChangeResourceRecordSetsRecordTypes': ['A'],
      'route53:ChangeResourceRecordSetsActions': ['CREATE'],
    },
  });
});
