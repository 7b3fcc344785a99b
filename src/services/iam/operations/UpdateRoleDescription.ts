import { operation } from '../../../aws/operation.ts';
import { encodeDocument } from '../documents.ts';
import { describeRole } from '../domain/role.ts';
import { changeableRole } from '../subjects.ts';
import { showPrincipals } from '../trust-principals.ts';
import type { UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const UpdateRoleDescription = operation<
  UpdateRoleDescriptionRequest,
  UpdateRoleDescriptionResponse,
  IamPorts
>('UpdateRoleDescription', async (input, call, ports) => {
  const action = 'iam:UpdateRoleDescription';
  const { role } = await changeableRole(call, ports, action, input.RoleName);
  const description = input.Description;
  ports.roles.touch(call.change, role, { description });
  const trust = encodeDocument(await showPrincipals(role.trustPolicy, ports));
  return { Role: describeRole({ ...role, description }, trust) };
});
