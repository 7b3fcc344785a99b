import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AwsError } from '../../aws/errors.ts';
import type {
  DescribeListenerCertificatesOutput,
  DescribeListenersOutput,
  DescribeTargetGroupsOutput,
} from './model.ts';
import {
  createListener,
  createLoadBalancer,
  createTargetGroup,
  fixedResponse,
  issue,
  testRoom,
  type TestRoom,
} from './test-room.ts';

const step = fc.record({
  kind: fc.constantFrom('create', 'modify', 'forward', 'add', 'remove', 'delete', 'revoke'),
  balancer: fc.nat(1),
  port: fc.integer({ min: 1, max: 3 }),
  certificate: fc.nat(2),
  group: fc.nat(1),
});
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

/** Two load balancers, three certificates and two target groups, on which anything may happen. */
async function anyRoom() {
  const room = await testRoom();
  return {
    room,
    balancers: [await createLoadBalancer(room), await createLoadBalancer(room, 'two')],
    certificates: [issue(room), issue(room), issue(room)],
    groups: [await createTargetGroup(room), await createTargetGroup(room, 'two')],
  };
}

type AnyRoom = Awaited<ReturnType<typeof anyRoom>>;

async function listenersOf(room: TestRoom, LoadBalancerArn: string) {
  const input = { LoadBalancerArn };
  return (await room.run<DescribeListenersOutput>('DescribeListeners', input)).Listeners ?? [];
}

async function take({ room, balancers, certificates, groups }: AnyRoom, each: Step): Promise<void> {
  const balancer = balancers[each.balancer] ?? '';
  const CertificateArn = certificates[each.certificate] ?? '';
  if (each.kind === 'create')
    return void (await createListener(room, balancer, CertificateArn, { Port: each.port }));
  const listener = (await listenersOf(room, balancer)).find(({ Port }) => Port === each.port);
  const input = { ListenerArn: listener?.ListenerArn, Certificates: [{ CertificateArn }] };
  if (input.ListenerArn === undefined) return;
  const forward = { Type: 'forward', TargetGroupArn: groups[each.group] };
  switch (each.kind) {
    case 'modify':
      return void (await room.run('ModifyListener', { ...input, DefaultActions: [fixedResponse] }));
    case 'forward':
      return void (await room.run('ModifyListener', { ...input, DefaultActions: [forward] }));
    case 'add':
      return void (await room.run('AddListenerCertificates', input));
    case 'remove':
      return void (await room.run('RemoveListenerCertificates', input));
    case 'delete':
      return void (await room.run('DeleteListener', input));
    case 'revoke': {
      // By hand, then lent anew by a call that names the certificate.
      const own = room.associations.get(`${CertificateArn} ${balancer}`);
      if (own === undefined) return;
      room.grants.delete(own.grantId);
      return void (await room.run('AddListenerCertificates', input));
    }
  }
}

/** What is lent and bound is exactly what the listeners use. */
async function check({ room, balancers, groups }: AnyRoom): Promise<void> {
  const used = new Set<string>();
  const bound = new Map<string, string>();
  for (const balancer of balancers) {
    for (const { ListenerArn, DefaultActions } of await listenersOf(room, balancer)) {
      const { Certificates } = await room.run<DescribeListenerCertificatesOutput>(
        'DescribeListenerCertificates',
        { ListenerArn },
      );
      for (const { CertificateArn } of Certificates ?? [])
        used.add(`${CertificateArn} ${balancer}`);
      const group = DefaultActions?.[0]?.TargetGroupArn;
      if (group !== undefined) bound.set(group, balancer);
    }
  }
  assert.deepEqual([...room.associations.keys()].sort(), [...used].sort());
  const lent = [...room.associations.values()].map(({ grantId }) => grantId);
  assert.deepEqual([...room.grants].sort(), lent.sort());
  const { TargetGroups } = await room.run<DescribeTargetGroupsOutput>('DescribeTargetGroups', {});
  assert.equal(TargetGroups?.length, groups.length);
  for (const { TargetGroupArn = '', LoadBalancerArns } of TargetGroups ?? []) {
    const balancer = bound.get(TargetGroupArn);
    assert.deepEqual(LoadBalancerArns, balancer === undefined ? [] : [balancer]);
  }
}

test('whatever happens, one by one or at once, what is lent and bound is what listeners use', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { maxLength: 3 }), { maxLength: 8 }),
      async (rounds) => {
        const any = await anyRoom();
        for (const round of rounds) {
          await Promise.all(
            round.map((each) =>
              take(any, each).catch((error: unknown) => {
                if (!(error instanceof AwsError)) throw error;
              }),
            ),
          );
          await check(any);
        }
      },
    ),
    { numRuns: 15 },
  );
});
