import { operation } from '../../../aws/operation.ts';
import { authorizedUser } from '../subjects.ts';
import type { ListSSHPublicKeysRequest, ListSSHPublicKeysResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** They are for CodeCommit, which is not here. */
export const ListSSHPublicKeys = operation<
  ListSSHPublicKeysRequest,
  ListSSHPublicKeysResponse,
  IamPorts
>('ListSSHPublicKeys', async (input, call, ports) => {
  await authorizedUser(call, ports, 'iam:ListSSHPublicKeys', input.UserName);
  return { SSHPublicKeys: [], IsTruncated: false };
});
