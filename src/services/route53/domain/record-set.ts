import type { RecordType } from './record-data.ts';

/** All records of one name and type, or an alias in their place. */
export type RecordSet = RecordSetKey & (PlainRecords | { readonly alias: Alias });

interface RecordSetKey {
  /** Plain name. */
  readonly name: string;
  readonly type: RecordType;
}

export interface PlainRecords {
  /** Seconds. */
  readonly ttl: number;
  /** As the caller wrote them. */
  readonly values: readonly string[];
}

/** Answered with what the target has at that moment. */
interface Alias {
  /** Of the target: our load balancers' zone, or the zone that the alias itself is in. */
  readonly hostedZoneId: string;
  /** Plain name. */
  readonly dnsName: string;
  readonly evaluateTargetHealth: boolean;
}

export function isSame(one: RecordSet, other: RecordSet): boolean {
  return comparable(one) === comparable(other);
}

function comparable(set: RecordSet): string {
  return JSON.stringify(
    'alias' in set
      ? [set.alias.hostedZoneId, set.alias.dnsName, set.alias.evaluateTargetHealth]
      : [set.ttl, ...set.values.toSorted()],
  );
}
