import { operation } from '../../../aws/operation.ts';
import { authorizedTargetGroup } from '../authorization.ts';
import type { DeregisterTargetsInput, DeregisterTargetsOutput } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';

/** Without a port every registration of the address ends. One that is not registered is no error. */
export const DeregisterTargets = operation<
  DeregisterTargetsInput,
  DeregisterTargetsOutput,
  Elbv2Ports
>('DeregisterTargets', async (input, call, { reader, writer, feed }) => {
  const group = await authorizedTargetGroup(
    call,
    reader,
    'DeregisterTargets',
    input.TargetGroupArn,
  );
  const registered = await reader.targets(call, [group.arn]);
  const gone = registered.filter(({ id, port }) =>
    input.Targets.some(({ Id, Port }) => Id === id && (Port === undefined || Port === port)),
  );
  if (gone.length === 0) return {};
  for (const target of gone) writer.deregisterTarget(call.change, group, target);
  writer.updateTargetGroup(call.change, group);
  if (group.loadBalancerArn !== undefined) feed.moved(call.change, group.loadBalancerArn);
  return {};
});
