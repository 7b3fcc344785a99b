import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AddTagsCommand,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteLoadBalancerCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeSSLPoliciesCommand,
  DescribeTagsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  paginateDescribeLoadBalancers,
  RegisterTargetsCommand,
  waitUntilLoadBalancerAvailable,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { allow } from '../../aws/test-edge.ts';
import { startFakeApi, type FakeApi } from '../../../test/fakes/api.ts';
import { user } from '../../../test/fakes/principals.ts';
import { fixedResponse, issue, testRoom, type TestRoom } from './test-room.ts';

/** The room on the real way of a request: signature, protocol, policies, commit. */
function apiFor({ elbv2, store }: TestRoom): Promise<FakeApi> {
  return startFakeApi({
    service: elbv2.service,
    store,
    callers: [[user('alice'), allow('*')]],
  });
}

test('the SDK makes a load balancer with an HTTPS listener, watches it, and deletes it', async () => {
  const room = await testRoom();
  await using api = await apiFor(room);
  const client = new ElasticLoadBalancingV2Client(api.settings(user('alice').accessKeyId));
  const certificate = issue(room);
  const { LoadBalancers: [balancer] = [] } = await client.send(
    new CreateLoadBalancerCommand({
      Name: 'web',
      Subnets: ['subnet-1', 'subnet-2'],
      Tags: [{ Key: 'team', Value: 'a' }],
    }),
  );
  const LoadBalancerArn = balancer?.LoadBalancerArn ?? '';
  assert.equal(balancer?.State?.Code, 'provisioning');
  assert.ok(balancer.CreatedTime instanceof Date);
  const waited = await waitUntilLoadBalancerAvailable(
    { client, maxWaitTime: 30 },
    { LoadBalancerArns: [LoadBalancerArn] },
  );
  assert.equal(waited.state, 'SUCCESS');

  const { TargetGroups: [group] = [] } = await client.send(
    new CreateTargetGroupCommand({ Name: 'web', TargetType: 'ip', Protocol: 'HTTP', Port: 8080 }),
  );
  const TargetGroupArn = group?.TargetGroupArn ?? '';
  await client.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: '127.0.0.1' }] }));
  const { Listeners: [listener] = [] } = await client.send(
    new CreateListenerCommand({
      LoadBalancerArn,
      Protocol: 'HTTPS',
      Port: 443,
      Certificates: [{ CertificateArn: certificate }],
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }),
  );
  assert.deepEqual(listener?.DefaultActions?.[0]?.ForwardConfig?.TargetGroups, [
    { TargetGroupArn, Weight: 1 },
  ]);
  const { TargetHealthDescriptions } = await client.send(
    new DescribeTargetHealthCommand({ TargetGroupArn }),
  );
  assert.deepEqual(TargetHealthDescriptions?.[0]?.Target, { Id: '127.0.0.1', Port: 8080 });
  assert.equal(TargetHealthDescriptions[0].TargetHealth?.State, 'initial');
  const { ListenerArn } = listener ?? {};
  await client.send(
    new ModifyListenerCommand({ ListenerArn, DefaultActions: [fixedResponse as never] }),
  );
  const { Listeners } = await client.send(new DescribeListenersCommand({ LoadBalancerArn }));
  assert.deepEqual(Listeners?.[0]?.DefaultActions, [fixedResponse]);
  assert.equal(Listeners[0].SslPolicy, 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06');

  await client.send(
    new AddTagsCommand({ ResourceArns: [LoadBalancerArn], Tags: [{ Key: 'b', Value: '' }] }),
  );
  const { TagDescriptions } = await client.send(
    new DescribeTagsCommand({ ResourceArns: [LoadBalancerArn] }),
  );
  assert.deepEqual(TagDescriptions?.[0]?.Tags, [
    { Key: 'b', Value: '' },
    { Key: 'team', Value: 'a' },
  ]);
  const { Attributes } = await client.send(
    new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }),
  );
  assert.equal(Attributes?.find(({ Key }) => Key === 'idle_timeout.timeout_seconds')?.Value, '60');
  await client.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
  assert.equal(room.grants.size, 0);
});

test('the SDK sees errors by their names, and pages', async () => {
  const room = await testRoom();
  await using api = await apiFor(room);
  const client = new ElasticLoadBalancingV2Client(api.settings(user('alice').accessKeyId));
  const names = ['a', 'b', 'c', 'd', 'e'];
  for (const Name of names) await client.send(new CreateLoadBalancerCommand({ Name }));
  const seen: (string | undefined)[] = [];
  for await (const page of paginateDescribeLoadBalancers({ client, pageSize: 2 }, {}))
    seen.push(...(page.LoadBalancers ?? []).map(({ LoadBalancerName }) => LoadBalancerName));
  assert.deepEqual(seen, names);
  await assert.rejects(client.send(new DescribeLoadBalancersCommand({ Names: ['x'] })), {
    name: 'LoadBalancerNotFoundException',
    message: "Load balancers '[x]' not found",
  });
  await assert.rejects(client.send(new DescribeLoadBalancersCommand({ PageSize: 401 })), {
    name: 'ValidationError',
  });
  await assert.rejects(client.send(new CreateLoadBalancerCommand({ Name: 'n', Type: 'network' })), {
    name: 'ValidationError',
  });
  const { SslPolicies } = await client.send(new DescribeSSLPoliciesCommand({}));
  assert.ok((SslPolicies?.length ?? 0) > 20);
});
