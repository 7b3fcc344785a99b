import { operation } from '../../../aws/operation.ts';
import { changeableRole } from '../subjects.ts';
import { withoutTags } from '../tags.ts';
import type { UntagRoleRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const UntagRole = operation<UntagRoleRequest, void, IamPorts>(
  'UntagRole',
  async (input, call, ports) => {
    const { RoleName, TagKeys } = input;
    const context = { 'aws:TagKeys': TagKeys };
    const { role } = await changeableRole(call, ports, 'iam:UntagRole', RoleName, context);
    ports.roles.touch(call.change, role, { tags: withoutTags(role.tags, TagKeys) });
  },
);
