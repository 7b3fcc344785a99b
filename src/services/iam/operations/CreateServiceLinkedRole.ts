import { operation } from '../../../aws/operation.ts';
import { roleArn } from '../arn.ts';
import { encodeDocument } from '../documents.ts';
import { newUniqueId } from '../domain/identifiers.ts';
import { describeRole } from '../domain/role.ts';
import { serviceLinkedRoleOf } from '../domain/service-linked-roles.ts';
import { serviceLinked } from '../sets/roles.ts';
import { InvalidInputException } from '../errors.ts';
import type { CreateServiceLinkedRoleRequest, CreateServiceLinkedRoleResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const CreateServiceLinkedRole = operation<
  CreateServiceLinkedRoleRequest,
  CreateServiceLinkedRoleResponse,
  IamPorts
>('CreateServiceLinkedRole', async (input, call, ports) => {
  const { AWSServiceName: service, CustomSuffix: suffix } = input;
  const { account } = call;
  const found = serviceLinkedRoleOf(service);
  const arn = roleArn(
    account,
    found?.[1].path ?? `/aws-service-role/${service}/`,
    found?.[0] ?? '*',
  );
  await call.authorize('iam:CreateServiceLinkedRole', arn, {
    context: { 'iam:AWSServiceName': service },
  });
  if (suffix !== undefined)
    throw new InvalidInputException(`Custom suffix is not allowed for ${service}`);
  if (found === undefined)
    throw new InvalidInputException(
      `Service-linked roles are not available for ${service} in this installation.`,
    );
  const [roleName] = found;
  if ((await ports.roles.find(account, roleName)) !== undefined)
    throw new InvalidInputException(
      `Service role name ${roleName} has been taken in this account, please try a different suffix.`,
    );
  const row = { account, roleName, roleId: newUniqueId('AROA', call.random) };
  const createdAt = call.clock.now().round({ smallestUnit: 'second', roundingMode: 'floor' });
  ports.roles.insertServiceLinked(call.change, { ...row, createdAt });
  call.audit.resource({ type: 'AWS::IAM::Role', arn });
  const role = serviceLinked({ ...row, createdAt });
  return { Role: role && describeRole(role, encodeDocument(role.trustPolicy)) };
});
