import type { Call } from '../../aws/call.ts';
import { associate, disassociate } from './certificates.ts';
import { targetGroupsOf } from './domain/action.ts';
import { certificatesOf, usesAfter, type Listener } from './domain/listener.ts';
import type { LoadBalancer } from './domain/load-balancer.ts';
import type { TargetGroup } from './domain/target-group.ts';
import {
  TargetGroupAssociationLimit,
  TargetGroupNotFound,
  TooManyCertificates,
  TooManyUniqueTargetGroupsPerLoadBalancer,
} from './errors.ts';
import type { Elbv2Ports } from './ports.ts';

/** AWS's quotas of an Application Load Balancer. */
const maxCertificates = 25;
const maxTargetGroups = 100;

export interface ListenerChange {
  /** Absent when the listener is new. */
  readonly before?: Listener | undefined;
  /** Absent when it goes. */
  readonly after?: Listener | undefined;
  /** Certificates that the call names: if the grant of one was taken away, it gets a new one. */
  readonly named?: readonly string[];
}

/**
 * Does everything that follows from a listener being made, changed or deleted: grants for certificates whose
 * use begins, the end of those that no listener of the load balancer uses any more, the same for target groups,
 * and word to the gateway. The load balancer's version guards all of it, so that of two such changes at
 * once the second is decided on what the first left.
 */
export async function changeListener(
  call: Call,
  ports: Elbv2Ports,
  balancer: LoadBalancer,
  change: ListenerChange,
): Promise<void> {
  const { writer, feed } = ports;
  const listeners = await ports.reader.listeners(balancer, balancer.arn);
  checkCertificateCount(listeners, change);
  await changeTargetGroups(call, ports, balancer, listeners, change);
  await changeCertificates(call, ports, balancer, listeners, change);
  const { before, after } = change;
  if (before === undefined && after !== undefined) writer.insertListener(call.change, after);
  else if (before !== undefined && after !== undefined)
    writer.updateListener(call.change, before, after);
  else if (before !== undefined) writer.deleteListener(call.change, before);
  writer.updateLoadBalancer(call.change, balancer);
  feed.moved(call.change, balancer.arn);
}

async function changeCertificates(
  call: Call,
  ports: Elbv2Ports,
  balancer: LoadBalancer,
  listeners: readonly Listener[],
  change: ListenerChange,
): Promise<void> {
  const { begun, ended } = usesAfter(listeners, change, certificatesOf);
  for (const certificate of new Set([...begun, ...(change.named ?? [])]))
    await associate(call, ports, certificate, balancer.arn);
  for (const certificate of ended) await disassociate(call, ports, certificate, balancer.arn);
}

async function changeTargetGroups(
  call: Call,
  ports: Elbv2Ports,
  balancer: LoadBalancer,
  listeners: readonly Listener[],
  change: ListenerChange,
): Promise<void> {
  const { begun, ended, all } = usesAfter(listeners, change, ({ action }) =>
    targetGroupsOf(action),
  );
  if (all.length > maxTargetGroups)
    throw new TooManyUniqueTargetGroupsPerLoadBalancer(
      `A load balancer can have up to '${maxTargetGroups}' target groups`,
    );
  const groups = await ports.reader.targetGroupsByArn(call, [...begun, ...ended]);
  for (const arn of begun) {
    const group = groups.find((each) => each.arn === arn);
    if (group === undefined)
      throw new TargetGroupNotFound(`Target groups '${arn.slice(0, 256)}' not found`);
    if (group.loadBalancerArn !== undefined)
      throw new TargetGroupAssociationLimit(
        `The following target groups cannot be associated with more than one load balancer: '${arn}'`,
      );
    ports.writer.updateTargetGroup(call.change, group, {
      ...group,
      loadBalancerArn: balancer.arn,
    });
  }
  for (const group of groups.filter(({ arn }) => ended.includes(arn))) release(call, ports, group);
}

/** The target group is no longer used by its load balancer. */
export function release(
  call: Call,
  { writer }: Pick<Elbv2Ports, 'writer'>,
  group: TargetGroup,
): void {
  const { loadBalancerArn: _ended, ...unused } = group;
  writer.updateTargetGroup(call.change, group, unused);
  writer.forgetHealth(call.change, group);
}

/** Default certificates do not count. */
function checkCertificateCount(
  listeners: readonly Listener[],
  { before, after }: ListenerChange,
): void {
  const rest = listeners.filter((each) => each.arn !== before?.arn);
  const count = [...rest, ...(after === undefined ? [] : [after])].reduce(
    (sum, { certificates }) => sum + certificates.length,
    0,
  );
  const isGrowing = (after?.certificates.length ?? 0) > (before?.certificates.length ?? 0);
  if (isGrowing && count > maxCertificates)
    throw new TooManyCertificates(
      `Up to '${maxCertificates}' certificates can be specified for a load balancer, but '${count}' were specified`,
    );
}
