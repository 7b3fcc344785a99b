import { operation } from '../../../aws/operation.ts';
import { versionsOf } from '../domain/policy.ts';
import { encodeDocument } from '../documents.ts';
import { noSuchVersion } from '../errors.ts';
import { authorizedAnyPolicy } from '../subjects.ts';
import type { GetPolicyVersionRequest, GetPolicyVersionResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetPolicyVersion = operation<
  GetPolicyVersionRequest,
  GetPolicyVersionResponse,
  IamPorts
>('GetPolicyVersion', async (input, call, ports) => {
  const { PolicyArn, VersionId } = input;
  const found = await authorizedAnyPolicy(call, ports, 'iam:GetPolicyVersion', PolicyArn);
  const version = versionsOf(found).find((each) => each.VersionId === VersionId);
  if (version === undefined) throw noSuchVersion(PolicyArn, VersionId);
  return { PolicyVersion: { ...version, Document: encodeDocument(version.Document) } };
});
