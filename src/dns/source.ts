import type { RecordType } from 'dns-packet';

/**
 * What the server answers from. Names are plain (see lib/domain-name.ts). A source that fails makes the
 * answer SERVFAIL; it is asked again for the next query.
 */
export interface DnsSource {
  /** The longest of the zones served here that holds `name`, or undefined where none does. */
  zoneFor(name: string): Promise<Zone | undefined>;
  /**
   * The longest name that exists in the zone and is `name` or above it. A name exists when it or a name
   * under it has records; the zone's own name always exists. @see RFC 4592 §3.3.1
   */
  closestEncloser(zone: Zone, name: string): Promise<string>;
  /** All records at exactly these names; a wildcard is asked for as `*.…`. Names without records are left out. */
  lookup(zone: Zone, names: readonly string[]): Promise<RecordsByName>;
}

export interface Zone {
  /** Plain name of the zone's apex. */
  readonly name: string;
  soa(): Promise<ResourceRecord>;
}

export type RecordsByName = ReadonlyMap<string, readonly ResourceRecord[]>;

/** What secondaries are given. */
export interface TransferSource {
  /** All of the zone with exactly this plain name, as it was at one moment; undefined where no such zone can be given. */
  transferOf(name: string): Promise<ZoneContents | undefined>;
  /** Serials of all zones that can be given, by plain name. */
  serials(): Promise<ReadonlyMap<string, number>>;
}

export interface ZoneContents {
  readonly soa: OwnedRecord;
  /** Without the SOA. */
  readonly records: readonly OwnedRecord[];
}

export interface OwnedRecord extends ResourceRecord {
  readonly name: string;
}

/** A record without its owner's name. */
export interface ResourceRecord {
  readonly type: RecordType;
  /** Seconds. */
  readonly ttl: number;
  /** As dns-packet takes it for this type, for example an address as text for A. */
  readonly data: unknown;
}
