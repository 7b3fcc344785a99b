import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DescribeListenerCertificatesOutput, DescribeListenersOutput } from './model.ts';
import {
  createListener,
  createLoadBalancer,
  fixedResponse,
  issue,
  testRoom,
  type TestRoom,
} from './test-room.ts';

/** The certificates that ACM says are in use, each with a living grant. */
function inUse(room: TestRoom): string[] {
  for (const { grantId } of room.associations.values()) assert.ok(room.grants.has(grantId));
  assert.equal(room.grants.size, room.associations.size);
  return [...room.associations.keys()].map((key) => key.split(' ')[0] ?? '').sort();
}

function modify(room: TestRoom, ListenerArn: string, certificateArn: string): Promise<unknown> {
  return room.run('ModifyListener', {
    ListenerArn,
    Certificates: [{ CertificateArn: certificateArn }],
  });
}

function add(room: TestRoom, ListenerArn: string, ...arns: string[]): Promise<unknown> {
  const Certificates = arns.map((CertificateArn) => ({ CertificateArn }));
  return room.run('AddListenerCertificates', { ListenerArn, Certificates });
}

function remove(room: TestRoom, ListenerArn: string, ...arns: string[]): Promise<unknown> {
  const Certificates = arns.map((CertificateArn) => ({ CertificateArn }));
  return room.run('RemoveListenerCertificates', { ListenerArn, Certificates });
}

test('a certificate has one grant for a load balancer, however many of its listeners use it', async () => {
  const room = await testRoom();
  const [balancer, certificate] = [await createLoadBalancer(room), issue(room)];
  const one = await createListener(room, balancer, certificate);
  const two = await createListener(room, balancer, certificate, { Port: 8443 });
  assert.deepEqual(inUse(room), [certificate]);
  await room.run('DeleteListener', { ListenerArn: one });
  assert.deepEqual(inUse(room), [certificate]);
  await room.run('DeleteListener', { ListenerArn: two });
  assert.deepEqual(inUse(room), []);
});

test('a default certificate that is replaced loses its grant, unless another listener uses it', async () => {
  const room = await testRoom();
  const [balancer, old, next] = [await createLoadBalancer(room), issue(room), issue(room)];
  const one = await createListener(room, balancer, old);
  const two = await createListener(room, balancer, old, { Port: 8443 });
  await modify(room, one, next);
  assert.deepEqual(inUse(room), [old, next].sort());
  await modify(room, two, next);
  assert.deepEqual(inUse(room), [next]);
});

test('a grant that was revoked by hand is made anew by each call that names the certificate', async () => {
  const room = await testRoom();
  const [balancer, certificate, extra] = [await createLoadBalancer(room), issue(room), issue(room)];
  const listener = await createListener(room, balancer, certificate);
  room.grants.clear();
  await modify(room, listener, certificate);
  assert.deepEqual(inUse(room), [certificate]);
  room.grants.clear();
  assert.equal(await createListener(room, balancer, certificate), listener);
  assert.deepEqual(inUse(room), [certificate]);
  await add(room, listener, extra);
  room.grants.clear();
  await modify(room, listener, certificate);
  await add(room, listener, extra);
  assert.deepEqual(inUse(room), [certificate, extra].sort());
  room.grants.clear();
  await modify(room, listener, certificate);
  await remove(room, listener, extra);
  await add(room, listener, extra);
  assert.deepEqual(inUse(room), [certificate, extra].sort());
});

test('of two changes at the same moment the second is decided on what the first left', async () => {
  const room = await testRoom();
  const balancer = await createLoadBalancer(room);
  const [a, b, c] = [issue(room), issue(room), issue(room)];
  const listener = await createListener(room, balancer, a);
  room.beforeCommit = async () => void (await modify(room, listener, b));
  await modify(room, listener, c);
  assert.deepEqual(inUse(room), [c]);
  room.beforeCommit = async () =>
    void (await room.run('DeleteLoadBalancer', { LoadBalancerArn: balancer }));
  await assert.rejects(modify(room, listener, a), { code: 'ListenerNotFound' });
  assert.deepEqual(inUse(room), []);
});

test('a listener that begins to use a certificate while another ends it keeps the grant', async () => {
  const room = await testRoom();
  const [balancer, shared, other] = [await createLoadBalancer(room), issue(room), issue(room)];
  const one = await createListener(room, balancer, shared);
  const two = await createListener(room, balancer, other, { Port: 8443 });
  room.beforeCommit = async () => void (await add(room, two, shared));
  await modify(room, one, other);
  assert.deepEqual(inUse(room), [other, shared].sort());
});

test('deleting a load balancer ends the use of all its certificates', async () => {
  const room = await testRoom();
  const balancer = await createLoadBalancer(room);
  const listener = await createListener(room, balancer, issue(room));
  await add(room, listener, issue(room), issue(room));
  assert.equal(inUse(room).length, 3);
  await room.run('DeleteLoadBalancer', { LoadBalancerArn: balancer });
  assert.deepEqual(inUse(room), []);
  await assert.rejects(room.run('DescribeListeners', { ListenerArns: [listener] }), {
    code: 'ListenerNotFound',
  });
  await room.run('DeleteLoadBalancer', { LoadBalancerArn: balancer });
});

