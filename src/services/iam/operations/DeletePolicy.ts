import { operation } from '../../../aws/operation.ts';
import { DeleteConflictException } from '../errors.ts';
import { authorizedPolicy } from '../subjects.ts';
import type { DeletePolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeletePolicy = operation<DeletePolicyRequest, void, IamPorts>(
  'DeletePolicy',
  async (input, call, ports) => {
    const { PolicyArn } = input;
    const found = await authorizedPolicy(call, ports, 'iam:DeletePolicy', PolicyArn);
    const { attachments, boundaries } = await ports.policies.usage(call.account, PolicyArn);
    if (attachments + boundaries > 0)
      throw new DeleteConflictException('Cannot delete a policy attached to entities.');
    if (found.versions.length > 1)
      throw new DeleteConflictException(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    ports.policies.delete(call.change, found.policy);
  },
);
