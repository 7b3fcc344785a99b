import type { Operation } from '../../../aws/operation.ts';
import type { OperationName } from '../model.ts';
import type { CloudTrailPorts } from '../ports.ts';
import { LookupEvents } from './LookupEvents.ts';

export const operations = { LookupEvents } satisfies Record<
  OperationName,
  Operation<CloudTrailPorts>
>;
