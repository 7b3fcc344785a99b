import { operation } from '../../../aws/operation.ts';
import { authorizedTargetGroup } from '../authorization.ts';
import { ResourceInUse, TargetGroupNotFound } from '../errors.ts';
import type { DeleteTargetGroupInput, DeleteTargetGroupOutput } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';

/** One that is gone already is no error. */
export const DeleteTargetGroup = operation<
  DeleteTargetGroupInput,
  DeleteTargetGroupOutput,
  Elbv2Ports
>('DeleteTargetGroup', async (input, call, { reader, writer }) => {
  const group = await authorizedTargetGroup(
    call,
    reader,
    'DeleteTargetGroup',
    input.TargetGroupArn,
  ).catch((error: unknown) => {
    if (error instanceof TargetGroupNotFound) return undefined;
    throw error;
  });
  if (group === undefined) return {};
  if (group.loadBalancerArn !== undefined)
    throw new ResourceInUse(
      `Target group '${group.arn}' is currently in use by a listener or a rule`,
    );
  writer.deleteTargetGroup(call.change, group);
  return {};
});
