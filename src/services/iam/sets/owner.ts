import type { SetOwner } from '../../../aws/authority/authority-set.ts';
import type { Tag } from '../model.ts';

/** Names of users, groups and policies are unique without regard to case. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

/** IAM has no Regions. */
export function iamOwner(account: string, owner: string): SetOwner {
  return { account, region: '', owner };
}

export function readTags(text: string): readonly Tag[] {
  return JSON.parse(text) as Tag[];
}

/** IAM tells times to the second. */
export function instant(milliseconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(milliseconds / 1000) * 1000);
}
