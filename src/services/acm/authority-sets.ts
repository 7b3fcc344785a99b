import type { AuthoritySet, SetOwner } from '../../aws/authority/authority-set.ts';
import type { Certificate } from './domain/certificate.ts';
import { fromRow } from './rows.ts';
import type {
  AssociationTable,
  CertificateTable,
  FormerTable,
  IssuanceTable,
  MaterialTable,
  TagTable,
} from './schema.ts';

/** A certificate without what only counts. */
type CoveredCertificate = Omit<CertificateTable, 'association_count' | 'association_version'>;
/** An association without what only counts. */
type CoveredAssociation = Omit<AssociationTable, 'revision'>;

export interface CertificateSet {
  readonly certificate: Certificate | undefined;
  readonly material: MaterialTable | undefined;
  readonly issuance: IssuanceTable | undefined;
  /** Certificates that others have taken the place of, and that may still hold. */
  readonly former: readonly FormerTable[];
  /** In the order of the resources. */
  readonly associations: readonly CoveredAssociation[];
  /** In the order of the keys. */
  readonly tags: ReadonlyMap<string, string>;
}

/**
 * A certificate: whose it is, what was proved, what the issuer will sign and has signed before, its keys' ciphertexts,
 * who uses it, and its tags, of which conditions may speak. How often it is used only counts.
 */
export const certificateSet: AuthoritySet<CertificateSet> = {
  kind: 'acm-certificate',
  tables: [
    {
      name: 'acm_certificate',
      key: ['account', 'region', 'arn'],
      columns: [
        'created_at',
        'type',
        'status',
        'key_algorithm',
        'export_option',
        'revision',
        'exported_revision',
        'version',
        'detail',
      ],
      place: ['account', 'region'],
      owner: 'arn',
    },
    {
      name: 'acm_material',
      key: ['account', 'region', 'certificate_arn'],
      columns: ['certificate_pem', 'chain_pem', 'ciphertext', 'kms_key_arn'],
      place: ['account', 'region'],
      owner: 'certificate_arn',
    },
    {
      name: 'acm_issuance',
      key: ['account', 'region', 'certificate_arn'],
      columns: ['ciphertext', 'kms_key_arn', 'prepared'],
      place: ['account', 'region'],
      owner: 'certificate_arn',
    },
    {
      name: 'acm_association',
      key: ['account', 'region', 'certificate_arn', 'resource_arn'],
      columns: ['context_key', 'ciphertext', 'kms_key_arn', 'grant_id'],
      place: ['account', 'region'],
      owner: 'certificate_arn',
    },
    {
      name: 'acm_tag',
      key: ['account', 'region', 'certificate_arn', 'key'],
      columns: ['value'],
      place: ['account', 'region'],
      owner: 'certificate_arn',
    },
    {
      name: 'acm_former_certificate',
      key: ['account', 'region', 'certificate_arn', 'serial'],
      columns: ['not_after', 'certificate_pem'],
      place: ['account', 'region'],
      owner: 'certificate_arn',
    },
  ],
  read(rows) {
    const [row] = rows<CoveredCertificate>('acm_certificate');
    const associations = [...rows<CoveredAssociation>('acm_association')];
    associations.sort((a, b) => (a.resource_arn < b.resource_arn ? -1 : 1));
    const tags = rows<TagTable>('acm_tag').map(({ key, value }) => [key, value] as const);
    return {
      certificate: row && fromRow({ ...row, association_count: associations.length }),
      material: rows<MaterialTable>('acm_material')[0],
      issuance: rows<IssuanceTable>('acm_issuance')[0],
      former: rows<FormerTable>('acm_former_certificate'),
      associations,
      tags: new Map(tags.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    };
  },
};

export const acmAuthoritySets = [certificateSet] as const;

export function certificateOwner({
  account,
  region,
  arn,
}: {
  readonly account: string;
  readonly region: string;
  readonly arn: string;
}): SetOwner {
  return { account, region, owner: arn };
}
