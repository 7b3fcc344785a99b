import { reveal } from '../../lib/secret.ts';
export const used = reveal;
