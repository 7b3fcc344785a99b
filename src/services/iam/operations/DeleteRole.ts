import { operation } from '../../../aws/operation.ts';
import { DeleteConflictException } from '../errors.ts';
import { changeableRole } from '../subjects.ts';
import type { DeleteRoleRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeleteRole = operation<DeleteRoleRequest, void, IamPorts>(
  'DeleteRole',
  async (input, call, ports) => {
    const found = await changeableRole(call, ports, 'iam:DeleteRole', input.RoleName);
    const { role, attached, policies } = found;
    const left: readonly [boolean, string][] = [
      [attached.length > 0, 'must detach all policies first'],
      [policies.size > 0, 'must delete policies first'],
    ];
    for (const [isLeft, what] of left)
      if (isLeft) throw new DeleteConflictException(`Cannot delete entity, ${what}.`);
    ports.roles.delete(call.change, role);
  },
);
