import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createAddressBook } from './address-book.ts';
import {
  createListener,
  createLoadBalancer,
  createTargetGroup,
  fixedResponse,
  issue,
  testRoom,
  type TestRoom,
} from './test-room.ts';

async function changesAfter(room: TestRoom, cursor: number) {
  const changes = await room.elbv2.configuration.changesAfter(cursor, room.mayHold);
  assert.ok(changes !== undefined);
  return {
    sequence: changes.sequence,
    changed: changes.loadBalancers.map(({ LoadBalancerArn }) => LoadBalancerArn),
    removed: changes.removed,
  };
}

test('the gateway is told all that it serves', async () => {
  const room = await testRoom();
  const [balancer, certificate, group] = [
    await createLoadBalancer(room),
    issue(room),
    await createTargetGroup(room),
  ];
  await room.run('RegisterTargets', { TargetGroupArn: group, Targets: [{ Id: '10.0.0.1' }] });
  const listener = await createListener(room, balancer, certificate, {
    DefaultActions: [{ Type: 'forward', TargetGroupArn: group }],
  });
  await room.run('ModifyLoadBalancerAttributes', {
    LoadBalancerArn: balancer,
    Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '7' }],
  });
  const [state] = (await room.elbv2.configuration.everything(room.mayHold)).loadBalancers;
  const { Attributes, Address, DNSName, ...rest } = state ?? {};
  assert.deepEqual(Attributes, { 'idle_timeout.timeout_seconds': '7' });
  const book = createAddressBook(room.store.db);
  assert.deepEqual(await book.addressesOf(DNSName?.toUpperCase() ?? ''), [Address]);
  assert.deepEqual(await book.addressesOf(`x-${DNSName}`), []);
  assert.deepEqual(await createAddressBook(room.store.db, '127.0.0.1').addressesOf(DNSName ?? ''), [
    '127.0.0.1',
  ]);
  assert.deepEqual(rest, {
    LoadBalancerArn: balancer,
    Account: '111122223333',
    Region: 'eu-west-1',
    Listeners: [
      {
        ListenerArn: listener,
        Protocol: 'HTTPS',
        Port: 443,
        SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
        Certificates: [
          {
            CertificateArn: certificate,
            IsDefault: true,
            CertificatePem: 'CERTIFICATE',
            ChainPem: 'CHAIN',
            Ciphertext: Buffer.from(`ciphertext of ${certificate} ${balancer}`).toString('base64'),
            KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/k',
            GrantId: [...room.grants][0],
            Revision: 1,
          },
        ],
        DefaultActions: [
          {
            Type: 'forward',
            TargetGroupArn: group,
            ForwardConfig: {
              TargetGroups: [{ TargetGroupArn: group, Weight: 1 }],
              TargetGroupStickinessConfig: { Enabled: false },
            },
          },
        ],
      },
    ],
    TargetGroups: [
      {
        TargetGroupArn: group,
        Protocol: 'HTTP',
        Port: 8080,
        HealthCheckEnabled: true,
        HealthCheckProtocol: 'HTTP',
        HealthCheckPort: 'traffic-port',
        HealthCheckPath: '/',
        HealthCheckIntervalSeconds: 30,
        HealthCheckTimeoutSeconds: 5,
        HealthyThresholdCount: 5,
        UnhealthyThresholdCount: 2,
        MatcherHttpCode: '200',
        Targets: [{ Id: '10.0.0.1', Port: 8080 }],
      },
    ],
  });
});

test('a certificate whose grant is gone comes without one', async () => {
  const room = await testRoom();
  await createListener(room, await createLoadBalancer(room), issue(room));
  room.grants.clear();
  const [state] = (await room.elbv2.configuration.everything(room.mayHold)).loadBalancers;
  const [certificate] = state?.Listeners[0]?.Certificates ?? [];
  assert.ok(certificate !== undefined && !('GrantId' in certificate));
});

test('each change of a load balancer is told once, and its removal', async () => {
  const room = await testRoom();
  const [one, two] = [await createLoadBalancer(room), await createLoadBalancer(room, 'two')];
  const group = await createTargetGroup(room);
  const listener = await createListener(room, one, issue(room), {
    DefaultActions: [{ Type: 'forward', TargetGroupArn: group }],
  });
  let { sequence } = await room.elbv2.configuration.everything(room.mayHold);
  const next = async (): Promise<string[]> => {
    const changes = await changesAfter(room, sequence);
    ({ sequence } = changes);
    return [...changes.changed, ...changes.removed.map((arn) => `removed ${arn}`)];
  };
  assert.deepEqual(await next(), []);
  const Targets = [{ Id: '10.0.0.1' }];
  await room.run('RegisterTargets', { TargetGroupArn: group, Targets });
  assert.deepEqual(await next(), [one]);
  await room.run('DeregisterTargets', { TargetGroupArn: group, Targets });
  assert.deepEqual(await next(), [one]);
  await room.run('ModifyListener', { ListenerArn: listener, DefaultActions: [fixedResponse] });
  assert.deepEqual(await next(), [one]);
  await room.run('RegisterTargets', { TargetGroupArn: group, Targets });
  assert.deepEqual(await next(), []);
  await room.run('AddTags', { ResourceArns: [one], Tags: [{ Key: 'a' }] });
  assert.deepEqual(await next(), []);
  await room.commit((change) => room.elbv2.moved(change, two));
  assert.deepEqual(await next(), [two]);
  await room.run('DeleteLoadBalancer', { LoadBalancerArn: one });
  assert.deepEqual(await next(), [`removed ${one}`]);
  assert.deepEqual(await next(), []);
});

