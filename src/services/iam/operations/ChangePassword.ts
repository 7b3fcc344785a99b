import { operation } from '../../../aws/operation.ts';
import { InvalidUserTypeException, noSuchLoginProfile } from '../errors.ts';
import { CommonError } from '../../../aws/errors.ts';
import { isPassword, setPassword } from '../passwords.ts';
import { authorizedUser } from '../subjects.ts';
import type { ChangePasswordRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ChangePassword = operation<ChangePasswordRequest, void, IamPorts>(
  'ChangePassword',
  async (input, call, ports) => {
    const { principal } = call;
    if (principal.type !== 'user') {
      await call.authorize('iam:ChangePassword', '*');
      throw new InvalidUserTypeException('Only IAM Users can change their own password.');
    }
    const found = await authorizedUser(call, ports, 'iam:ChangePassword', principal.userName);
    if (found.loginProfile === undefined) throw noSuchLoginProfile(principal.userName);
    if (!(await isPassword(input.OldPassword, found.loginProfile)))
      throw new CommonError('access-denied', 'The old password was incorrect.');
    await setPassword(call, ports, found, { text: input.NewPassword, isToBeReset: false });
  },
);
