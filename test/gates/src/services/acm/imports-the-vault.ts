import { keyring } from '../../vault/keyring.ts';
export const used = keyring;
