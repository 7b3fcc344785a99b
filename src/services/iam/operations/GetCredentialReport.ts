import { operation } from '../../../aws/operation.ts';
import { CredentialReportNotPresentException } from '../errors.ts';
import { instant } from '../sets/owner.ts';
import type { GetCredentialReportResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetCredentialReport = operation<unknown, GetCredentialReportResponse, IamPorts>(
  'GetCredentialReport',
  async (_input, call, ports) => {
    await call.authorize('iam:GetCredentialReport', '*');
    const report = await ports.accounts.report(call.account);
    if (report === undefined) throw new CredentialReportNotPresentException();
    return {
      Content: new TextEncoder().encode(report.content),
      ReportFormat: 'text/csv',
      GeneratedTime: instant(report.generated_at),
    };
  },
);
