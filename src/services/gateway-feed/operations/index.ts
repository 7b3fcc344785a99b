import type { Operation } from '../../../aws/operation.ts';
import type { OperationName } from '../model.ts';
import type { GatewayFeedPorts } from '../ports.ts';
import { ProveGrants } from './ProveGrants.ts';
import { ReportStatus } from './ReportStatus.ts';
import { WatchConfiguration } from './WatchConfiguration.ts';

export const operations = {
  ProveGrants,
  ReportStatus,
  WatchConfiguration,
} satisfies Record<OperationName, Operation<GatewayFeedPorts>>;
