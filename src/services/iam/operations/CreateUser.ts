import { operation } from '../../../aws/operation.ts';
import { userArn } from '../arn.ts';
import { newUniqueId } from '../domain/identifiers.ts';
import { describeUser } from '../domain/user.ts';
import { EntityAlreadyExistsException, quotaExceeded } from '../errors.ts';
import type { CreateUserRequest, CreateUserResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';
import { requirePolicy } from '../subjects.ts';
import { authorizeTagging, checkTags, requestTags } from '../tags.ts';

/** @see AWS IAM User Guide, "IAM and AWS STS quotas" */
const usersPerAccount = 5000;

export const CreateUser = operation<CreateUserRequest, CreateUserResponse, IamPorts>(
  'CreateUser',
  async (input, call, ports) => {
    const { UserName: userName, Path: path = '/', Tags: tags = [] } = input;
    const { PermissionsBoundary: boundary } = input;
    const { users } = ports;
    const { account } = call;
    const arn = userArn({ account, path, userName });
    await call.authorize('iam:CreateUser', arn, {
      context: { ...requestTags(tags), 'iam:PermissionsBoundary': boundary },
    });
    await authorizeTagging(call, 'iam:TagUser', arn, tags);
    checkTags(tags);
    if (boundary !== undefined) await requirePolicy(call, ports, boundary);
    if ((await users.find(account, userName)) !== undefined)
      throw new EntityAlreadyExistsException(`User with name ${userName} already exists.`);
    if ((await users.count(account, usersPerAccount)) === usersPerAccount)
      throw quotaExceeded('UsersPerAccount', usersPerAccount);
    const user = {
      account,
      userName,
      path,
      userId: newUniqueId('AIDA', call.random),
      createdAt: call.clock.now().round({ smallestUnit: 'second', roundingMode: 'floor' }),
      tags,
      version: 0,
    };
    users.insert(call.change, user);
    if (boundary !== undefined) users.setBoundary(call.change, user, boundary);
    call.audit.resource({ type: 'AWS::IAM::User', arn });
    return { User: describeUser({ user, boundary }) };
  },
);
