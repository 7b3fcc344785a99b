import { operation } from '../../../aws/operation.ts';
import { authorizedUser } from '../authorization.ts';
import { describeUser } from '../domain/user.ts';
import type { GetUserRequest, GetUserResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetUser = operation<GetUserRequest, GetUserResponse, IamPorts>(
  'GetUser',
  async (input, call, { reader }) => ({
    User: describeUser(await authorizedUser(call, reader, 'iam:GetUser', input.UserName)),
  }),
);
