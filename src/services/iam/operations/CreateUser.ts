import { operation } from '../../../aws/operation.ts';
import { userArn } from '../arn.ts';
import { requestTags } from '../authorization.ts';
import { newUniqueId } from '../domain/identifiers.ts';
import { describeUser } from '../domain/user.ts';
import {
  EntityAlreadyExistsException,
  InvalidInputException,
  LimitExceededException,
  NoSuchEntityException,
} from '../errors.ts';
import type { CreateUserRequest, CreateUserResponse, Tag } from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** @see AWS IAM User Guide, "IAM and AWS STS quotas" */
const usersPerAccount = 5000;

export const CreateUser = operation<CreateUserRequest, CreateUserResponse, IamPorts>(
  'CreateUser',
  async (input, call, { reader, writer }) => {
    const { UserName: userName, Path: path = '/', Tags: tags = [] } = input;
    const { account } = call;
    const arn = userArn({ account, path, userName });
    await call.authorize('iam:CreateUser', arn, {
      context: { ...requestTags(tags), 'iam:PermissionsBoundary': input.PermissionsBoundary },
    });
    checkTags(tags);
    // There are no managed policies here, so none that could be a boundary.
    if (input.PermissionsBoundary !== undefined) {
      throw new NoSuchEntityException(
        `Policy ${input.PermissionsBoundary} does not exist or is not attachable.`,
      );
    }
    if ((await reader.user(account, userName)) !== undefined)
      throw new EntityAlreadyExistsException(`User with name ${userName} already exists.`);
    if ((await reader.countUsers(account, usersPerAccount)) === usersPerAccount)
      throw new LimitExceededException(
        `Cannot exceed quota for UsersPerAccount: ${usersPerAccount}`,
      );
    const user = {
      account,
      userName,
      path,
      userId: newUniqueId('AIDA', call.random),
      createdAt: call.clock.now().round({ smallestUnit: 'second', roundingMode: 'floor' }),
      tags,
      version: 0,
    };
    writer.insertUser(call.change, user);
    call.audit.resource({ type: 'AWS::IAM::User', arn });
    return { User: describeUser(user) };
  },
);

function checkTags(tags: readonly Tag[]): void {
  const keys = tags.map(({ Key }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw new InvalidInputException(
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  }
  if (keys.some((key) => key.startsWith('aws:')))
    throw new InvalidInputException('System tags cannot be added/updated by requester');
}
