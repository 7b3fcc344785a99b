import { operation } from '../../../aws/operation.ts';
import { InvalidUserTypeException, noSuchLoginProfile } from '../errors.ts';
import { CommonError } from '../../../aws/errors.ts';
import { isPassword, ownPasswordPolicy, setPassword } from '../passwords.ts';
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
    const { userName } = principal;
    const accountPolicy = await ownPasswordPolicy(call, ports);
    const action = 'iam:ChangePassword';
    const found = await authorizedUser(call, ports, action, userName, {}, accountPolicy);
    if (found.loginProfile === undefined) throw noSuchLoginProfile(userName);
    if (!(await isPassword(call, ports, found.loginProfile, input.OldPassword)))
      throw new CommonError('access-denied', 'The old password was incorrect.');
    await setPassword(call, ports, found, { text: input.NewPassword, isToBeReset: false });
  },
);
