import { userArn } from '../arn.ts';
import type { User as DescribedUser } from '../model.ts';
import type { UserSet } from '../sets/users.ts';

/** A user as IAM answers it. */
export function describeUser({
  user,
  boundary,
}: Pick<UserSet, 'user' | 'boundary'>): DescribedUser {
  return {
    Path: user.path,
    UserName: user.userName,
    UserId: user.userId,
    Arn: userArn(user),
    CreateDate: user.createdAt,
    PermissionsBoundary:
      boundary === undefined
        ? undefined
        : {
            PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
            PermissionsBoundaryArn: boundary,
          },
    Tags: user.tags.length === 0 ? undefined : user.tags,
  };
}
