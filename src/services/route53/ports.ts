import type { Change } from '../../store/change.ts';
import type { DomainAssignments } from './domains.ts';
import type { Route53Reader } from './store.ts';
import type { Route53Writer } from './writer.ts';

/** Zones that holdfast serves by itself, and who serves all of them. Names are plain. */
interface BuiltInZones {
  /** Values of validation records lie in it, for example `acm-validations.holdfast.internal`. */
  readonly validation: string;
  /** Load balancers have their names in it, for example `elb.holdfast.internal`. */
  readonly loadBalancers: string;
  /** Name servers have their names in it, for example `dns.holdfast.internal`. */
  readonly nameServers: string;
}

/** One that answers for the zones here: this DNS server, or a secondary of it. */
interface NameServer {
  /** Plain name: right under the zone of name servers, or in no zone that holdfast serves by itself. */
  readonly name: string;
  /** IP addresses that are answered for the name, where it lies in the zone of name servers. */
  readonly addresses: readonly string[];
}

export interface Route53Options {
  readonly zones: BuiltInZones;
  /** Id that aliases to load balancers name: their CanonicalHostedZoneId. */
  readonly loadBalancerZoneId: string;
  /** Those of hosted zones; at least one, the primary first. */
  readonly nameServers: readonly NameServer[];
  /** Those of the zones that holdfast serves by itself, which no secondary has; at least one. */
  readonly ownNameServers: readonly NameServer[];
}

export interface LoadBalancersPort {
  /** IP addresses of the load balancer with this DNS name (plain), none when there is no such. Indexed. */
  loadBalancerAddresses(name: string): Promise<readonly string[]>;
}

/** What CAs are about to look for at the names to which validation records lead. */
export interface ChallengesPort {
  /** Values of TXT records. @param name plain */
  valuesAt(name: string): Promise<readonly string[]>;
}

/** The zones that accounts made. */
export interface Zones {
  /** @throws TamperedSet when somebody gave the zone to the account behind holdfast's back */
  exists(this: void, account: string, zoneId: string): Promise<boolean>;
}

export interface CnameResolver {
  /** The target of `name`, its target, and so on, at most five; plain names. Rejects when nobody answers. */
  resolveCname(name: string): Promise<readonly string[]>;
}

/** Asks a zone's name servers and several resolvers. */
export interface CnameSurveyor {
  /** Those who answer, and not with the CNAME `name` → `target`. Plain names. */
  withoutCname(name: string, target: string): Promise<readonly { readonly server: string }[]>;
}

/** Called in the Change that makes or replaces CNAME records, with their plain names. */
export type CnamesWritten = (
  change: Change,
  names: readonly string[],
  now: Temporal.Instant,
) => void;

export interface Route53Ports {
  readonly cnamesWritten: CnamesWritten;
  readonly reader: Route53Reader;
  readonly writer: Route53Writer;
  readonly domains: DomainAssignments;
  readonly options: Route53Options;
}
