import { operation } from '../../../aws/operation.ts';

import type { UpdateAccountPasswordPolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const UpdateAccountPasswordPolicy = operation<
  UpdateAccountPasswordPolicyRequest,
  void,
  IamPorts
>('UpdateAccountPasswordPolicy', async (input, call, ports) => {
  await call.authorize('iam:UpdateAccountPasswordPolicy', '*');
  const { MaxPasswordAge: maxAge, PasswordReusePrevention: reusePrevention } = input;
  // What is not said is as by default, not as it was.
  ports.accounts.setPasswordPolicy(call.change, call.account, {
    minimumLength: input.MinimumPasswordLength ?? 6,
    requireSymbols: input.RequireSymbols ?? false,
    requireNumbers: input.RequireNumbers ?? false,
    requireUppercase: input.RequireUppercaseCharacters ?? false,
    requireLowercase: input.RequireLowercaseCharacters ?? false,
    allowUsersToChange: input.AllowUsersToChangePassword ?? false,
    hardExpiry: input.HardExpiry ?? false,
    ...(maxAge === undefined ? {} : { maxAge }),
    ...(reusePrevention === undefined ? {} : { reusePrevention }),
  });
});
