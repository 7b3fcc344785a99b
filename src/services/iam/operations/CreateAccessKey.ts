import { operation } from '../../../aws/operation.ts';
import { reveal } from '../../../lib/secret.ts';
import { addAccessKey } from '../access-keys.ts';
import { quotaExceeded } from '../errors.ts';
import type { CreateAccessKeyRequest, CreateAccessKeyResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';
import { authorizedUser } from '../subjects.ts';

const keysPerUser = 2;

export const CreateAccessKey = operation<CreateAccessKeyRequest, CreateAccessKeyResponse, IamPorts>(
  'CreateAccessKey',
  async (input, call, ports) => {
    const { users } = ports;
    const { user, accessKeys } = await authorizedUser(
      call,
      ports,
      'iam:CreateAccessKey',
      input.UserName,
    );
    if (accessKeys.length >= keysPerUser) throw quotaExceeded('AccessKeysPerUser', keysPerUser);
    users.touch(call.change, user);
    const key = await addAccessKey(call, ports, user);
    using secret = key.secretAccessKey;
    return {
      AccessKey: {
        UserName: user.userName,
        AccessKeyId: key.accessKeyId,
        Status: 'Active',
        // The one place where the secret is text: the answer, which is shown once.
        SecretAccessKey: Buffer.from(reveal(secret)).toString('latin1'),
        CreateDate: call.clock.now().round({ smallestUnit: 'second', roundingMode: 'floor' }),
      },
    };
  },
);
