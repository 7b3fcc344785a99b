import type { AuthoritySet, SetOwner } from '../../aws/authority/authority-set.ts';
import type { IssuerTable } from './schema.ts';

/** All issuers are one set: with one less, another is asked. In the order in which they are preferred. */
export const issuerSet: AuthoritySet<readonly IssuerTable[]> = {
  kind: 'acme-issuers',
  tables: [
    {
      name: 'acme_issuer',
      key: ['name'],
      columns: [
        'account',
        'domains',
        'rank',
        'directory_url',
        'profile',
        'preferred_chain',
        'account_url',
        'key_id',
        'wrapped_key',
        'public_key',
      ],
      place: [],
    },
  ],
  read: (rows) =>
    [...rows<IssuerTable>('acme_issuer')].sort(
      (a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1),
    ),
};

export const issuerOwner: SetOwner = { account: '', region: '', owner: '' };

export const acmeAuthoritySets = [issuerSet] as const;
