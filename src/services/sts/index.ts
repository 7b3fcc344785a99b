import { bindOperations, type Service } from '../../aws/operation.ts';
import { model } from './model.ts';
import { operations } from './operations/index.ts';

/** The room: it keeps nothing, so it has no store. Its sessions are IAM's to make and to check. */
export function createSts(): Service {
  return {
    model,
    signingName: 'sts',
    eventSource: 'sts.amazonaws.com',
    readOnly: new Set(['GetCallerIdentity']),
    isGlobal: false,
    operations: bindOperations(operations, undefined),
  };
}
