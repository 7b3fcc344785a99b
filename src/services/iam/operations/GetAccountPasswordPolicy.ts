import { operation } from '../../../aws/operation.ts';
import { noSuchPasswordPolicy } from '../errors.ts';
import type { GetAccountPasswordPolicyResponse } from '../model.ts';
import { ownPasswordPolicy } from '../passwords.ts';
import type { IamPorts } from '../ports.ts';

export const GetAccountPasswordPolicy = operation<
  unknown,
  GetAccountPasswordPolicyResponse,
  IamPorts
>('GetAccountPasswordPolicy', async (_input, call, ports) => {
  await call.authorize('iam:GetAccountPasswordPolicy', '*', {
    accountPolicy: await ownPasswordPolicy(call, ports),
  });
  const { passwordPolicy: policy } = await ports.accounts.settings(call.account);
  if (policy === undefined) throw noSuchPasswordPolicy(call.account);
  return {
    PasswordPolicy: {
      MinimumPasswordLength: policy.minimumLength,
      RequireSymbols: policy.requireSymbols,
      RequireNumbers: policy.requireNumbers,
      RequireUppercaseCharacters: policy.requireUppercase,
      RequireLowercaseCharacters: policy.requireLowercase,
      AllowUsersToChangePassword: policy.allowUsersToChange,
      ExpirePasswords: policy.maxAge !== undefined,
      MaxPasswordAge: policy.maxAge,
      PasswordReusePrevention: policy.reusePrevention,
      HardExpiry: policy.hardExpiry,
    },
  };
});
