import { operation } from '../../../aws/operation.ts';
import { accountSummary } from '../account-summary.ts';
import type { GetAccountSummaryResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetAccountSummary = operation<unknown, GetAccountSummaryResponse, IamPorts>(
  'GetAccountSummary',
  async (_input, call, ports) => {
    await call.authorize('iam:GetAccountSummary', '*');
    return { SummaryMap: await accountSummary(call.account, ports) };
  },
);
