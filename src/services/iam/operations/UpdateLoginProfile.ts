import { operation } from '../../../aws/operation.ts';
import { noSuchLoginProfile } from '../errors.ts';
import { setPassword } from '../passwords.ts';
import { authorizedUser } from '../subjects.ts';
import type { UpdateLoginProfileRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const UpdateLoginProfile = operation<UpdateLoginProfileRequest, void, IamPorts>(
  'UpdateLoginProfile',
  async (input, call, ports) => {
    const { Password: text, PasswordResetRequired: isToBeReset } = input;
    const found = await authorizedUser(call, ports, 'iam:UpdateLoginProfile', input.UserName);
    const { user, loginProfile } = found;
    if (loginProfile === undefined) throw noSuchLoginProfile(user.userName);
    const reset = isToBeReset ?? loginProfile.reset_required === 1;
    if (text !== undefined) {
      await setPassword(call, ports, found, { text, isToBeReset: reset });
      return;
    }
    ports.users.touch(call.change, user);
    ports.users.putLoginProfile(call.change, user, {
      ...loginProfile,
      reset_required: reset ? 1 : 0,
    });
  },
);
