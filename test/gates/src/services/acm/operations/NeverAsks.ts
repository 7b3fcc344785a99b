import { operation } from '../../../../../../src/aws/operation.ts';

export const NeverAsks = operation<unknown, unknown, unknown>('NeverAsks', async () => ({}));
