import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  CreateHostedZoneResponse,
  GetHostedZoneResponse,
  ListHostedZonesResponse,
} from '../model.ts';
import { changeRecords, hostedZone, otherAccount, records, testRoom } from '../test-room.ts';

test('a zone is made with name servers, SOA and a place to find it', async () => {
  const room = await testRoom();
  const made = await room.run<CreateHostedZoneResponse>('CreateHostedZone', {
    Name: 'Team.Example',
    CallerReference: 'one',
    HostedZoneConfig: { Comment: 'of the team', PrivateZone: false },
  });
  const { Id } = made.HostedZone;
  assert.match(Id, /^\/hostedzone\/Z[A-Z0-9]{20}$/);
  assert.equal(made.HostedZone.Name, 'team.example.');
  assert.equal(made.HostedZone.ResourceRecordSetCount, 2);
  assert.equal(made.ChangeInfo.Status, 'PENDING');
  assert.equal(made.Location, `https://route53.amazonaws.com/2013-04-01${Id}`);
  const got = await room.run<GetHostedZoneResponse>('GetHostedZone', { Id });
  assert.deepEqual(got.HostedZone, made.HostedZone);
  assert.deepEqual(got.DelegationSet?.NameServers, [
    'ns-1.dns.holdfast.internal',
    'ns-2.dns.holdfast.internal',
  ]);
});

test('a caller reference makes one zone', async () => {
  const room = await testRoom();
  await hostedZone(room, 'a.example');
  await assert.rejects(
    room.run('CreateHostedZone', { Name: 'b.example', CallerReference: 'a.example' }),
    { code: 'HostedZoneAlreadyExists', status: 409 },
  );
});

test('a zone name exists once in the installation, also when two are made at once', async () => {
  const room = await testRoom();
  room.beforeCommit = async () => void (await hostedZone(room, 'corp.net', otherAccount));
  await assert.rejects(hostedZone(room, 'corp.net'), { code: 'ConflictingDomainExists' });
});

test('names that are reserved, assigned to others or in a zone of others are refused', async () => {
  const room = await testRoom();
  await room.change((change) => room.route53.domains.allow(change, otherAccount, '.corp.net'));
  await hostedZone(room, 'shared.org', otherAccount);
  for (const name of [
    'acm-validations.holdfast.internal',
    'eu-west-1.elb.holdfast.internal',
    'app.corp.net',
    'app.shared.org',
  ]) {
    await assert.rejects(hostedZone(room, name), { code: 'ConflictingDomainExists' }, name);
  }
  await hostedZone(room, 'app.shared.org', otherAccount);
  // What the operator carved out may be served from under another account's zone.
  await hostedZone(room, 'net');
  await hostedZone(room, 'app.corp.net', otherAccount);
});

test('what is no name is InvalidDomainName', async () => {
  const room = await testRoom();
  for (const name of ['', '.', 'a..b', `${'x'.repeat(64)}.example`, 'ä.example', '*.example']) {
    await assert.rejects(
      room.run('CreateHostedZone', { Name: name, CallerReference: 'r' }),
      { code: 'InvalidDomainName' },
      name,
    );
  }
});

test('private zones and delegation sets are refused', async () => {
  const room = await testRoom();
  const create = (more: object): Promise<unknown> =>
    room.run('CreateHostedZone', { Name: 'a.example', CallerReference: 'r', ...more });
  await assert.rejects(create({ VPC: { VPCId: 'vpc-1' } }), { code: 'InvalidInput' });
  await assert.rejects(create({ DelegationSetId: 'N1' }), { code: 'NoSuchDelegationSet' });
});

test('a zone is deleted when it holds only what it came with', async () => {
  const room = await testRoom();
  const id = await hostedZone(room, 'a.example');
  const set = records('w.a.example', 'A', '192.0.2.1');
  await changeRecords(room, id, [['CREATE', set]]);
  await assert.rejects(room.run('DeleteHostedZone', { Id: id }), { code: 'HostedZoneNotEmpty' });
  await changeRecords(room, id, [['DELETE', set]]);
  await room.run('DeleteHostedZone', { Id: `/hostedzone/${id}` });
  await assert.rejects(room.run('GetHostedZone', { Id: id }), {
    code: 'NoSuchHostedZone',
    status: 404,
    message: `No hosted zone found with ID: ${id}`,
  });
  await hostedZone(room, 'a.example');
});

test("another account's zone is as if it were not there", async () => {
  const room = await testRoom();
  const id = await hostedZone(room, 'a.example', otherAccount);
  for (const operation of ['GetHostedZone', 'DeleteHostedZone']) {
    await assert.rejects(room.run(operation, { Id: id }), { code: 'NoSuchHostedZone' });
  }
  const set = records('w.a.example', 'A', '192.0.2.1');
  await assert.rejects(changeRecords(room, id, [['CREATE', set]]), { code: 'NoSuchHostedZone' });
});

test('zones are listed in pages, each once, and only one’s own', async () => {
  const room = await testRoom();
  await hostedZone(room, 'other.example', otherAccount);
  for (let n = 0; n < 7; n++) await hostedZone(room, `n${n}.example`);
  const names: string[] = [];
  for (let marker: string | undefined; ;) {
    const page = await room.run<ListHostedZonesResponse>('ListHostedZones', {
      MaxItems: '3',
      Marker: marker,
    });
    names.push(...page.HostedZones.map((zone) => zone.Name));
    if (!page.IsTruncated) break;
    marker = page.NextMarker;
  }
  assert.deepEqual(
    names.toSorted(),
    Array.from({ length: 7 }, (_, n) => `n${n}.example.`),
  );
  await assert.rejects(room.run('ListHostedZones', { MaxItems: 'x' }), { code: 'InvalidInput' });
});

test('every operation asks before it reads', async () => {
  const room = await testRoom();
  const id = await hostedZone(room, 'a.example');
  const set = records('w.a.example', 'A', '192.0.2.1');
  const tagged = { ResourceType: 'hostedzone', ResourceId: id };
  const inputs: Record<string, unknown> = {
    CreateHostedZone: { Name: 'b.example', CallerReference: 'b' },
    GetHostedZone: { Id: id },
    ListHostedZones: {},
    ListResourceRecordSets: { HostedZoneId: id },
    GetChange: { Id: 'C1' },
    ChangeResourceRecordSets: {
      HostedZoneId: id,
      ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet: set }] },
    },
    ChangeTagsForResource: { ...tagged, RemoveTagKeys: ['team'] },
    GetDNSSEC: { HostedZoneId: id },
    GetHostedZoneCount: {},
    ListHostedZonesByName: {},
    ListTagsForResource: tagged,
    ListTagsForResources: { ResourceType: 'hostedzone', ResourceIds: [id] },
    UpdateHostedZoneComment: { Id: id },
    DeleteHostedZone: { Id: id },
  };
  for (const operation of room.route53.service.operations.keys()) {
    room.denied = (action) => action === `route53:${operation}`;
    await assert.rejects(room.run(operation, inputs[operation]), { kind: 'access-denied' });
  }
});
