import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAddressBook } from '../address-book.ts';
import type {
  CreateLoadBalancerOutput,
  DescribeLoadBalancersOutput,
  LoadBalancer,
} from '../model.ts';
import {
  createListener,
  createLoadBalancer,
  issue,
  testRoom,
  type TestRoom,
} from '../test-room.ts';

async function create(
  room: TestRoom,
  input: Readonly<Record<string, unknown>> = {},
): Promise<LoadBalancer> {
  const { LoadBalancers } = await room.run<CreateLoadBalancerOutput>('CreateLoadBalancer', {
    Name: 'web',
    ...input,
  });
  return LoadBalancers?.[0] ?? {};
}

async function describe(room: TestRoom, input = {}): Promise<readonly LoadBalancer[]> {
  const { LoadBalancers } = await room.run<DescribeLoadBalancersOutput>(
    'DescribeLoadBalancers',
    input,
  );
  return LoadBalancers ?? [];
}

test('a load balancer is described as AWS describes it, and is active after its creation', async () => {
  const room = await testRoom();
  const made = await create(room, {
    Name: 'Web',
    Subnets: ['subnet-1', 'subnet-2'],
    SecurityGroups: ['sg-1'],
  });
  const { LoadBalancerArn = '', DNSName = '' } = made;
  assert.match(
    LoadBalancerArn,
    /^arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer\/app\/Web\/[0-9a-f]{16}$/,
  );
  assert.match(DNSName, /^web-[0-9]{10}\.eu-west-1\.elb\.holdfast\.internal$/);
  assert.deepEqual(made.State, { Code: 'provisioning' });
  const [IpAddress] = await createAddressBook(room.store.db).addressesOf(DNSName);
  const LoadBalancerAddresses = [{ IpAddress }];
  assert.deepEqual(await describe(room), [
    {
      LoadBalancerArn,
      DNSName,
      CanonicalHostedZoneId: 'Z0123456789ABC',
      CreatedTime: Temporal.Instant.from('2026-11-24T12:00:00Z'),
      LoadBalancerName: 'Web',
      Scheme: 'internet-facing',
      State: { Code: 'active' },
      Type: 'application',
      AvailabilityZones: [
        { ZoneName: 'eu-west-1a', SubnetId: 'subnet-1', LoadBalancerAddresses },
        { ZoneName: 'eu-west-1b', SubnetId: 'subnet-2', LoadBalancerAddresses },
      ],
      SecurityGroups: ['sg-1'],
      IpAddressType: 'ipv4',
    },
  ]);
});

test('the same name and settings give the same load balancer, other settings an error', async () => {
  const room = await testRoom();
  const made = await create(room, { Subnets: ['subnet-1', 'subnet-2'] });
  const again = await create(room, { Subnets: ['subnet-2', 'subnet-1'] });
  assert.equal(again.LoadBalancerArn, made.LoadBalancerArn);
  await assert.rejects(create(room, { Scheme: 'internal' }), {
    code: 'DuplicateLoadBalancerName',
    status: 400,
    message: "A load balancer with the same name 'web' exists, but with different settings",
  });
});

test('two calls with one name at the same moment make one load balancer', async () => {
  const room = await testRoom();
  let other = '';
  room.beforeCommit = async () => void (other = (await create(room)).LoadBalancerArn ?? '');
  assert.equal((await create(room)).LoadBalancerArn, other);
});

test('each load balancer has an address of its own, which is where its DNS name leads', async () => {
  const room = await testRoom();
  for (let n = 0; n < 20; n++) await create(room, { Name: `web-${n}` });
  const { loadBalancers } = await room.elbv2.configuration.everything(room.mayHold);
  const addresses = loadBalancers.map(({ Address }) => Address);
  assert.equal(new Set(addresses).size, 20);
  for (const address of addresses) assert.match(address, /^127\.0\.[1-9][0-9]*\.[1-9][0-9]*$/);
});

test('names follow the rules of AWS', async () => {
  const room = await testRoom();
  const wrong = ['', 'a'.repeat(33), 'web_1', '-web', 'web-', 'internal-web', 'wéb'];
  for (const Name of wrong) {
    await assert.rejects(create(room, { Name }), { code: 'ValidationError' }, Name);
  }
});

test('what is not served is refused', async () => {
  const room = await testRoom();
  const wrong = [
    { Type: 'network' },
    { Type: 'gateway' },
    { IpAddressType: 'dualstack' },
    { CustomerOwnedIpv4Pool: 'ipv4pool-coip-1' },
    { Subnets: ['subnet 1'] },
    { SubnetMappings: [{ SubnetId: 'subnet 1' }] },
    { Subnets: ['subnet-1'], SubnetMappings: [{ SubnetId: 'subnet-2' }] },
  ];
  for (const input of wrong) {
    await assert.rejects(create(room, input), { code: 'ValidationError' }, JSON.stringify(input));
  }
});

test('a listener that cannot be opened makes its load balancer active_impaired, until it can', async () => {
  const room = await testRoom();
  const arn = await createLoadBalancer(room);
  const ListenerArn = await createListener(room, arn, issue(room));
  const Reason = '127.0.1.5:443 is in use by another process';
  const report = (State: 'active' | 'failed') =>
    room.commit((change) =>
      room.elbv2.configuration.report(change, {
        Listeners: [{ ListenerArn, State, ...(State === 'failed' ? { Reason } : {}) }],
        Targets: [],
      }),
    );
  await report('failed');
  assert.deepEqual((await describe(room))[0]?.State, { Code: 'active_impaired', Reason });
  await report('active');
  assert.deepEqual((await describe(room))[0]?.State, { Code: 'active' });
});

test('lists come in pages; names and ARNs that are not there are errors', async () => {
  const room = await testRoom();
  for (const name of ['a', 'b', 'c']) await createLoadBalancer(room, name);
  const first = await room.run<DescribeLoadBalancersOutput>('DescribeLoadBalancers', {
    PageSize: 2,
  });
  assert.equal(first.LoadBalancers?.length, 2);
  const second = await room.run<DescribeLoadBalancersOutput>('DescribeLoadBalancers', {
    PageSize: 2,
    Marker: first.NextMarker,
  });
  assert.deepEqual(
    second.LoadBalancers?.map(({ LoadBalancerName }) => LoadBalancerName),
    ['c'],
  );
  assert.equal(second.NextMarker, undefined);
  await assert.rejects(describe(room, { Marker: 'none of ours' }), { code: 'ValidationError' });
  await assert.rejects(room.run('DescribeTargetGroups', { Marker: first.NextMarker }), {
    code: 'ValidationError',
  });
  await assert.rejects(describe(room, { Names: ['a', 'd'] }), {
    code: 'LoadBalancerNotFound',
    message: "Load balancers '[d]' not found",
  });
  const arn = `arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/d/${'0'.repeat(16)}`;
  await assert.rejects(describe(room, { LoadBalancerArns: [arn] }), {
    code: 'LoadBalancerNotFound',
  });
  await assert.rejects(describe(room, { LoadBalancerArns: ['arn:aws:s3:::b'] }), {
    code: 'ValidationError',
  });
});
