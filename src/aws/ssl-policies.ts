/** What a security policy of Elastic Load Balancing allows, as DescribeSSLPolicies tells it. */
export interface SslPolicy {
  readonly name: string;
  readonly protocols: readonly SslProtocol[];
  /** OpenSSL's names in AWS's order of preference; TLS 1.3 suites as `TLS_…`. */
  readonly ciphers: readonly string[];
  /** Whether hybrid post-quantum groups are offered. */
  readonly isPostQuantum: boolean;
}

type SslProtocol = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** Where AWS would take its `ELBSecurityPolicy-2016-08`, which allows TLS 1.0; docs/deviations.md. */
export const defaultSslPolicy = 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06';

/** In AWS's order. The letters are those by which the policies below name them. */
const suites = [
  ['A', 'TLS_AES_128_GCM_SHA256'],
  ['A', 'TLS_AES_256_GCM_SHA384'],
  ['C', 'TLS_CHACHA20_POLY1305_SHA256'],
  ['E', 'ECDHE-ECDSA-AES128-GCM-SHA256'],
  ['E', 'ECDHE-RSA-AES128-GCM-SHA256'],
  ['H', 'ECDHE-ECDSA-AES128-SHA256'],
  ['H', 'ECDHE-RSA-AES128-SHA256'],
  ['S', 'ECDHE-ECDSA-AES128-SHA'],
  ['S', 'ECDHE-RSA-AES128-SHA'],
  ['E', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
  ['E', 'ECDHE-RSA-AES256-GCM-SHA384'],
  ['H', 'ECDHE-ECDSA-AES256-SHA384'],
  ['H', 'ECDHE-RSA-AES256-SHA384'],
  ['S', 'ECDHE-RSA-AES256-SHA'],
  ['S', 'ECDHE-ECDSA-AES256-SHA'],
  ['R', 'AES128-GCM-SHA256'],
  ['R', 'AES128-SHA256'],
  ['T', 'AES128-SHA'],
  ['R', 'AES256-GCM-SHA384'],
  ['R', 'AES256-SHA256'],
  ['T', 'AES256-SHA'],
] as const;

const from10: readonly SslProtocol[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2'];
const from11 = from10.slice(1);
const only12 = from10.slice(2);
const only13: readonly SslProtocol[] = ['TLSv1.3'];
const from12To13: readonly SslProtocol[] = [...only12, 'TLSv1.3'];
const from11To13: readonly SslProtocol[] = [...from11, 'TLSv1.3'];
const from10To13: readonly SslProtocol[] = [...from10, 'TLSv1.3'];

const rows: readonly (readonly [
  name: string,
  protocols: readonly SslProtocol[],
  suites: string,
])[] = [
  ['TLS13-1-3-2021-06', only13, 'AC'],
  ['TLS13-1-2-Res-2021-06', from12To13, 'ACE'],
  ['TLS13-1-2-2021-06', from12To13, 'ACEH'],
  ['TLS13-1-2-Ext1-2021-06', from12To13, 'ACEHR'],
  ['TLS13-1-2-Ext2-2021-06', from12To13, 'ACEHSRT'],
  ['TLS13-1-1-2021-06', from11To13, 'ACEHSRT'],
  ['TLS13-1-0-2021-06', from10To13, 'ACEHSRT'],
  ['TLS13-1-3-PQ-2025-09', only13, 'AC'],
  ['TLS13-1-2-PQ-2025-09', from12To13, 'ACEH'],
  ['TLS13-1-2-Res-PQ-2025-09', from12To13, 'ACE'],
  ['TLS13-1-2-Ext1-PQ-2025-09', from12To13, 'ACEHR'],
  ['TLS13-1-2-Ext2-PQ-2025-09', from12To13, 'ACEHSRT'],
  ['TLS13-1-0-PQ-2025-09', from10To13, 'ACEHSRT'],
  ['FS-1-2-Res-2020-10', only12, 'E'],
  ['FS-1-2-Res-2019-08', only12, 'EH'],
  ['FS-1-2-2019-08', only12, 'EHS'],
  ['FS-1-1-2019-08', from11, 'EHS'],
  ['FS-2018-06', from10, 'EHS'],
  ['TLS-1-2-Ext-2018-06', only12, 'EHSRT'],
  ['TLS-1-2-2017-01', only12, 'EHR'],
  ['TLS-1-1-2017-01', from11, 'EHSRT'],
  ['2016-08', from10, 'EHSRT'],
];

/** Every policy that a listener may name. FIPS policies are not here: they promise a validated module. */
export const sslPolicies: ReadonlyMap<string, SslPolicy> = new Map(
  rows.map(([shortName, protocols, letters]) => {
    const name = `ELBSecurityPolicy-${shortName}`;
    const ciphers = suites.filter(([letter]) => letters.includes(letter)).map(([, suite]) => suite);
    return [name, { name, protocols, ciphers, isPostQuantum: shortName.includes('-PQ-') }];
  }),
);

/** What is really served under a policy: TLS 1.2 is the floor, whatever else AWS's policy would allow. */
export function servedVersions(policy: SslPolicy): {
  minVersion: 'TLSv1.2' | 'TLSv1.3';
  maxVersion: 'TLSv1.2' | 'TLSv1.3';
} {
  return {
    minVersion: policy.protocols.includes('TLSv1.2') ? 'TLSv1.2' : 'TLSv1.3',
    maxVersion: policy.protocols.includes('TLSv1.3') ? 'TLSv1.3' : 'TLSv1.2',
  };
}
