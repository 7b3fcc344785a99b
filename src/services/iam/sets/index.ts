import type { AuthoritySet } from '../../../aws/authority/authority-set.ts';
import { accountSet, accountSettingsSet, backingKeySet, oidcProviderSet } from './account.ts';
import { mfaDeviceSet } from './devices.ts';
import { groupSet } from './groups.ts';
import { managedPolicySet } from './policies.ts';
import { roleSet } from './roles.ts';
import { userSet } from './users.ts';

/** All rows of the room that confer authority. */
export const iamAuthoritySets: readonly AuthoritySet<unknown>[] = [
  accountSet,
  accountSettingsSet,
  userSet,
  groupSet,
  managedPolicySet,
  roleSet,
  mfaDeviceSet,
  oidcProviderSet,
  backingKeySet,
];
