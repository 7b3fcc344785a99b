import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sslPolicies } from '../../../aws/ssl-policies.ts';
import { model, type DescribeSSLPoliciesOutput, type DescribeTagsOutput } from '../model.ts';
import {
  createListener,
  createLoadBalancer,
  createTargetGroup,
  issue,
  testRoom,
  type TestRoom,
} from '../test-room.ts';

interface Attribute {
  readonly Key: string;
  readonly Value: string;
}

async function allOf(room: TestRoom) {
  const LoadBalancerArn = await createLoadBalancer(room);
  const TargetGroupArn = await createTargetGroup(room);
  const certificate = issue(room);
  const ListenerArn = await createListener(room, LoadBalancerArn, certificate);
  const Certificates = [{ CertificateArn: certificate }];
  return { LoadBalancerArn, TargetGroupArn, ListenerArn, Certificates };
}

/** An input that every operation can read what it needs from. */
async function anyInput(room: TestRoom) {
  const all = await allOf(room);
  return {
    ...all,
    Name: 'other',
    ResourceArns: [all.LoadBalancerArn],
    Tags: [{ Key: 'a' }],
    TagKeys: ['a'],
    Attributes: [],
    Targets: [{ Id: '10.0.0.1' }],
    DefaultActions: [],
  };
}

test('every operation asks for the permission of its name before it says or does anything', async () => {
  const room = await testRoom();
  const input = await anyInput(room);
  room.denied = () => true;
  for (const name of Object.keys(model.operations)) {
    room.asked.length = 0;
    await assert.rejects(room.run(name, input), { kind: 'access-denied' }, name);
    assert.deepEqual(
      room.asked.map(({ action }) => action),
      [`elasticloadbalancing:${name}`],
    );
    const absent = Object.fromEntries(
      Object.entries(input).map(([key, value]) => [
        key,
        typeof value === 'string' ? value.replace(/[0-9a-f]{16}$/, '0'.repeat(16)) : value,
      ]),
    );
    await assert.rejects(room.run(name, absent), { kind: 'access-denied' }, `${name}, absent`);
  }
});

test('the tags of a resource and of a request are condition keys', async () => {
  const room = await testRoom();
  const { ListenerArn, LoadBalancerArn } = await allOf(room);
  const Tags = [{ Key: 'team', Value: 'a' }];
  await room.run('AddTags', { ResourceArns: [ListenerArn, LoadBalancerArn], Tags });
  assert.deepEqual(room.asked.at(-2), {
    action: 'elasticloadbalancing:AddTags',
    resource: ListenerArn,
    context: { 'aws:RequestTag/team': 'a', 'aws:TagKeys': ['team'] },
  });
  await room.run('DeleteListener', { ListenerArn });
  assert.deepEqual(room.asked.at(-1), {
    action: 'elasticloadbalancing:DeleteListener',
    resource: ListenerArn,
    context: { 'aws:ResourceTag/team': 'a', 'elasticloadbalancing:ResourceTag/team': 'a' },
  });
});

test('a resource that is made with tags needs the right to tag', async () => {
  const room = await testRoom();
  room.denied = (action) => action === 'elasticloadbalancing:AddTags';
  const Tags = [{ Key: 'team', Value: 'a' }];
  await assert.rejects(room.run('CreateLoadBalancer', { Name: 'web', Tags }), {
    kind: 'access-denied',
  });
  await room.run('CreateLoadBalancer', { Name: 'web' });
});

test('tags are added, overwritten, shown and removed, and go with the resource', async () => {
  const room = await testRoom();
  const { ListenerArn, LoadBalancerArn, TargetGroupArn } = await allOf(room);
  const ResourceArns = [LoadBalancerArn, ListenerArn, TargetGroupArn];
  const tags = async () =>
    (await room.run<DescribeTagsOutput>('DescribeTags', { ResourceArns })).TagDescriptions?.map(
      ({ Tags }) => Tags?.map(({ Key, Value }) => `${Key}=${Value}`).join(),
    );
  const Tags = [{ Key: 'a', Value: '1' }, { Key: 'b' }];
  await room.run('AddTags', { ResourceArns, Tags });
  await room.run('AddTags', { ResourceArns: [ListenerArn], Tags: [{ Key: 'a', Value: '2' }] });
  assert.deepEqual(await tags(), ['a=1,b=', 'a=2,b=', 'a=1,b=']);
  await room.run('RemoveTags', { ResourceArns, TagKeys: ['a', 'c'] });
  assert.deepEqual(await tags(), ['b=', 'b=', 'b=']);
  await room.run('DeleteListener', { ListenerArn });
  await assert.rejects(tags(), { code: 'ListenerNotFound' });
});

