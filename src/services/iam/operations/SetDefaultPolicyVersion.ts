import { operation } from '../../../aws/operation.ts';
import { noSuchVersion } from '../errors.ts';
import { authorizedPolicy } from '../subjects.ts';
import type { SetDefaultPolicyVersionRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const SetDefaultPolicyVersion = operation<SetDefaultPolicyVersionRequest, void, IamPorts>(
  'SetDefaultPolicyVersion',
  async (input, call, ports) => {
    const { PolicyArn, VersionId } = input;
    const action = 'iam:SetDefaultPolicyVersion';
    const { policy, versions } = await authorizedPolicy(call, ports, action, PolicyArn);
    if (!versions.some(({ versionId }) => versionId === VersionId))
      throw noSuchVersion(PolicyArn, VersionId);
    const updatedAt = call.clock.now().round({ smallestUnit: 'second', roundingMode: 'floor' });
    ports.policies.touch(call.change, policy, { defaultVersion: VersionId, updatedAt });
  },
);
