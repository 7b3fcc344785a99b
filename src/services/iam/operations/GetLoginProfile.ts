import { operation } from '../../../aws/operation.ts';
import { noSuchLoginProfile } from '../errors.ts';
import { instant } from '../sets/owner.ts';
import { authorizedUser } from '../subjects.ts';
import type { GetLoginProfileRequest, GetLoginProfileResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetLoginProfile = operation<GetLoginProfileRequest, GetLoginProfileResponse, IamPorts>(
  'GetLoginProfile',
  async (input, call, ports) => {
    const found = await authorizedUser(call, ports, 'iam:GetLoginProfile', input.UserName);
    const { user, loginProfile } = found;
    if (loginProfile === undefined) throw noSuchLoginProfile(user.userName);
    return {
      LoginProfile: {
        UserName: user.userName,
        CreateDate: instant(loginProfile.created_at),
        PasswordResetRequired: loginProfile.reset_required === 1,
      },
    };
  },
);
