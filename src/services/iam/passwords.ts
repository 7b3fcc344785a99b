import type { Call } from '../../aws/call.ts';
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

/** Whether this is the user's password. */
export async function isPassword(text: string, profile: LoginProfileTable): Promise<boolean> {
  const password = new TextEncoder().encode(text);
  try {
    return await isPasswordOf(profile.password_hash, password);
  } finally {
    password.fill(0);
  }
}
