import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { liesUnder, selfAndAbove } from '../../lib/domain-name.ts';
import type { ResourceRecordSet } from './model.ts';
import {
  changeRecords,
  hostedZone,
  otherAccount,
  records,
  testOptions,
  testRoom,
  type TestRoom,
} from './test-room.ts';

async function at(room: TestRoom, name: string): Promise<unknown[]> {
  const { dnsSource } = room.route53;
  const zone = await dnsSource.zoneFor(name);
  if (zone === undefined) return ['not ours'];
  const encloser = await dnsSource.closestEncloser(zone, name);
  if (encloser !== name) return [`nothing below ${encloser}`];
  return ((await dnsSource.lookup(zone, [name])).get(name) ?? []).map(({ type, data }) =>
    typeof data === 'string' ? `${type} ${data}` : type,
  );
}

test('a hosted zone is answered from its record sets', async () => {
  const room = await testRoom();
  const id = await hostedZone(room, 'a.example');
  await changeRecords(room, id, [
    ['CREATE', records('w.a.example', 'A', '192.0.2.1', '192.0.2.2')],
    ['CREATE', records('deep.under.a.example', 'AAAA', '2001:DB8::1')],
    ['CREATE', records('under-.a.example', 'A', '192.0.2.3')],
    ['CREATE', records('*.a.example', 'CNAME', 'W.a.example.')],
  ]);
  assert.deepEqual(await at(room, 'w.a.example'), ['A 192.0.2.1', 'A 192.0.2.2']);
  assert.deepEqual(await at(room, 'deep.under.a.example'), ['AAAA 2001:db8::1']);
  assert.deepEqual(await at(room, 'under.a.example'), []);
  assert.deepEqual(await at(room, '*.a.example'), ['CNAME W.a.example']);
  assert.deepEqual(await at(room, 'x.under.a.example'), ['nothing below under.a.example']);
  assert.deepEqual(await at(room, 'unde.a.example'), ['nothing below a.example']);
  assert.deepEqual(await at(room, 'zz.a.example'), ['nothing below a.example']);
  assert.deepEqual(await at(room, 'a.example'), [
    'NS ns-1.dns.holdfast.internal',
    'NS ns-2.dns.holdfast.internal',
    'SOA',
  ]);
  assert.deepEqual(await at(room, 'b.example'), ['not ours']);
});

test('the longest of several zones decides, whosever it is', async () => {
  const room = await testRoom();
  const id = await hostedZone(room, 'example', otherAccount);
  assert.equal((await room.route53.dnsSource.zoneFor('x.a.example'))?.name, 'example');
  assert.deepEqual(await room.route53.authority.over('x.a.example'), {
    by: 'account',
    account: otherAccount,
    zoneId: id,
  });
});

test('load balancers are found by name while they are there', async () => {
  const room = await testRoom();
  const name = 'web-1.eu-west-1.elb.holdfast.internal';
  room.loadBalancers.set(name, ['127.0.1.1', '::1']);
  assert.deepEqual(await at(room, name), ['A 127.0.1.1', 'AAAA ::1']);
  assert.deepEqual(await at(room, `dualstack.${name}`), ['A 127.0.1.1', 'AAAA ::1']);
  assert.deepEqual(await at(room, 'eu-west-1.elb.holdfast.internal'), []);
  room.loadBalancers.clear();
  assert.deepEqual(await at(room, name), ['nothing below eu-west-1.elb.holdfast.internal']);
});

test('an alias has what its target has at the moment', async () => {
  const room = await testRoom();
  const id = await hostedZone(room, 'a.example');
  const alias = (Name: string, Type: 'A' | 'AAAA', zone: string, DNSName: string) =>
    ({
      Name,
      Type,
      AliasTarget: { HostedZoneId: zone, DNSName, EvaluateTargetHealth: true },
    }) satisfies ResourceRecordSet;
  const target = 'web-1.eu-west-1.elb.holdfast.internal';
  const { loadBalancerZoneId } = testOptions;
  await changeRecords(room, id, [
    ['CREATE', alias('a.example', 'A', loadBalancerZoneId, `dualstack.${target}.`)],
    ['CREATE', alias('a.example', 'AAAA', loadBalancerZoneId, target)],
    ['CREATE', alias('www.a.example', 'A', id, 'a.example')],
    ['CREATE', alias('one.a.example', 'A', id, 'two.a.example')],
    ['CREATE', alias('two.a.example', 'A', id, 'one.a.example')],
  ]);
  assert.deepEqual(await at(room, 'www.a.example'), []);
  room.loadBalancers.set(target, ['127.0.1.1']);
  assert.deepEqual((await at(room, 'a.example'))[0], 'A 127.0.1.1');
  assert.deepEqual(await at(room, 'www.a.example'), ['A 127.0.1.1']);
  assert.deepEqual(await at(room, 'one.a.example'), []);
});

