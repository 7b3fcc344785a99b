import { CommonError } from '../../aws/errors.ts';

/** The account of a role, by its ARN. @throws validation */
export function accountOfRole(arn: string): string {
  const [, account] = /^arn:aws:iam::([0-9]{12}):role\/.+$/.exec(arn) ?? [];
  if (account === undefined) throw new CommonError('validation', `${arn} is invalid`);
  return account;
}
