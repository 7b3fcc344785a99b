import { operation } from '../../../aws/operation.ts';
import { EntityAlreadyExistsException } from '../errors.ts';
import { setPassword } from '../passwords.ts';
import { CommonError } from '../../../aws/errors.ts';
import { instant } from '../sets/owner.ts';
import { authorizedUser } from '../subjects.ts';
import type { CreateLoginProfileRequest, CreateLoginProfileResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const CreateLoginProfile = operation<
  CreateLoginProfileRequest,
  CreateLoginProfileResponse,
  IamPorts
>('CreateLoginProfile', async (input, call, ports) => {
  const { Password: text, PasswordResetRequired: isToBeReset = false } = input;
  const found = await authorizedUser(call, ports, 'iam:CreateLoginProfile', input.UserName);
  const { userName } = found.user;
  if (found.loginProfile !== undefined)
    throw new EntityAlreadyExistsException(`Login Profile for user ${userName} already exists.`);
  if (text === undefined) throw new CommonError('validation', 'Password is required');
  await setPassword(call, ports, found, { text, isToBeReset });
  return {
    LoginProfile: {
      UserName: userName,
      CreateDate: instant(call.clock.now().epochMilliseconds),
      PasswordResetRequired: isToBeReset,
    },
  };
});
