import { operation } from '../../../aws/operation.ts';
import { noSuchAccessKey } from '../errors.ts';
import { authorizedUser } from '../subjects.ts';
import type { UpdateAccessKeyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const UpdateAccessKey = operation<UpdateAccessKeyRequest, void, IamPorts>(
  'UpdateAccessKey',
  async (input, call, ports) => {
    const { UserName, AccessKeyId, Status } = input;
    const found = await authorizedUser(call, ports, 'iam:UpdateAccessKey', UserName);
    if (!found.accessKeys.some((key) => key.access_key_id === AccessKeyId))
      throw noSuchAccessKey(AccessKeyId);
    ports.users.touch(call.change, found.user);
    ports.users.setAccessKeyStatus(call.change, found.user, AccessKeyId, Status);
  },
);
