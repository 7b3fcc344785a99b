import { operation } from '../../../aws/operation.ts';
import { describeUser } from '../domain/user.ts';
import type { GetUserRequest, GetUserResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';
import { authorizedUser } from '../subjects.ts';

export const GetUser = operation<GetUserRequest, GetUserResponse, IamPorts>(
  'GetUser',
  async (input, call, ports) => ({
    User: describeUser(await authorizedUser(call, ports, 'iam:GetUser', input.UserName)),
  }),
);
