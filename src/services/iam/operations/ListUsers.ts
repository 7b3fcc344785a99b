import { operation } from '../../../aws/operation.ts';
import { describeUser } from '../domain/user.ts';
import { iamArn } from '../arn.ts';
import { listPage, paged } from '../pagination.ts';
import { nameKey } from '../sets/owner.ts';
import type { ListUsersRequest, ListUsersResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListUsers = operation<ListUsersRequest, ListUsersResponse, IamPorts>(
  'ListUsers',
  async (input, call, ports) => {
    const { PathPrefix: pathPrefix = '/' } = input;
    await call.authorize('iam:ListUsers', iamArn(call.account, `user${pathPrefix}`));
    const page = listPage(call, 'ListUsers', input);
    const rows = await ports.users.page(call.account, {
      after: page.after,
      limit: page.limit + 1,
      pathPrefix,
    });
    const { items, ...rest } = paged(rows, page, ({ user }) => nameKey(user.userName));
    // Only GetUser shows tags and the boundary.
    return {
      Users: items.map((each) => ({
        ...describeUser(each),
        Tags: undefined,
        PermissionsBoundary: undefined,
      })),
      ...rest,
    };
  },
);
