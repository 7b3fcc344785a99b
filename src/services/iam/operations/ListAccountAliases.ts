import { operation } from '../../../aws/operation.ts';

import type { ListAccountAliasesRequest, ListAccountAliasesResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListAccountAliases = operation<
  ListAccountAliasesRequest,
  ListAccountAliasesResponse,
  IamPorts
>('ListAccountAliases', async (_input, call, ports) => {
  await call.authorize('iam:ListAccountAliases', '*');
  const { alias } = await ports.accounts.settings(call.account);
  return { AccountAliases: alias === undefined ? [] : [alias], IsTruncated: false };
});
