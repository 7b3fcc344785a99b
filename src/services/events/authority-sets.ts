import type { AuthoritySet, SetOwner } from '../../aws/authority/authority-set.ts';
import type { SealingKeyTable, TargetTable } from './schema.ts';

interface TargetSet {
  /** The oldest first. */
  readonly targets: readonly TargetTable[];
  readonly sealingKey: SealingKeyTable | undefined;
}

/** All targets are one set, with the key of their secrets: a row of foreign making hears of nothing. */
export const targetSet: AuthoritySet<TargetSet> = {
  kind: 'event-targets',
  tables: [
    {
      name: 'event_target',
      key: ['id'],
      columns: ['url', 'account', 'created_at', 'secret', 'previous_secret'],
      place: [],
    },
    {
      name: 'event_sealing_key',
      key: ['purpose'],
      columns: ['key_id', 'backing_key_id', 'wrapped'],
      place: [],
    },
  ],
  read: (rows) => ({
    targets: [...rows<TargetTable>('event_target')].sort(
      (a, b) => Number(a.created_at) - Number(b.created_at) || (a.id < b.id ? -1 : 1),
    ),
    sealingKey: rows<SealingKeyTable>('event_sealing_key')[0],
  }),
};

export const targetOwner: SetOwner = { account: '', region: '', owner: '' };

export const eventAuthoritySets = [targetSet] as const;
