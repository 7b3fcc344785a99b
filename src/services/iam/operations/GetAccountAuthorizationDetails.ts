import { operation } from '../../../aws/operation.ts';
import { accountDetails, type AccountDetail } from '../account-details.ts';
import { listPage, paged } from '../pagination.ts';
import type {
  GetAccountAuthorizationDetailsRequest,
  GetAccountAuthorizationDetailsResponse,
} from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetAccountAuthorizationDetails = operation<
  GetAccountAuthorizationDetailsRequest,
  GetAccountAuthorizationDetailsResponse,
  IamPorts
>('GetAccountAuthorizationDetails', async (input, call, ports) => {
  const { Filter: filter = [] } = input;
  await call.authorize('iam:GetAccountAuthorizationDetails', '*');
  const page = listPage(call, 'GetAccountAuthorizationDetails', input);
  const rows: AccountDetail[] = [];
  for await (const each of accountDetails(call, ports, { after: page.after, filter })) {
    rows.push(each);
    if (rows.length > page.limit) break;
  }
  const { items, ...rest } = paged(rows, page, ({ position }) => position);
  return {
    UserDetailList: items.flatMap((each) => ('user' in each ? [each.user] : [])),
    GroupDetailList: items.flatMap((each) => ('group' in each ? [each.group] : [])),
    RoleDetailList: items.flatMap((each) => ('role' in each ? [each.role] : [])),
    Policies: items.flatMap((each) => ('policy' in each ? [each.policy] : [])),
    ...rest,
  };
});
