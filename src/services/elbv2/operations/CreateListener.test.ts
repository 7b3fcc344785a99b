import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DescribeListenersOutput, Listener } from '../model.ts';
import {
  createListener,
  createLoadBalancer,
  createTargetGroup,
  fixedResponse,
  issue,
  testRoom,
  type TestRoom,
} from '../test-room.ts';

async function describe(room: TestRoom, ListenerArn: string): Promise<Listener> {
  const { Listeners } = await room.run<DescribeListenersOutput>('DescribeListeners', {
    ListenerArns: [ListenerArn],
  });
  return Listeners?.[0] ?? {};
}

function http(room: TestRoom, balancer: string, action: unknown, Port = 80): Promise<string> {
  return createListener(room, balancer, '', {
    Protocol: 'HTTP',
    Port,
    Certificates: undefined,
    DefaultActions: [action],
  });
}

test('an HTTPS listener without a policy has the one of TLS 1.2 and 1.3', async () => {
  const room = await testRoom();
  const [balancer, certificate] = [await createLoadBalancer(room), issue(room)];
  const ListenerArn = await createListener(room, balancer, certificate);
  assert.match(ListenerArn, /:listener\/app\/web\/[0-9a-f]{16}\/[0-9a-f]{16}$/);
  assert.deepEqual(await describe(room, ListenerArn), {
    ListenerArn,
    LoadBalancerArn: balancer,
    Port: 443,
    Protocol: 'HTTPS',
    Certificates: [{ CertificateArn: certificate }],
    SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
    MutualAuthentication: { Mode: 'off' },
    DefaultActions: [fixedResponse],
  });
});

test('a port has one listener: the same call again is the same, another a duplicate', async () => {
  const room = await testRoom();
  const balancer = await createLoadBalancer(room);
  const listener = await http(room, balancer, fixedResponse);
  assert.equal(await http(room, balancer, fixedResponse), listener);
  const duplicate = {
    code: 'DuplicateListener',
    message: `A listener already exists on this port for this load balancer '${balancer}'`,
  };
  const redirect = {
    Type: 'redirect',
    RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' },
  };
  await assert.rejects(http(room, balancer, redirect), duplicate);
  const other = await http(room, balancer, redirect, 81);
  await assert.rejects(room.run('ModifyListener', { ListenerArn: other, Port: 80 }), duplicate);
});

test('two calls for one port at the same moment make one listener', async () => {
  const room = await testRoom();
  const balancer = await createLoadBalancer(room);
  let first = '';
  room.beforeCommit = async () => void (first = await http(room, balancer, fixedResponse));
  assert.equal(await http(room, balancer, fixedResponse), first);
});

test('actions are shown in full, with the defaults of AWS', async () => {
  const room = await testRoom();
  const balancer = await createLoadBalancer(room);
  const [one, two] = [await createTargetGroup(room), await createTargetGroup(room, 'two')];
  const shown = async (action: unknown, port: number) =>
    (await describe(room, await http(room, balancer, action, port))).DefaultActions?.[0];
  const stickiness = { TargetGroupStickinessConfig: { Enabled: false } };
  assert.deepEqual(await shown({ Type: 'forward', TargetGroupArn: one }, 1), {
    Type: 'forward',
    TargetGroupArn: one,
    ForwardConfig: { TargetGroups: [{ TargetGroupArn: one, Weight: 1 }], ...stickiness },
  });
  const TargetGroups = [
    { TargetGroupArn: one, Weight: 9 },
    { TargetGroupArn: two, Weight: 0 },
  ];
  assert.deepEqual(await shown({ Type: 'forward', ForwardConfig: { TargetGroups } }, 2), {
    Type: 'forward',
    ForwardConfig: { TargetGroups, ...stickiness },
  });
  const toHttps = { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' };
  assert.deepEqual(await shown({ Type: 'redirect', RedirectConfig: toHttps }, 3), {
    Type: 'redirect',
    RedirectConfig: { Host: '#{host}', Path: '/#{path}', Query: '#{query}', ...toHttps },
  });
});

test('actions that are wrong or not served are refused', async () => {
  const room = await testRoom();
  const balancer = await createLoadBalancer(room);
  const redirect = (config: object) => ({
    Type: 'redirect',
    RedirectConfig: { StatusCode: 'HTTP_302', ...config },
  });
  const wrong = [
    { Type: 'authenticate-cognito' },
    { Type: 'forward' },
    { Type: 'forward', ForwardConfig: { TargetGroups: [] } },
    { Type: 'fixed-response' },
    { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200', ContentType: 'x/y' } },
    { ...fixedResponse, TargetGroupArn: 'x' },
    redirect({}),
    redirect({ Port: '0' }),
    redirect({ Path: 'x' }),
    redirect({ Host: 'a\r\nSet-Cookie: b' }),
    redirect({ Host: 'a', Query: 'b c' }),
  ];
  for (const action of wrong) {
    const given = JSON.stringify(action);
    await assert.rejects(
      http(room, balancer, action),
      { code: 'InvalidLoadBalancerAction' },
      given,
    );
  }
  await assert.rejects(
    createListener(room, balancer, issue(room), { DefaultActions: [fixedResponse, fixedResponse] }),
    { code: 'TooManyActions' },
  );
});

test('the secret of an OIDC client is not in the record of the call', async () => {
  const room = await testRoom();
  const balancer = await createLoadBalancer(room);
  const action = { Type: 'authenticate-oidc', AuthenticateOidcConfig: { ClientSecret: 'known' } };
  await assert.rejects(http(room, balancer, action), { code: 'InvalidLoadBalancerAction' });
  assert.deepEqual(room.audited, [
    { loadBalancerArn: balancer, defaultActions: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
  ]);
});

test('fifty listeners are the most', async () => {
  const room = await testRoom();
  const balancer = await createLoadBalancer(room);
  for (let port = 1; port <= 50; port++) await http(room, balancer, fixedResponse, port);
  await assert.rejects(http(room, balancer, fixedResponse, 51), { code: 'TooManyListeners' });
});

test('a listener of a load balancer that is not there, or of no load balancer, is an error', async () => {
  const room = await testRoom();
  const absent = `arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/x/${'0'.repeat(16)}`;
  await assert.rejects(http(room, absent, fixedResponse), {
    code: 'LoadBalancerNotFound',
    message: `Load balancer '${absent}' not found`,
  });
  await assert.rejects(http(room, 'x', fixedResponse), {
    code: 'ValidationError',
    message: "'x' is not a valid load balancer ARN",
  });
});
