import { operation } from '../../../aws/operation.ts';
import { noSuchLoginProfile } from '../errors.ts';
import { authorizedUser } from '../subjects.ts';
import type { DeleteLoginProfileRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeleteLoginProfile = operation<DeleteLoginProfileRequest, void, IamPorts>(
  'DeleteLoginProfile',
  async (input, call, ports) => {
    const found = await authorizedUser(call, ports, 'iam:DeleteLoginProfile', input.UserName);
    if (found.loginProfile === undefined) throw noSuchLoginProfile(found.user.userName);
    ports.users.touch(call.change, found.user);
    ports.users.deleteLoginProfile(call.change, found.user);
  },
);
