import type { Call } from '../../aws/call.ts';
import type { PolicyDocument } from '../../aws/policy/types.ts';
import { hashPassword, isPasswordOf } from '../../lib/password-hash.ts';
import { brokenRule } from './domain/password-rules.ts';
import { PasswordPolicyViolationException } from './errors.ts';
import type { IamPorts } from './ports.ts';
import type { LoginProfileTable } from './schema.ts';
import type { UserSet } from './sets/users.ts';

/** So many old passwords are kept, whatever the policy asks for. */
const maxRemembered = 24;

/**
 * Gives a user a password, as the account's policy wants passwords; the old one is remembered.
 * @throws PasswordPolicyViolation
 */
export async function setPassword(
  call: Call,
  { users, accounts }: Pick<IamPorts, 'users' | 'accounts'>,
  found: UserSet,
  { text, isToBeReset }: { readonly text: string; readonly isToBeReset: boolean },
): Promise<void> {
  const { user, loginProfile, oldPasswords } = found;
  const { passwordPolicy, alias } = await accounts.settings(user.account);
  const rule = brokenRule(text, passwordPolicy, [user.account, alias ?? '']);
  if (rule !== undefined) throw new PasswordPolicyViolationException(rule);
  const password = new TextEncoder().encode(text);
  try {
    const hashes = [
      ...(loginProfile === undefined ? [] : [loginProfile.password_hash]),
      ...oldPasswords.map((each) => each.password_hash),
    ].slice(0, passwordPolicy?.reusePrevention ?? 0);
    for (const each of hashes)
      if (await isPasswordOf(each, password))
        throw new PasswordPolicyViolationException(
          'Password does not conform to the account password policy: it was used before.',
        );
    const at = call.clock.now().epochMilliseconds;
    users.touch(call.change, user);
    if (loginProfile !== undefined) {
      users.keepOldPassword(call.change, user, loginProfile.password_hash, loginProfile.changed_at);
      for (const each of oldPasswords.slice(maxRemembered - 1))
        users.forgetOldPassword(call.change, user, each.password_hash);
    }
    users.putLoginProfile(call.change, user, {
      password_hash: await hashPassword(password, call.random),
      created_at: loginProfile?.created_at ?? at,
      changed_at: at,
      reset_required: isToBeReset ? 1 : 0,
    });
  } finally {
    password.fill(0);
  }
}

/** Whether this is the user's password; too many wrong ones are not looked at. */
export async function isPassword(
  call: Call,
  { guesses }: Pick<IamPorts, 'guesses'>,
  { account, user_key: user, password_hash: passwordHash }: LoginProfileTable,
  text: string,
): Promise<boolean> {
  const password = new TextEncoder().encode(text);
  try {
    const found = await guesses.look(call, `password ${account} ${user}`, () =>
      isPasswordOf(passwordHash, password),
    );
    return found === true;
  } finally {
    password.fill(0);
  }
}

/**
 * What the account lets each of its users do with his own password, whatever his policies leave out.
 * @see IAM API Reference, UpdateAccountPasswordPolicy: AllowUsersToChangePassword
 */
export async function ownPasswordPolicy(
  { principal, account }: Call,
  { accounts }: Pick<IamPorts, 'accounts'>,
): Promise<PolicyDocument | undefined> {
  if (principal.type !== 'user') return undefined;
  const { passwordPolicy } = await accounts.settings(account);
  if (passwordPolicy?.allowUsersToChange !== true) return undefined;
  const allow = { effect: 'Allow', conditions: [] } as const;
  return {
    version: '2012-10-17',
    statements: [
      { ...allow, actions: ['iam:ChangePassword'], resources: [principal.arn] },
      { ...allow, actions: ['iam:GetAccountPasswordPolicy'], resources: ['*'] },
    ],
  };
}
