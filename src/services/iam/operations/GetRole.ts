import { operation } from '../../../aws/operation.ts';
import { encodeDocument } from '../documents.ts';
import { describeRole, describeUse } from '../domain/role.ts';
import { authorizedRole } from '../subjects.ts';
import { showPrincipals } from '../trust-principals.ts';
import type { GetRoleRequest, GetRoleResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetRole = operation<GetRoleRequest, GetRoleResponse, IamPorts>(
  'GetRole',
  async (input, call, ports) => {
    const { role } = await authorizedRole(call, ports, 'iam:GetRole', input.RoleName);
    const use = await ports.roles.use(call.account, role.roleName);
    const { boundary, tags } = role;
    return {
      Role: {
        ...describeRole(role, encodeDocument(await showPrincipals(role.trustPolicy, ports))),
        PermissionsBoundary:
          boundary === undefined
            ? undefined
            : {
                PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
                PermissionsBoundaryArn: boundary,
              },
        Tags: tags.length === 0 ? undefined : tags,
        RoleLastUsed: describeUse(use, call.clock.now()),
      },
    };
  },
);
