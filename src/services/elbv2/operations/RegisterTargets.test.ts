import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CreateTargetGroupOutput, DescribeTargetHealthOutput } from '../model.ts';
import {
  createListener,
  createLoadBalancer,
  createTargetGroup,
  issue,
  testRoom,
  type TestRoom,
} from '../test-room.ts';

function register(room: TestRoom, TargetGroupArn: string, ...ids: string[]): Promise<unknown> {
  return room.run('RegisterTargets', { TargetGroupArn, Targets: ids.map((Id) => ({ Id })) });
}

async function health(room: TestRoom, TargetGroupArn: string, Targets?: { Id: string }[]) {
  const { TargetHealthDescriptions } = await room.run<DescribeTargetHealthOutput>(
    'DescribeTargetHealth',
    { TargetGroupArn, Targets },
  );
  return (TargetHealthDescriptions ?? []).map(
    ({ Target, TargetHealth }) =>
      `${Target?.Id}:${Target?.Port} ${TargetHealth?.State} ${TargetHealth?.Reason}`,
  );
}

async function forwardTo(room: TestRoom, TargetGroupArn: string): Promise<string> {
  return createListener(room, await createLoadBalancer(room), issue(room), {
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  });
}

test('loopback and private addresses can be targets, at the port of the group or their own', async () => {
  const room = await testRoom();
  const group = await createTargetGroup(room);
  await register(room, group, '127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.0.1', '100.64.0.1');
  await room.run('RegisterTargets', {
    TargetGroupArn: group,
    Targets: [{ Id: '10.1.2.3', Port: 9000 }],
  });
  assert.deepEqual(await health(room, group), [
    '10.1.2.3:8080 unused Target.NotInUse',
    '10.1.2.3:9000 unused Target.NotInUse',
    '100.64.0.1:8080 unused Target.NotInUse',
    '127.0.0.1:8080 unused Target.NotInUse',
    '172.31.0.1:8080 unused Target.NotInUse',
    '192.168.0.1:8080 unused Target.NotInUse',
  ]);
});

test('metadata, link-local, multicast, public and strangely written addresses are refused', async () => {
  const room = await testRoom();
  const group = await createTargetGroup(room);
  const refused = [
    '169.254.169.254',
    '169.254.170.2',
    '100.100.100.200',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '8.8.8.8',
    '127.1',
    '2130706433',
    '010.0.0.1',
    '0x7f.0.0.1',
    'localhost',
    '::1',
    '::ffff:127.0.0.1',
    '127.0.0.1 ',
    '',
  ];
  for (const id of refused) {
    await assert.rejects(register(room, group, id), { code: 'InvalidTarget' }, id);
  }
  assert.deepEqual(await health(room, group), []);
});

test('an IPv6 group takes loopback and unique local addresses only', async () => {
  const room = await testRoom();
  const { TargetGroups } = await room.run<CreateTargetGroupOutput>('CreateTargetGroup', {
    Name: 'six',
    TargetType: 'ip',
    Protocol: 'HTTP',
    Port: 80,
    IpAddressType: 'ipv6',
  });
  const group = TargetGroups?.[0]?.TargetGroupArn ?? '';
  await register(room, group, '::1', 'fd12:3456::1');
  await assert.rejects(
    room.run('RegisterTargets', {
      TargetGroupArn: group,
      Targets: [{ Id: '0:0:0:0:0:0:0:1', Port: 4566 }],
    }),
    { code: 'InvalidTarget' },
  );
  const refused = [
    'fe80::1',
    'fe80::1%eth0',
    'fd00:ec2::254',
    'FD00:0EC2:0:0::254',
    '2001:db8::1',
    'ff02::1',
    '::',
    '::ffff:10.0.0.1',
    '::ffff:a00:1',
    '64:ff9b::a00:1',
    '10.0.0.1',
  ];
  for (const id of refused) {
    await assert.rejects(register(room, group, id), { code: 'InvalidTarget' }, id);
  }
});

test('no load balancer and no listener of holdfast itself can be a target, or be health-checked', async () => {
  const room = await testRoom();
  const group = await createTargetGroup(room);
  await createLoadBalancer(room);
  const { loadBalancers } = await room.elbv2.configuration.everything(room.mayHold);
  await assert.rejects(register(room, group, loadBalancers[0]?.Address ?? ''), {
    code: 'InvalidTarget',
  });
  await assert.rejects(
    room.run('RegisterTargets', {
      TargetGroupArn: group,
      Targets: [{ Id: '127.0.0.1', Port: 4566 }],
    }),
    {
      code: 'InvalidTarget',
      message: "The target '127.0.0.1:4566' is a listener of holdfast itself",
    },
  );
  const { TargetGroups } = await room.run<CreateTargetGroupOutput>('CreateTargetGroup', {
    Name: 'prober',
    TargetType: 'ip',
    Protocol: 'HTTP',
    Port: 80,
    HealthCheckPort: '4566',
  });
  await assert.rejects(register(room, TargetGroups?.[0]?.TargetGroupArn ?? '', '127.0.0.1'), {
    code: 'InvalidTarget',
  });
});

test('the health of a target is what the gateway reported, and forgotten when the group is no longer used', async () => {
  const room = await testRoom();
  const group = await createTargetGroup(room);
  await register(room, group, '10.0.0.1');
  const listener = await forwardTo(room, group);
  assert.deepEqual(await health(room, group), ['10.0.0.1:8080 initial Elb.RegistrationInProgress']);
  await room.commit((change) =>
    room.elbv2.configuration.report(change, {
      Listeners: [],
      Targets: [
        {
          TargetGroupArn: group,
          Id: '10.0.0.1',
          Port: 8080,
          State: 'unhealthy',
          Reason: 'Target.Timeout',
          Description: 'Request timed out',
        },
        { TargetGroupArn: group, Id: '10.0.0.9', Port: 8080, State: 'healthy' },
      ],
    }),
  );
  assert.deepEqual(await health(room, group), ['10.0.0.1:8080 unhealthy Target.Timeout']);
  assert.deepEqual(await health(room, group, [{ Id: '10.0.0.9' }]), [
    '10.0.0.9:8080 unused Target.NotRegistered',
  ]);
  await room.run('DeleteListener', { ListenerArn: listener });
  assert.deepEqual(await health(room, group), ['10.0.0.1:8080 unused Target.NotInUse']);
});

test('targets are deregistered one port or all ports at a time; an unknown one is no error', async () => {
  const room = await testRoom();
  const group = await createTargetGroup(room);
  const Targets = [1, 2, 3].map((Port) => ({ Id: '10.0.0.1', Port }));
  await room.run('RegisterTargets', { TargetGroupArn: group, Targets });
  await room.run('DeregisterTargets', { TargetGroupArn: group, Targets: Targets.slice(0, 1) });
  assert.equal((await health(room, group)).length, 2);
  for (let n = 0; n < 2; n++) {
    const all = [{ Id: '10.0.0.1' }];
    await room.run('DeregisterTargets', { TargetGroupArn: group, Targets: all });
  }
  assert.deepEqual(await health(room, group), []);
});

test('a group has a thousand targets at most, also when two calls register at once', async () => {
  const room = await testRoom();
  const group = await createTargetGroup(room);
  const many = (subnet: number) =>
    Array.from({ length: 501 }, (_, n) => `10.${subnet}.${n >> 8}.${n & 255}`);
  room.beforeCommit = async () => void (await register(room, group, ...many(1)));
  await assert.rejects(register(room, group, ...many(2)), { code: 'TooManyTargets' });
});
