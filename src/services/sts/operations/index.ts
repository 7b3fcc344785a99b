import type { Operation } from '../../../aws/operation.ts';
import type { OperationName } from '../model.ts';
import { GetCallerIdentity } from './GetCallerIdentity.ts';

export const operations = { GetCallerIdentity } satisfies Record<OperationName, Operation<unknown>>;