test('values of validation records exist without data, the name servers have addresses', async () => {
  const room = await testRoom();
  const zone = 'acm-validations.holdfast.internal';
  assert.deepEqual(await at(room, `_${'0'.repeat(32)}.abcdefghij.${zone}`), []);
  assert.deepEqual(await at(room, `other.abcdefghij.${zone}`), [
    `nothing below abcdefghij.${zone}`,
  ]);
  assert.deepEqual(await at(room, `short.${zone}`), [`nothing below ${zone}`]);
  assert.deepEqual(await at(room, 'ns-1.dns.holdfast.internal'), ['A 127.0.0.1', 'AAAA ::1']);
  const served = await room.route53.dnsSource.zoneFor(zone);
  assert.equal((await served?.soa())?.type, 'SOA');
});

test('what a CA is about to look for is found where validation records lead, with or without the underscore', async () => {
  const room = await testRoom();
  const name = `${'0'.repeat(32)}.abcdefghij.acm-validations.holdfast.internal`;
  room.challenges.set(`_${name}`, ['one', 'two']);
  for (const asked of [`_${name}`, name]) {
    const { dnsSource } = room.route53;
    const zone = await dnsSource.zoneFor(asked);
    assert.ok(zone);
    const found = (await dnsSource.lookup(zone, [asked])).get(asked) ?? [];
    assert.deepEqual(found, [
      { type: 'TXT', ttl: 10, data: ['one'] },
      { type: 'TXT', ttl: 10, data: ['two'] },
    ]);
    // So long it may be remembered that there is nothing (RFC 2308 §5).
    assert.equal((await zone.soa()).ttl, 10);
  }
});

test('the two neighbours of a name tell what a look at all names would', async () => {
  const room = await testRoom();
  const id = await hostedZone(room, 'z');
  const label = fc.constantFrom('a', 'a-', 'a0', 'b', '*', '_', '!');
  const name = fc
    .array(label, { minLength: 1, maxLength: 4 })
    .map((all) => [...all, 'z'].join('.'));
  const names = fc.sample(name, { numRuns: 40, seed: 7 });
  const there = [...new Set(names)];
  await changeRecords(
    room,
    id,
    there.map((each) => ['CREATE', records(each, 'A', '192.0.2.1')]),
  );
  const { dnsSource } = room.route53;
  const zone = await dnsSource.zoneFor('z');
  assert.ok(zone);
  await fc.assert(
    fc.asyncProperty(name, async (asked) => {
      const exists = (at: string): boolean => there.some((each) => liesUnder(each, at));
      const expected = selfAndAbove(asked).find((each) => each === 'z' || exists(each));
      assert.equal(await dnsSource.closestEncloser(zone, asked), expected);
    }),
    { numRuns: 500 },
  );
});

test('no look-up scans a table or sorts', async () => {
  const room = await testRoom();
  const id = await hostedZone(room, 'a.example');
  await changeRecords(room, id, [['CREATE', records('w.a.example', 'A', '192.0.2.1')]]);
  await room.run('ListHostedZones', {});
  await room.run('ListResourceRecordSets', { HostedZoneId: id });
  await at(room, 'x.y.w.a.example');
  await at(room, 'w.a.example');
  await room.route53.domains.ownerOf('w.a.example');
  await room.route53.domains.list();
  const plans = room.store.plans();
  // Assignments are read as a whole when one has changed; the clock has a row for each kind of set.
  const whole = ['SCAN route53_domain_assignment', 'SCAN authority_clock'];
  const slow = plans.filter((plan) => /^SCAN|TEMP B-TREE/.test(plan) && !whole.includes(plan));
  assert.ok(plans.length > 10);
  assert.deepEqual(slow, []);
});
