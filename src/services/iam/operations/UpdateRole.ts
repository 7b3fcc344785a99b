import { operation } from '../../../aws/operation.ts';
import { changeableRole } from '../subjects.ts';
import type { UpdateRoleRequest, UpdateRoleResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const UpdateRole = operation<UpdateRoleRequest, UpdateRoleResponse, IamPorts>(
  'UpdateRole',
  async (input, call, ports) => {
    const { role } = await changeableRole(call, ports, 'iam:UpdateRole', input.RoleName);
    const { Description: description, MaxSessionDuration: maxSessionSeconds } = input;
    ports.roles.touch(call.change, role, {
      ...(description === undefined ? {} : { description }),
      ...(maxSessionSeconds === undefined ? {} : { maxSessionSeconds }),
    });
    return {};
  },
);
