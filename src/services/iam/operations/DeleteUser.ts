import { operation } from '../../../aws/operation.ts';
import { DeleteConflictException } from '../errors.ts';
import { userHolder } from '../sets/devices.ts';
import { authorizedUser } from '../subjects.ts';
import type { DeleteUserRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeleteUser = operation<DeleteUserRequest, void, IamPorts>(
  'DeleteUser',
  async (input, call, ports) => {
    const found = await authorizedUser(call, ports, 'iam:DeleteUser', input.UserName);
    const { user, attached, policies, accessKeys, groups, loginProfile } = found;
    const devices = await ports.devices.of(call.account, userHolder(user.userName));
    const left: readonly [boolean, string][] = [
      [attached.length > 0, 'must detach all policies first'],
      [policies.size > 0, 'must delete policies first'],
      [accessKeys.length > 0, 'must delete access keys first'],
      [groups.length > 0, 'must remove users from group first'],
      [loginProfile !== undefined, 'must delete login profile first'],
      [devices.length > 0, 'must delete MFA device first'],
    ];
    for (const [isLeft, what] of left)
      if (isLeft) throw new DeleteConflictException(`Cannot delete entity, ${what}.`);
    ports.devices.requireNone(call.change, call.account, userHolder(user.userName));
    ports.users.delete(call.change, user);
  },
);
