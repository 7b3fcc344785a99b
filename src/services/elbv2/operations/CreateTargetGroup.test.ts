import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CreateTargetGroupOutput, DescribeTargetGroupsOutput } from '../model.ts';
import {
  createListener,
  createLoadBalancer,
  createTargetGroup,
  issue,
  testRoom,
  type TestRoom,
} from '../test-room.ts';

async function create(room: TestRoom, input: Readonly<Record<string, unknown>> = {}) {
  const { TargetGroups } = await room.run<CreateTargetGroupOutput>('CreateTargetGroup', {
    Name: 'web',
    TargetType: 'ip',
    Protocol: 'HTTP',
    Port: 8080,
    ...input,
  });
  return TargetGroups?.[0] ?? {};
}

test('a target group has the health check of AWS where none is asked for', async () => {
  const room = await testRoom();
  const { TargetGroupArn, ...made } = await create(room, { VpcId: 'vpc-1' });
  assert.match(TargetGroupArn ?? '', /:targetgroup\/web\/[0-9a-f]{16}$/);
  assert.deepEqual(made, {
    TargetGroupName: 'web',
    Protocol: 'HTTP',
    Port: 8080,
    VpcId: 'vpc-1',
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: 'traffic-port',
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: 30,
    HealthCheckTimeoutSeconds: 5,
    HealthyThresholdCount: 5,
    UnhealthyThresholdCount: 2,
    HealthCheckPath: '/',
    Matcher: { HttpCode: '200' },
    LoadBalancerArns: [],
    TargetType: 'ip',
    ProtocolVersion: 'HTTP1',
    IpAddressType: 'ipv4',
  });
});

test('the same name and settings give the same group, other settings an error', async () => {
  const room = await testRoom();
  const { TargetGroupArn } = await create(room);
  assert.equal((await create(room)).TargetGroupArn, TargetGroupArn);
  await assert.rejects(create(room, { HealthCheckPath: '/health' }), {
    code: 'DuplicateTargetGroupName',
    message: "A target group with the same name 'web' exists, but with different settings",
  });
});

test('what is not served is refused', async () => {
  const room = await testRoom();
  const wrong = [
    { TargetType: undefined },
    { TargetType: 'instance' },
    { TargetType: 'lambda' },
    { TargetType: 'alb' },
    { Protocol: undefined },
    { Protocol: 'TCP' },
    { Port: undefined },
    { ProtocolVersion: 'GRPC' },
    { HealthCheckEnabled: false },
    { HealthCheckPort: '70000' },
    { HealthCheckProtocol: 'TCP' },
    { HealthCheckPath: 'x' },
    { HealthCheckPath: '/ HTTP/1.1' },
    { HealthCheckPath: '/\r\nHost: x' },
    { HealthCheckIntervalSeconds: 5 },
    { Matcher: { HttpCode: '500' } },
    { Matcher: { HttpCode: '299-200' } },
    { Name: 'a b' },
  ];
  for (const input of wrong) {
    const given = JSON.stringify(input);
    await assert.rejects(create(room, input), { code: 'ValidationError' }, given);
  }
});

test('a group serves one load balancer, and cannot be deleted while it does', async () => {
  const room = await testRoom();
  const group = await createTargetGroup(room);
  const [one, two] = [await createLoadBalancer(room), await createLoadBalancer(room, 'other')];
  const forward = { DefaultActions: [{ Type: 'forward', TargetGroupArn: group }] };
  const listener = await createListener(room, one, issue(room), forward);
  await assert.rejects(createListener(room, two, issue(room), forward), {
    code: 'TargetGroupAssociationLimit',
    message: `The following target groups cannot be associated with more than one load balancer: '${group}'`,
  });
  await assert.rejects(room.run('DeleteTargetGroup', { TargetGroupArn: group }), {
    code: 'ResourceInUse',
    message: `Target group '${group}' is currently in use by a listener or a rule`,
  });
  const { TargetGroups } = await room.run<DescribeTargetGroupsOutput>('DescribeTargetGroups', {
    LoadBalancerArn: one,
  });
  assert.deepEqual(
    TargetGroups?.map((each) => each.LoadBalancerArns),
    [[one]],
  );
  await room.run('DeleteListener', { ListenerArn: listener });
  await createListener(room, two, issue(room), forward);
  await room.run('DeleteLoadBalancer', { LoadBalancerArn: two });
  await room.run('DeleteTargetGroup', { TargetGroupArn: group });
  await room.run('DeleteTargetGroup', { TargetGroupArn: group });
  await assert.rejects(createListener(room, one, issue(room), forward), {
    code: 'TargetGroupNotFound',
  });
});

test('a group that is deleted at the same moment cannot be forwarded to', async () => {
  const room = await testRoom();
  const group = await createTargetGroup(room);
  const balancer = await createLoadBalancer(room);
  room.beforeCommit = async () =>
    void (await room.run('DeleteTargetGroup', { TargetGroupArn: group }));
  await assert.rejects(
    createListener(room, balancer, issue(room), {
      DefaultActions: [{ Type: 'forward', TargetGroupArn: group }],
    }),
    { code: 'TargetGroupNotFound' },
  );
  assert.equal(room.grants.size, 0);
});
