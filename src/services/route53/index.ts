import type { Kysely } from 'kysely';
import type { Authority as RowAuthority } from '../../aws/authority/authority.ts';
import { bindOperations, type Service } from '../../aws/operation.ts';
import { ZoneSource, type Authority } from './dns-source.ts';
import { DomainAssignments } from './domains.ts';
import { model } from './model.ts';
import { operations } from './operations/index.ts';
import type {
  ChallengesPort,
  CnamesWritten,
  LoadBalancersPort,
  Route53Options,
  Route53Ports,
  Zones,
} from './ports.ts';
import type { Route53Tables } from './schema.ts';
import { Route53Reader } from './store.ts';
import { Route53Writer } from './writer.ts';

export { route53AuthoritySets } from './authority-sets.ts';
export { createDomainControl, type DomainControl } from './domain-control.ts';
export { DomainAssignmentRefused, reservedSuffixes } from './domains.ts';
export type { LoadBalancersPort, Route53Options, CnamesWritten } from './ports.ts';
export { route53Migrations, type Route53Tables } from './schema.ts';

/** The room with its doors: the API, the operator's assignments, and what the name server asks. */
export interface Route53 {
  readonly service: Service;
  readonly domains: DomainAssignments;
  /** Fills the port of the DNS server, and of the resolver for what is served here. */
  readonly dnsSource: ZoneSource;
  /** Who decides about a name: for the domain control. */
  readonly authority: Authority;
  readonly zones: Zones;
}

export function createRoute53(
  db: Kysely<Route53Tables>,
  rowAuthority: RowAuthority,
  options: Route53Options,
  names: { readonly loadBalancers: LoadBalancersPort; readonly challenges: ChallengesPort },
  cnamesWritten: CnamesWritten = () => {},
): Route53 {
  const reader = new Route53Reader(db, rowAuthority);
  const writer = new Route53Writer(db, rowAuthority);
  const domains = new DomainAssignments(rowAuthority, writer);
  const dnsSource = new ZoneSource(reader, options, names.loadBalancers, names.challenges);
  const ports: Route53Ports = { reader, writer, domains, options, cnamesWritten };
  return {
    service: {
      model,
      signingName: 'route53',
      eventSource: 'route53.amazonaws.com',
      readOnly: new Set([
        'GetChange',
        'GetDNSSEC',
        'GetHostedZone',
        'GetHostedZoneCount',
        'ListHostedZones',
        'ListHostedZonesByName',
        'ListResourceRecordSets',
        'ListTagsForResource',
        'ListTagsForResources',
      ]),
      isGlobal: true,
      operations: bindOperations(operations, ports),
    },
    domains,
    dnsSource,
    authority: dnsSource,
    zones: { exists: (account, id) => reader.hasZone(account, id) },
  };
}
