import { operation } from '../../../aws/operation.ts';
import { roleArn } from '../arn.ts';
import { encodeDocument, refuseMalformed } from '../documents.ts';
import { newUniqueId } from '../domain/identifiers.ts';
import { describeRole } from '../domain/role.ts';
import { EntityAlreadyExistsException, InvalidInputException, quotaExceeded } from '../errors.ts';
import { requirePolicy } from '../subjects.ts';
import { authorizeTagging, checkTags, requestTags } from '../tags.ts';
import { bindPrincipals } from '../trust-principals.ts';
import type { CreateRoleRequest, CreateRoleResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** @see AWS IAM User Guide, "IAM and AWS STS quotas" */
const rolesPerAccount = 1000;

export const CreateRole = operation<CreateRoleRequest, CreateRoleResponse, IamPorts>(
  'CreateRole',
  async (input, call, ports) => {
    const { RoleName: roleName, Path: path = '/', AssumeRolePolicyDocument: document } = input;
    const { PermissionsBoundary: boundary, Tags: tags = [] } = input;
    const { account } = call;
    const arn = roleArn(account, path, roleName);
    await call.authorize('iam:CreateRole', arn, {
      context: { ...requestTags(tags), 'iam:PermissionsBoundary': boundary },
    });
    await authorizeTagging(call, 'iam:TagRole', arn, tags);
    if (/^AWSServiceRoleFor/i.test(roleName) || path.startsWith('/aws-service-role/'))
      throw new InvalidInputException(
        'Roles of services are made by CreateServiceLinkedRole: their names and path are reserved.',
      );
    refuseMalformed(document, 'trust');
    checkTags(tags);
    const trustPolicy = await bindPrincipals(document, ports);
    if (boundary !== undefined) await requirePolicy(call, ports, boundary);
    if ((await ports.roles.find(account, roleName)) !== undefined)
      throw new EntityAlreadyExistsException(`Role with name ${roleName} already exists.`);
    if ((await ports.roles.count(account, rolesPerAccount)) >= rolesPerAccount)
      throw quotaExceeded('RolesPerAccount', rolesPerAccount);
    const role = {
      account,
      roleName,
      path,
      roleId: newUniqueId('AROA', call.random),
      createdAt: call.clock.now().round({ smallestUnit: 'second', roundingMode: 'floor' }),
      description: input.Description,
      trustPolicy,
      maxSessionSeconds: input.MaxSessionDuration ?? 3600,
      boundary,
      tags,
      service: undefined,
      version: 0,
    };
    ports.roles.insert(call.change, role);
    call.audit.resource({ type: 'AWS::IAM::Role', arn });
    return {
      Role: {
        ...describeRole(role, encodeDocument(document)),
        Tags: tags.length === 0 ? undefined : tags,
      },
    };
  },
);