test('certificates beside the default one are added, listed in pages, and removed', async () => {
  const room = await testRoom();
  const [balancer, certificate] = [await createLoadBalancer(room), issue(room)];
  const ListenerArn = await createListener(room, balancer, certificate);
  const extra = [issue(room), issue(room)];
  await add(room, ListenerArn, ...extra);
  await add(room, ListenerArn, ...extra);
  const list = (input = {}) =>
    room.run<DescribeListenerCertificatesOutput>('DescribeListenerCertificates', {
      ListenerArn,
      ...input,
    });
  assert.deepEqual((await list()).Certificates, [
    { CertificateArn: certificate, IsDefault: true },
    ...extra.map((CertificateArn) => ({ CertificateArn, IsDefault: false })),
  ]);
  const { NextMarker } = await list({ PageSize: 2 });
  assert.equal((await list({ PageSize: 2, Marker: NextMarker })).Certificates?.length, 1);
  await assert.rejects(remove(room, ListenerArn, certificate), {
    code: 'OperationNotPermitted',
    message: 'Default Certificate cannot be removed',
  });
  await remove(room, ListenerArn, ...extra);
  assert.deepEqual(inUse(room), [certificate]);
});

test('twenty-five certificates are the most beside the default ones', async () => {
  const room = await testRoom();
  const balancer = await createLoadBalancer(room);
  const listener = await createListener(room, balancer, issue(room));
  await add(room, listener, ...Array.from({ length: 25 }, () => issue(room)));
  await assert.rejects(add(room, listener, issue(room)), { code: 'TooManyCertificates' });
});

test('certificates that cannot be used are refused in the words of AWS', async () => {
  const room = await testRoom();
  const balancer = await createLoadBalancer(room);
  const absent =
    'arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-4000-8000-000000000000';
  const [own, foreign, elsewhere] = [
    issue(room),
    absent.replace('111122223333', '444455556666'),
    absent.replace('eu-west-1', 'eu-west-2'),
  ];
  // They are there, and not for this account or Region, whatever ACM itself would say.
  for (const arn of [foreign, elsewhere]) room.certificates.set(arn, 'ISSUED');
  await createListener(room, await createLoadBalancer(room, 'own'), own);
  for (const arn of [
    absent,
    foreign,
    elsewhere,
    'arn:aws:iam::111122223333:server-certificate/x',
  ]) {
    await assert.rejects(createListener(room, balancer, arn), {
      code: 'CertificateNotFound',
      message: `Certificate '${arn}' not found`,
    });
  }
  for (const arn of ['nonsense', 'arn:aws:kms:eu-west-1:111122223333:key/k'])
    await assert.rejects(createListener(room, balancer, arn), {
      code: 'ValidationError',
      message: `Certificate ARN '${arn}' is not valid`,
    });
  for (const status of ['PENDING_VALIDATION', 'ISSUED RSA_1024']) {
    const unfit = issue(room, status);
    await assert.rejects(createListener(room, balancer, unfit), {
      code: 'UnsupportedCertificate',
      message: `The certificate '${unfit}' must have a fully-qualified domain name, a supported signature, and a supported key size.`,
    });
  }
  room.denied = (action) => action === 'kms:CreateGrant';
  await assert.rejects(createListener(room, balancer, issue(room)), { kind: 'access-denied' });
  assert.deepEqual(inUse(room), [own]);
});

test('a listener needs exactly one certificate with HTTPS and none with HTTP', async () => {
  const room = await testRoom();
  const [balancer, certificate] = [await createLoadBalancer(room), issue(room)];
  const create = (input: Readonly<Record<string, unknown>>) =>
    createListener(room, balancer, certificate, input);
  await assert.rejects(create({ Certificates: undefined }), { code: 'ValidationError' });
  await assert.rejects(
    create({ Certificates: [{ CertificateArn: certificate }, { CertificateArn: issue(room) }] }),
    {
      code: 'TooManyCertificates',
      message: "Up to '1' certificate ARNs can be specified, but '2' were specified",
    },
  );
  await assert.rejects(create({ Protocol: 'HTTP' }), { code: 'ValidationError' });
  await assert.rejects(create({ SslPolicy: 'ELBSecurityPolicy-none' }), {
    code: 'SSLPolicyNotFound',
  });
  await assert.rejects(create({ Protocol: 'TLS' }), { code: 'UnsupportedProtocol' });
});

test('a listener that becomes HTTP gives its certificates up, and back again needs one', async () => {
  const room = await testRoom();
  const [balancer, certificate] = [await createLoadBalancer(room), issue(room)];
  const ListenerArn = await createListener(room, balancer, certificate);
  await room.run('ModifyListener', { ListenerArn, Protocol: 'HTTP', Port: 80 });
  assert.deepEqual(inUse(room), []);
  const { Listeners } = await room.run<DescribeListenersOutput>('DescribeListeners', {
    LoadBalancerArn: balancer,
  });
  assert.deepEqual(Listeners, [
    {
      ListenerArn,
      LoadBalancerArn: balancer,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [fixedResponse],
    },
  ]);
  await assert.rejects(room.run('ModifyListener', { ListenerArn, Protocol: 'HTTPS' }), {
    code: 'ValidationError',
  });
});

test('of two certificates that are added at the same moment none is lost', async () => {
  const room = await testRoom();
  const balancer = await createLoadBalancer(room);
  const [certificate, one, two] = [issue(room), issue(room), issue(room)];
  const listener = await createListener(room, balancer, certificate);
  await Promise.all([add(room, listener, one), add(room, listener, two)]);
  assert.deepEqual(inUse(room), [certificate, one, two].sort());
});
