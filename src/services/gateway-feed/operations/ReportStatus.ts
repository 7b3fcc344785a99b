import type { ReportStatusRequest, ReportStatusResponse } from '../../../aws/gateway-feed.ts';
import { operation } from '../../../aws/operation.ts';
import { authorizeHolder } from '../holder-session.ts';
import type { GatewayFeedPorts } from '../ports.ts';

/** Keeps the states of listeners and targets that a gateway saw; those that are gone meanwhile are passed over. */
export const ReportStatus = operation<ReportStatusRequest, ReportStatusResponse, GatewayFeedPorts>(
  'ReportStatus',
  async (input, call, { configuration }) => {
    const counts = { listeners: input.Listeners.length, targets: input.Targets.length };
    call.audit.requestParameters(counts);
    await authorizeHolder(call, 'ReportStatus');
    configuration.report(call.change, input);
    return {};
  },
);
