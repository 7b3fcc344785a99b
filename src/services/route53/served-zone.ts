import type { RecordType } from './domain/record-data.ts';

/** A zone as the DNS server asks it. */
export interface ServedZone {
  /** Plain name. */
  readonly name: string;
  soa(): Promise<ServedRecord>;
  /** Whose hosted zone it is; undefined for zones of holdfast itself. */
  readonly account: string | undefined;
  /** See `DnsSource` of the DNS server. */
  closestEncloser(name: string): Promise<string>;
  lookup(names: readonly string[]): Promise<ReadonlyMap<string, readonly ServedRecord[]>>;
}

export interface ServedRecord {
  readonly type: RecordType;
  /** Seconds. */
  readonly ttl: number;
  /** As dns-packet takes it. */
  readonly data: unknown;
}

/** A and AAAA records. */
export function addressRecords(addresses: readonly string[], ttl: number): ServedRecord[] {
  return addresses.map((data) => ({ type: data.includes(':') ? 'AAAA' : 'A', ttl, data }));
}
