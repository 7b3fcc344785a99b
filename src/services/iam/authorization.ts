import type { Call } from '../../aws/call.ts';
import type { ConditionContext } from '../../aws/policy/types.ts';
import { userArn } from './arn.ts';
import { callerIsNoUser, noSuchUser } from './errors.ts';
import type { Tag } from './model.ts';
import type { User } from './authority-sets.ts';
import type { IamReader } from './store.ts';

/**
 * The user whom an operation is about, after the question whether the caller may do this to him. Without a name
 * it is the caller.
 * @throws NoSuchEntityException, access-denied; validation when the caller is no user and names none
 */
export async function authorizedUser(
  call: Call,
  reader: IamReader,
  action: string,
  userName: string | undefined,
): Promise<User> {
  const name = userName ?? (call.principal.type === 'user' ? call.principal.userName : undefined);
  if (name === undefined) {
    await call.authorize(action, '*');
    throw callerIsNoUser();
  }
  const user = await reader.user(call.account, name);
  const arn = userArn(user ?? { account: call.account, path: '/', userName: name });
  await call.authorize(action, arn, { context: resourceTags(user?.tags ?? []) });
  if (user === undefined) throw noSuchUser(name);
  call.audit.resource({ type: 'AWS::IAM::User', arn });
  return user;
}

export function requestTags(tags: readonly Tag[]): ConditionContext {
  return {
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    'aws:TagKeys': tags.length === 0 ? undefined : tags.map(({ Key }) => Key),
  };
}

function resourceTags(tags: readonly Tag[]): ConditionContext {
  return Object.fromEntries(
    tags.flatMap(({ Key, Value }) => [
      [`aws:ResourceTag/${Key}`, Value],
      [`iam:ResourceTag/${Key}`, Value],
    ]),
  );
}
