import { operation } from '../../../aws/operation.ts';
import { versionsOf } from '../domain/policy.ts';
import { listPage, pagedNames } from '../pagination.ts';
import { authorizedAnyPolicy } from '../subjects.ts';
import type { ListPolicyVersionsRequest, ListPolicyVersionsResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListPolicyVersions = operation<
  ListPolicyVersionsRequest,
  ListPolicyVersionsResponse,
  IamPorts
>('ListPolicyVersions', async (input, call, ports) => {
  const action = 'iam:ListPolicyVersions';
  const found = await authorizedAnyPolicy(call, ports, action, input.PolicyArn);
  const page = listPage(call, 'ListPolicyVersions', input);
  // The newest first, as AWS has them.
  const position = (versionId: string): string =>
    String(1e9 - Number(versionId.slice(1))).padStart(10, '0');
  const { items, ...rest } = pagedNames(versionsOf(found), page, ({ VersionId }) =>
    position(VersionId),
  );
  return { Versions: items.map((each) => ({ ...each, Document: undefined })), ...rest };
});
