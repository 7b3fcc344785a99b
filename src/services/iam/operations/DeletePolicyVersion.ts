import { operation } from '../../../aws/operation.ts';
import { DeleteConflictException, noSuchVersion } from '../errors.ts';
import { authorizedPolicy } from '../subjects.ts';
import type { DeletePolicyVersionRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeletePolicyVersion = operation<DeletePolicyVersionRequest, void, IamPorts>(
  'DeletePolicyVersion',
  async (input, call, ports) => {
    const { PolicyArn, VersionId } = input;
    const action = 'iam:DeletePolicyVersion';
    const { policy, versions } = await authorizedPolicy(call, ports, action, PolicyArn);
    if (!versions.some(({ versionId }) => versionId === VersionId))
      throw noSuchVersion(PolicyArn, VersionId);
    if (policy.defaultVersion === VersionId)
      throw new DeleteConflictException('Cannot delete the default version of a policy.');
    ports.policies.touch(call.change, policy);
    ports.policies.deleteVersion(call.change, policy, VersionId);
  },
);
