import { operation } from '../../../aws/operation.ts';
import { roleArn } from '../arn.ts';
import { serviceOfRole } from '../domain/service-linked-roles.ts';
import { NoSuchEntityException } from '../errors.ts';
import type {
  GetServiceLinkedRoleDeletionStatusRequest,
  GetServiceLinkedRoleDeletionStatusResponse,
} from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetServiceLinkedRoleDeletionStatus = operation<
  GetServiceLinkedRoleDeletionStatusRequest,
  GetServiceLinkedRoleDeletionStatusResponse,
  IamPorts
>('GetServiceLinkedRoleDeletionStatus', async (input, call) => {
  const { DeletionTaskId: task } = input;
  const [, path, roleName] = /^task(\/.*\/)([^/]+)\/[0-9a-f-]{36}$/.exec(task) ?? [];
  const arn = roleName === undefined ? '*' : roleArn(call.account, path ?? '/', roleName);
  await call.authorize('iam:GetServiceLinkedRoleDeletionStatus', arn, {
    context: { 'iam:AWSServiceName': serviceOfRole(roleName ?? '') },
  });
  if (roleName === undefined)
    throw new NoSuchEntityException(`Deletion task id ${task} cannot be found.`);
  // A role is gone with the answer to DeleteServiceLinkedRole.
  return { Status: 'SUCCEEDED' };
});
