/** Object identifiers of certificates, by their names in the RFCs. */

/** Extensions. @see RFC 5280 §4.2, §5.2 */
export const extensionId = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  crlDistributionPoints: '2.5.29.31',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
} as const;

export const attributeId = {
  commonName: '2.5.4.3',
  organizationName: '2.5.4.10',
} as const;

/** The names by which attributes of a distinguished name are printed. @see RFC 4514 §3, RFC 4519 */
export const attributeNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'T',
  '2.5.4.42': 'GIVENNAME',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'EMAILADDRESS',
};

export const keyPurposeId = { serverAuth: '1.3.6.1.5.5.7.3.1' } as const;

export const ocspAccessMethod = '1.3.6.1.5.5.7.48.1';

export type KeyFamily = 'RSA' | 'EC';

export interface SignatureAlgorithm {
  readonly oid: string;
  readonly family: KeyFamily;
  readonly hash: 'sha1' | 'sha256' | 'sha384' | 'sha512';
}

/** @see RFC 8017 §A.2.4, RFC 5758 §3.2 */
export const signatureAlgorithms: readonly SignatureAlgorithm[] = [
  { oid: '1.2.840.113549.1.1.5', family: 'RSA', hash: 'sha1' },
  { oid: '1.2.840.113549.1.1.11', family: 'RSA', hash: 'sha256' },
  { oid: '1.2.840.113549.1.1.12', family: 'RSA', hash: 'sha384' },
  { oid: '1.2.840.113549.1.1.13', family: 'RSA', hash: 'sha512' },
  { oid: '1.2.840.10045.4.1', family: 'EC', hash: 'sha1' },
  { oid: '1.2.840.10045.4.3.2', family: 'EC', hash: 'sha256' },
  { oid: '1.2.840.10045.4.3.3', family: 'EC', hash: 'sha384' },
  { oid: '1.2.840.10045.4.3.4', family: 'EC', hash: 'sha512' },
];

/** Undefined for algorithms that nobody here signs with or believes. */
export function signatureAlgorithm(oid: string): SignatureAlgorithm | undefined {
  return signatureAlgorithms.find((each) => each.oid === oid);
}
