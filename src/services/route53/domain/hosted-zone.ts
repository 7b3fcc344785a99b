import type { RecordSet } from './record-set.ts';

export interface HostedZone {
  readonly account: string;
  /** `Z…`, without the prefix that it has on the wire. */
  readonly id: string;
  /** Plain name. */
  readonly name: string;
  readonly callerReference: string;
  readonly comment: string | undefined;
  readonly createdAt: Temporal.Instant;
  readonly recordSetCount: number;
  /** Guards the zone with all its record sets. */
  readonly version: number;
}

/** Record sets that come with a zone, and that it cannot be without. */
export const requiredRecordSets = 2;

/**
 * The serial with which a zone is served, whatever its SOA record says: it grows with each change, and is higher in a zone
 * that takes the place of another of its name. @see RFC 1982 (it may go past 2^32)
 */
export function servedSerial({
  createdAt,
  version,
}: Pick<HostedZone, 'createdAt' | 'version'>): number {
  return (Math.floor(createdAt.epochMilliseconds / 1000) + version - 1) % 2 ** 32;
}

/** SOA and NS of a new zone, with the figures that Route 53 has. */
export function firstRecordSets(
  zoneName: string,
  nameServers: { readonly names: readonly string[]; readonly mailbox: string },
): RecordSet[] {
  return [
    {
      name: zoneName,
      type: 'NS',
      ttl: 172_800,
      values: nameServers.names.map((name) => `${name}.`),
    },
    {
      name: zoneName,
      type: 'SOA',
      ttl: 900,
      values: [soaValue(nameServers)],
    },
  ];
}

/** The first name server, the mailbox, then serial, refresh, retry, expire and minimum. */
export function soaValue(nameServers: {
  readonly names: readonly string[];
  readonly mailbox: string;
}): string {
  return `${nameServers.names[0] ?? ''}. ${nameServers.mailbox}. 1 7200 900 1209600 86400`;
}
