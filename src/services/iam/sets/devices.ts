import type { AuthoritySet } from '../../../aws/authority/authority-set.ts';
import type { Sealed } from '../../../lib/secret.ts';
import type { Tag } from '../model.ts';
import type { MfaDeviceTable } from '../schema.ts';
import { instant, nameKey, readTags } from './owner.ts';

/** A virtual MFA device. */
export interface MfaDevice {
  readonly account: string;
  readonly deviceName: string;
  readonly path: string;
  readonly createdAt: Temporal.Instant;
  readonly seed: Sealed<'credential'>;
  /** Whose it is; undefined while it is nobody's. */
  readonly holder: MfaHolder | undefined;
  readonly enabledAt: Temporal.Instant | undefined;
  /** The time step of the code that was accepted last. */
  readonly lastStep: number;
  readonly tags: readonly Tag[];
  readonly version: number;
}

export type MfaHolder = 'root' | `user:${string}`;

export function userHolder(userName: string): MfaHolder {
  return `user:${nameKey(userName)}`;
}

export const mfaDeviceSet: AuthoritySet<MfaDevice | undefined> = {
  kind: 'iam-mfa-device',
  tables: [
    {
      name: 'iam_mfa_device',
      key: ['account', 'device_key'],
      columns: [
        'device_name',
        'path',
        'created_at',
        'seed',
        'holder',
        'enabled_at',
        'last_step',
        'tags',
        'version',
      ],
      place: ['account'],
      owner: 'device_key',
    },
  ],
  read: (rows) => {
    const [row] = rows<MfaDeviceTable>('iam_mfa_device');
    return (
      row && {
        account: row.account,
        deviceName: row.device_name,
        path: row.path,
        createdAt: instant(row.created_at),
        seed: row.seed,
        holder: (row.holder as MfaHolder | null) ?? undefined,
        enabledAt: row.enabled_at === null ? undefined : instant(row.enabled_at),
        lastStep: row.last_step,
        tags: readTags(row.tags),
        version: row.version,
      }
    );
  },
};
