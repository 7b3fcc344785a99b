import { operation } from '../../../aws/operation.ts';
import { credentialReport } from '../credential-report.ts';
import type { GenerateCredentialReportResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** A report is not made anew within four hours. */
const freshMilliseconds = 4 * 3_600_000;

export const GenerateCredentialReport = operation<
  unknown,
  GenerateCredentialReportResponse,
  IamPorts
>('GenerateCredentialReport', async (_input, call, ports) => {
  await call.authorize('iam:GenerateCredentialReport', '*');
  const now = call.clock.now().epochMilliseconds;
  const known = await ports.accounts.report(call.account);
  if (known !== undefined && now - known.generated_at < freshMilliseconds)
    return { State: 'COMPLETE' };
  ports.accounts.keepReport(call.change, {
    account: call.account,
    generated_at: now,
    content: await credentialReport(call, ports),
  });
  return {
    State: 'STARTED',
    Description: 'No report exists. Starting a new report generation task',
  };
});