test('tags have the limits of AWS, also when two calls add at once', async () => {
  const room = await testRoom();
  const { LoadBalancerArn } = await allOf(room);
  const add = (Tags: readonly { Key: string }[]) =>
    room.run('AddTags', { ResourceArns: [LoadBalancerArn], Tags });
  await assert.rejects(add([{ Key: 'a' }, { Key: 'a' }]), { code: 'DuplicateTagKeys' });
  await assert.rejects(add([{ Key: 'aws:a' }]), { code: 'ValidationError' });
  const half = (prefix: string) => Array.from({ length: 26 }, (_, n) => ({ Key: prefix + n }));
  room.beforeCommit = async () => void (await add(half('a')));
  await assert.rejects(add(half('b')), { code: 'TooManyTags' });
});

test('attributes have the defaults of AWS, are kept, and refuse other keys and values', async () => {
  const room = await testRoom();
  const all = await allOf(room);
  const cases = [
    ['LoadBalancer', 'idle_timeout.timeout_seconds', '60', '30', '5000'],
    ['TargetGroup', 'deregistration_delay.timeout_seconds', '300', '0', '-1'],
    ['Listener', 'routing.http.response.server.enabled', 'true', 'false', 'x'],
  ] as const;
  for (const [kind, Key, initial, next, wrong] of cases) {
    const read = async () => {
      const { Attributes } = await room.run<{ Attributes: Attribute[] }>(
        `Describe${kind}Attributes`,
        all,
      );
      return Attributes.find((each) => each.Key === Key)?.Value;
    };
    const modify = (...Attributes: Attribute[]) =>
      room.run(`Modify${kind}Attributes`, { ...all, Attributes });
    assert.equal(await read(), initial);
    await modify({ Key, Value: next });
    assert.equal(await read(), next);
    await assert.rejects(modify({ Key, Value: wrong }), { code: 'ValidationError' });
    await assert.rejects(modify({ Key: '__proto__', Value: 'x' }), { code: 'ValidationError' });
    assert.equal(await read(), next);
  }
});

test('deletion protection protects from deletion', async () => {
  const room = await testRoom();
  const { LoadBalancerArn } = await allOf(room);
  const protect = (Value: string) =>
    room.run('ModifyLoadBalancerAttributes', {
      LoadBalancerArn,
      Attributes: [{ Key: 'deletion_protection.enabled', Value }],
    });
  await protect('true');
  await assert.rejects(room.run('DeleteLoadBalancer', { LoadBalancerArn }), {
    code: 'OperationNotPermitted',
    message: `Load balancer '${LoadBalancerArn}' cannot be deleted because deletion protection is enabled`,
  });
  await protect('false');
  await room.run('DeleteLoadBalancer', { LoadBalancerArn });
});

test('security policies are listed in pages and by name', async () => {
  const room = await testRoom();
  const list = (input: object) => room.run<DescribeSSLPoliciesOutput>('DescribeSSLPolicies', input);
  const { SslPolicies, NextMarker } = await list({ PageSize: 5 });
  assert.equal(SslPolicies?.length, 5);
  const rest = await list({ Marker: NextMarker });
  assert.equal(rest.SslPolicies?.length, sslPolicies.size - 5);
  const name = 'ELBSecurityPolicy-TLS13-1-3-2021-06';
  assert.deepEqual((await list({ Names: [name] })).SslPolicies?.[0], {
    Name: name,
    SslProtocols: ['TLSv1.3'],
    Ciphers: [
      { Name: 'TLS_AES_128_GCM_SHA256', Priority: 1 },
      { Name: 'TLS_AES_256_GCM_SHA384', Priority: 2 },
      { Name: 'TLS_CHACHA20_POLY1305_SHA256', Priority: 3 },
    ],
    SupportedLoadBalancerTypes: ['application'],
  });
  await assert.rejects(list({ Names: ['x'] }), { code: 'SSLPolicyNotFound' });
});
