import type { AuthoritySet, SetOwner } from '../../aws/authority/authority-set.ts';
import type { DomainAssignmentTable, HostedZoneTable, ZoneTagTable } from './schema.ts';

/** All assignments are one set: a suffix carves out of shorter ones, so that a row less is a right more for another. */
export const assignmentSet: AuthoritySet<ReadonlyMap<string, string>> = {
  kind: 'route53-domain-assignments',
  tables: [{ name: 'route53_domain_assignment', key: ['suffix'], columns: ['account'], place: [] }],
  read: (rows) =>
    new Map(
      rows<DomainAssignmentTable>('route53_domain_assignment').map(({ suffix, account }) => [
        suffix,
        account,
      ]),
    ),
};

export const assignmentOwner: SetOwner = { account: '', region: '', owner: '' };

/** Whose a zone is, and for which name; records in it are their owner's business. */
export const zoneSet: AuthoritySet<{ readonly name: string } | undefined> = {
  kind: 'route53-zone',
  tables: [
    {
      name: 'route53_hosted_zone',
      key: ['account', 'id'],
      columns: ['name'],
      place: ['account'],
      owner: 'id',
    },
  ],
  read: (rows) => rows<HostedZoneTable>('route53_hosted_zone')[0],
};

/** The tags of a hosted zone, of which conditions may speak. */
export const zoneTagSet: AuthoritySet<ReadonlyMap<string, string>> = {
  kind: 'route53-zone-tags',
  tables: [
    {
      name: 'route53_zone_tag',
      key: ['account', 'zone_id', 'key'],
      columns: ['value'],
      place: ['account'],
      owner: 'zone_id',
    },
  ],
  read: (rows) =>
    new Map(rows<ZoneTagTable>('route53_zone_tag').map(({ key, value }) => [key, value])),
};

export const route53AuthoritySets = [assignmentSet, zoneSet, zoneTagSet] as const;

export function zoneOwner({ account, id }: { account: string; id: string }): SetOwner {
  return { account, region: '', owner: id };
}