test('what happens to other resources and to load balancers that are gone is passed over', async () => {
  const room = await testRoom();
  const balancer = await createLoadBalancer(room);
  await room.run('DeleteLoadBalancer', { LoadBalancerArn: balancer });
  const { sequence } = await room.elbv2.configuration.everything(room.mayHold);
  await room.commit((change) => {
    room.elbv2.moved(change, 'arn:aws:cloudfront::111122223333:distribution/E1');
    room.elbv2.moved(change, balancer);
  });
  assert.deepEqual((await changesAfter(room, sequence)).changed, []);
});

test('a cursor of another installation, or of long ago, is unknown', async () => {
  const room = await testRoom();
  const balancer = await createLoadBalancer(room);
  const { configuration } = room.elbv2;
  const { sequence } = await configuration.everything(room.mayHold);
  assert.equal(await configuration.changesAfter(sequence + 1, room.mayHold), undefined);
  await room.commit((change) => {
    for (let n = 0; n < 1000; n++) room.elbv2.moved(change, balancer);
  });
  assert.equal((await configuration.changesAfter(sequence, room.mayHold))?.loadBalancers.length, 1);
  await room.commit((change) => room.elbv2.moved(change, balancer));
  assert.equal(await configuration.changesAfter(sequence, room.mayHold), undefined);
});

test('removals are remembered for a thousand changes, not for ever', async () => {
  const room = await testRoom();
  const [one, two, rest] = [
    await createLoadBalancer(room),
    await createLoadBalancer(room, 'two'),
    await createLoadBalancer(room, 'rest'),
  ];
  await room.run('DeleteLoadBalancer', { LoadBalancerArn: one });
  await room.commit((change) => {
    for (let n = 0; n < 1000; n++) room.elbv2.moved(change, rest);
  });
  await room.run('DeleteLoadBalancer', { LoadBalancerArn: two });
  const rows = await room.store.db.selectFrom('elbv2_removed').select('arn').execute();
  assert.deepEqual(
    rows.map(({ arn }) => arn),
    [two],
  );
});

test('changes that many calls commit at once are numbered in the order of their commits', async () => {
  const room = await testRoom();
  const balancers: string[] = [];
  for (let n = 0; n < 5; n++) balancers.push(await createLoadBalancer(room, `web-${n}`));
  let { sequence } = await room.elbv2.configuration.everything(room.mayHold);
  const seen: string[] = [];
  const look = async (): Promise<void> => {
    const changes = await changesAfter(room, sequence);
    ({ sequence } = changes);
    seen.push(...changes.changed);
  };
  const commits = balancers.map((arn) => room.commit((change) => room.elbv2.moved(change, arn)));
  for (const commit of commits) await Promise.all([look(), commit]);
  await look();
  assert.deepEqual(seen.sort(), balancers.sort());
});

test('a target where holdfast listens by now is no longer told to the gateway', async () => {
  const room = await testRoom();
  const group = await createTargetGroup(room);
  await createListener(room, await createLoadBalancer(room), issue(room), {
    DefaultActions: [{ Type: 'forward', TargetGroupArn: group }],
  });
  const Targets = [{ Id: '127.0.0.1', Port: 4567 }];
  await room.run('RegisterTargets', { TargetGroupArn: group, Targets });
  const told = async () =>
    (await room.elbv2.configuration.everything(room.mayHold)).loadBalancers[0]?.TargetGroups[0]
      ?.Targets;
  assert.equal((await told())?.length, 1);
  room.ownPorts.add(4567);
  assert.deepEqual(await told(), []);
});

test('a load balancer that was tampered with is not told of, the others are', async () => {
  const room = await testRoom();
  const group = await createTargetGroup(room);
  await room.run('RegisterTargets', { TargetGroupArn: group, Targets: [{ Id: '10.0.0.1' }] });
  const forward = { DefaultActions: [{ Type: 'forward', TargetGroupArn: group }] };
  const [bent, good] = [await createLoadBalancer(room), await createLoadBalancer(room, 'other')];
  await createListener(room, bent, issue(room), forward);
  room.store.database.exec(`UPDATE elbv2_target SET id = '10.6.6.6'`);
  await setImmediate();
  const { loadBalancers } = await room.elbv2.configuration.everything(room.mayHold);
  assert.deepEqual(
    loadBalancers.map(({ LoadBalancerArn }) => LoadBalancerArn),
    [good],
  );
  assert.deepEqual(
    room.broken.map(({ kind, owner }) => [kind, owner]),
    [['elbv2-target-group', group]],
  );
});
