import { operation } from '../../../aws/operation.ts';
import { noSuchAccessKey } from '../errors.ts';
import { authorizedUser } from '../subjects.ts';
import type { DeleteAccessKeyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeleteAccessKey = operation<DeleteAccessKeyRequest, void, IamPorts>(
  'DeleteAccessKey',
  async (input, call, ports) => {
    const { UserName, AccessKeyId } = input;
    const found = await authorizedUser(call, ports, 'iam:DeleteAccessKey', UserName);
    if (!found.accessKeys.some((key) => key.access_key_id === AccessKeyId))
      throw noSuchAccessKey(AccessKeyId);
    ports.users.touch(call.change, found.user);
    ports.users.deleteAccessKey(call.change, found.user, AccessKeyId);
  },
);
