import { operation } from '../../../aws/operation.ts';
import { describeUser } from '../domain/user.ts';
import type { GetUserRequest, GetUserResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';
import { describeRoot } from '../root-users.ts';
import { authorizedUser, isAboutRoot } from '../subjects.ts';

export const GetUser = operation<GetUserRequest, GetUserResponse, IamPorts>(
  'GetUser',
  async (input, call, ports) => ({
    User: (await isAboutRoot(call, 'iam:GetUser', input.UserName))
      ? await describeRoot(call.account, ports)
      : describeUser(await authorizedUser(call, ports, 'iam:GetUser', input.UserName)),
  }),
);
