import type { AuthoritySet, SetOwner } from '../../aws/authority/authority-set.ts';
import type { AuthorityTable } from './schema.ts';

export type CoveredAuthority = Omit<AuthorityTable, 'crl' | 'crl_number' | 'crl_due_at'>;

/** An authority: its key and its certificate, and which of several it is. Its revocation lists are signed themselves. */
export const caSet: AuthoritySet<CoveredAuthority | undefined> = {
  kind: 'ca-authority',
  tables: [
    {
      name: 'ca_authority',
      key: ['ca_id'],
      columns: [
        'role',
        'family',
        'generation',
        'spec',
        'wrapped_key',
        'public_key',
        'issuer_id',
        'tbs_certificate',
        'certificate',
        'not_after',
      ],
      place: [],
      owner: 'ca_id',
    },
  ],
  read: (rows) => rows<CoveredAuthority>('ca_authority')[0],
};

export const privateCaAuthoritySets = [caSet] as const;

export function caOwner(caId: string): SetOwner {
  return { account: '', region: '', owner: caId };
}
