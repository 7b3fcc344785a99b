import { operation } from '../../../aws/operation.ts';
import { iamArn } from '../arn.ts';
import { encodeDocument } from '../documents.ts';
import { describeRole } from '../domain/role.ts';
import { listPage, paged } from '../pagination.ts';
import type { RoleSet } from '../sets/roles.ts';
import { showPrincipals } from '../trust-principals.ts';
import type { ListRolesRequest, ListRolesResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** So many are read at a time where only some of them fit. */
const batch = 200;

export const ListRoles = operation<ListRolesRequest, ListRolesResponse, IamPorts>(
  'ListRoles',
  async (input, call, ports) => {
    const { PathPrefix: pathPrefix = '/' } = input;
    await call.authorize('iam:ListRoles', iamArn(call.account, `role${pathPrefix}`));
    const page = listPage(call, 'ListRoles', input);
    const rows: RoleSet[] = [];
    for (let { after } = page; rows.length <= page.limit;) {
      const some = await ports.roles.page(call.account, { after, limit: batch });
      rows.push(...some.filter(({ role }) => role.path.startsWith(pathPrefix)));
      after = some.at(-1)?.role.roleName;
      if (some.length < batch) break;
    }
    const { items, ...rest } = paged(rows, page, ({ role }) => role.roleName);
    const Roles = await Promise.all(
      items.map(async ({ role }) =>
        describeRole(role, encodeDocument(await showPrincipals(role.trustPolicy, ports))),
      ),
    );
    return { Roles, ...rest };
  },
);
