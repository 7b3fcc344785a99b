import { kms } from '../kms/index.ts';
export const used = kms;
