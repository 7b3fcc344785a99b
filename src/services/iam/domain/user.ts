import { userArn } from '../arn.ts';
import type { User as DescribedUser } from '../model.ts';
import type { User } from '../authority-sets.ts';

/** A user as IAM answers it. */
export function describeUser(user: User): DescribedUser {
  return {
    Path: user.path,
    UserName: user.userName,
    UserId: user.userId,
    Arn: userArn(user),
    CreateDate: user.createdAt,
    Tags: user.tags.length === 0 ? undefined : user.tags,
  };
}
