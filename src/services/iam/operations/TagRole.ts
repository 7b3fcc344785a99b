import { operation } from '../../../aws/operation.ts';
import { changeableRole } from '../subjects.ts';
import { requestTags, withTags } from '../tags.ts';
import type { TagRoleRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const TagRole = operation<TagRoleRequest, void, IamPorts>(
  'TagRole',
  async (input, call, ports) => {
    const { RoleName, Tags } = input;
    const { role } = await changeableRole(call, ports, 'iam:TagRole', RoleName, requestTags(Tags));
    ports.roles.touch(call.change, role, { tags: withTags(role.tags, Tags) });
  },
);
