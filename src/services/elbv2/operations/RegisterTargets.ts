import { operation } from '../../../aws/operation.ts';
import { authorizedTargetGroup } from '../authorization.ts';
import { healthCheckPort, type TargetGroup } from '../domain/target-group.ts';
import { InvalidTarget, TooManyTargets, ValidationError } from '../errors.ts';
import type { RegisterTargetsInput, RegisterTargetsOutput, TargetDescription } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';
import { isOwn, isTargetAddress } from '../target-address.ts';
import type { Target } from '../writer.ts';

/** AWS's quota of targets of a group. */
const maxTargets = 1000;

export const RegisterTargets = operation<RegisterTargetsInput, RegisterTargetsOutput, Elbv2Ports>(
  'RegisterTargets',
  async (input, call, ports) => {
    const { reader, writer, feed } = ports;
    const group = await authorizedTargetGroup(
      call,
      reader,
      'RegisterTargets',
      input.TargetGroupArn,
    );
    const targets = input.Targets.map((target) => checkedTarget(target, group, ports));
    if (targets.length === 0) throw new ValidationError('A target must be specified');
    const registered = await reader.targets(call, [group.arn]);
    const key = ({ id, port }: { id: string; port: number }): string => `${id} ${port}`;
    if (new Set([...registered, ...targets].map(key)).size > maxTargets)
      throw new TooManyTargets(`A target group can have up to '${maxTargets}' targets`);
    for (const target of targets) writer.registerTarget(call.change, group, target);
    writer.updateTargetGroup(call.change, group);
    if (group.loadBalancerArn !== undefined) feed.moved(call.change, group.loadBalancerArn);
    return {};
  },
);

function checkedTarget(
  { Id: id, Port, AvailabilityZone: availabilityZone, QuicServerId }: TargetDescription,
  group: TargetGroup,
  ports: Elbv2Ports,
): Target {
  if (QuicServerId !== undefined) throw new ValidationError('A QUIC server id is not supported');
  if (availabilityZone !== undefined && !/^[a-z0-9-]{1,32}$/.test(availabilityZone))
    throw new ValidationError('The Availability Zone of a target is not valid');
  if (!isTargetAddress(id, group.ipAddressType))
    throw new InvalidTarget(
      `The IP address '${id.slice(0, 64)}' is not a private or loopback address that can be a target`,
    );
  const port = Port ?? group.port;
  // A health check is a request too.
  if (isOwn(ports, id, [port, healthCheckPort(group, port)]))
    throw new InvalidTarget(`The target '${id}:${port}' is a listener of holdfast itself`);
  return { id, port, availabilityZone };
}
