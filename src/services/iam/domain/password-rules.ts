import type { PasswordPolicy } from '../sets/account.ts';

const symbols = /[!@#$%^&*()_+\-=[\]{}|']/;
const classes = [/[A-Z]/, /[a-z]/, /[0-9]/, symbols] as const;

/**
 * What is wrong with a password, in words for its chooser; undefined when nothing is.
 * @param policy AWS's default when absent: 8 characters, three of four classes, and not the account's name
 * @param names of the account
 * @see AWS IAM User Guide, "Set an account password policy for IAM users"
 */
export function brokenRule(
  password: string,
  policy: PasswordPolicy | undefined,
  names: readonly string[],
): string | undefined {
  const minimum = policy?.minimumLength ?? 8;
  if (password.length < minimum) return `Password should have a minimum length of ${minimum}`;
  if (policy === undefined) {
    if (classes.filter((each) => each.test(password)).length < 3)
      return 'Password should have at least three of: uppercase letters, lowercase letters, numbers, symbols';
    return names.some((name) => name !== '' && name === password)
      ? 'Password should not be the name of the account'
      : undefined;
  }
  const rules: readonly [boolean, RegExp, string][] = [
    [policy.requireUppercase, /[A-Z]/, 'one uppercase letter'],
    [policy.requireLowercase, /[a-z]/, 'one lowercase letter'],
    [policy.requireNumbers, /[0-9]/, 'one number'],
    [policy.requireSymbols, symbols, 'one symbol'],
  ];
  const broken = rules.find(([isRequired, pattern]) => isRequired && !pattern.test(password));
  return broken && `Password should have at least ${broken[2]}`;
}
