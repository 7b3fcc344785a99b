import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  changeRecords,
  hostedZone,
  records,
  testOptions,
  testRoom,
  type TestRoom,
} from './test-room.ts';

async function serial(room: TestRoom, name: string): Promise<number> {
  const zone = await room.route53.dnsSource.zoneFor(name);
  const soa = await zone?.soa();
  return serialIn(soa?.data);
}

function serialIn(data: unknown): number {
  assert.ok(data !== null && typeof data === 'object' && 'serial' in data);
  return Number(data.serial);
}

test('the serial grows with each change, and when the zone is made anew', async () => {
  const room = await testRoom();
  const id = await hostedZone(room, 'a.example');
  const first = await serial(room, 'a.example');
  const set = records('w.a.example', 'A', '192.0.2.1');
  await changeRecords(room, id, [['CREATE', set]]);
  await changeRecords(room, id, [['DELETE', set]]);
  assert.equal(await serial(room, 'a.example'), first + 2);
  assert.deepEqual([...(await room.route53.dnsSource.serials())], [['a.example', first + 2]]);
  await room.run('DeleteHostedZone', { Id: id });
  room.now = room.now.add({ seconds: 3 });
  await hostedZone(room, 'a.example');
  assert.ok((await serial(room, 'a.example')) > first + 2);
});

test('what the owner writes as serial is not what is served', async () => {
  const room = await testRoom();
  const id = await hostedZone(room, 'a.example');
  const before = await serial(room, 'a.example');
  const soa = records('a.example', 'SOA', 'ns.other.example. me.a.example. 5 1 2 3 4');
  await changeRecords(room, id, [['UPSERT', soa]]);
  const zone = await room.route53.dnsSource.transferOf('a.example');
  assert.deepEqual(zone?.soa.data, {
    mname: 'ns.other.example',
    rname: 'me.a.example',
    serial: before + 1,
    refresh: 1,
    retry: 2,
    expire: 3,
    minimum: 4,
  });
});

test('a zone is given whole: more sets than are read at a time, aliases as what they lead to', async () => {
  const room = await testRoom();
  const id = await hostedZone(room, 'a.example');
  const balancer = 'web-1.eu-west-1.elb.holdfast.internal';
  room.loadBalancers.set(balancer, ['127.0.1.1']);
  const AliasTarget = {
    HostedZoneId: testOptions.loadBalancerZoneId,
    DNSName: balancer,
    EvaluateTargetHealth: false,
  };
  await changeRecords(room, id, [['CREATE', { Name: 'a.example', Type: 'A', AliasTarget }]]);
  for (const letter of ['x', 'y']) {
    await changeRecords(
      room,
      id,
      Array.from({ length: 999 }, (_, n) => [
        'CREATE',
        records(`${letter}${n}.a.example`, 'A', '192.0.2.1'),
      ]),
    );
  }
  const zone = await room.route53.dnsSource.transferOf('a.example');
  const names = zone?.records.map(({ name }) => name) ?? [];
  // The alias, two name servers, and what was added.
  assert.equal(names.length, 1 + 2 + 2 * 999);
  assert.equal(new Set(names).size, 1 + 2 * 999);
  assert.deepEqual(
    zone?.records.find(({ name, type }) => name === 'a.example' && type === 'A'),
    { name: 'a.example', type: 'A', ttl: 60, data: '127.0.1.1' },
  );
});

test('only what accounts made is given, and only under its own name', async () => {
  const room = await testRoom();
  await hostedZone(room, 'a.example');
  for (const name of ['www.a.example', 'example', 'elb.holdfast.internal', '']) {
    assert.equal(await room.route53.dnsSource.transferOf(name), undefined, name);
  }
});

test('a zone that is changed while it is read is read again', async () => {
  const room = await testRoom();
  const id = await hostedZone(room, 'a.example');
  const before = await serial(room, 'a.example');
  const zone = room.route53.dnsSource.transferOf('a.example');
  await changeRecords(room, id, [['CREATE', records('w.a.example', 'A', '192.0.2.1')]]);
  const { soa, records: found = [] } = (await zone) ?? {};
  const isNew = serialIn(soa?.data) === before + 1;
  assert.equal(
    found.some(({ name }) => name === 'w.a.example'),
    isNew,
  );
});
