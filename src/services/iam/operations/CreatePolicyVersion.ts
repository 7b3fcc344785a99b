import { operation } from '../../../aws/operation.ts';
import { describeVersion } from '../domain/policy.ts';
import { refuseMalformed } from '../documents.ts';
import { LimitExceededException } from '../errors.ts';
import { authorizedPolicy } from '../subjects.ts';
import type { CreatePolicyVersionRequest, CreatePolicyVersionResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

const versionsPerPolicy = 5;

export const CreatePolicyVersion = operation<
  CreatePolicyVersionRequest,
  CreatePolicyVersionResponse,
  IamPorts
>('CreatePolicyVersion', async (input, call, ports) => {
  const { PolicyArn, PolicyDocument: document, SetAsDefault: isDefault = false } = input;
  const found = await authorizedPolicy(call, ports, 'iam:CreatePolicyVersion', PolicyArn);
  refuseMalformed(document, 'managed');
  if (found.versions.length >= versionsPerPolicy)
    throw new LimitExceededException(
      `A managed policy can have up to ${versionsPerPolicy} versions. Before you create a new version, you must delete an existing version.`,
    );
  const { policy } = found;
  const createdAt = call.clock.now().round({ smallestUnit: 'second', roundingMode: 'floor' });
  const version = { versionId: `v${policy.nextVersion}`, document, createdAt };
  ports.policies.touch(call.change, policy, {
    updatedAt: createdAt,
    nextVersion: policy.nextVersion + 1,
    ...(isDefault ? { defaultVersion: version.versionId } : {}),
  });
  ports.policies.insertVersion(call.change, policy, version);
  return { PolicyVersion: describeVersion(version, isDefault) };
});
