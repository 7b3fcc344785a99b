import type { HostedZone } from './domain/hosted-zone.ts';
import { nameOfOrder, orderOf } from './domain/names.ts';
import type { RecordType } from './domain/record-data.ts';
import type { RecordSet } from './domain/record-set.ts';
import type { HostedZoneTable, RecordSetTable } from './schema.ts';

export function zoneFromRow(row: HostedZoneTable): HostedZone {
  return {
    account: row.account,
    id: row.id,
    name: row.name,
    callerReference: row.caller_reference,
    comment: row.comment ?? undefined,
    createdAt: Temporal.Instant.fromEpochMilliseconds(Number(row.created_at)),
    recordSetCount: row.record_set_count,
    version: row.version,
  };
}

export function zoneToRow(zone: HostedZone): HostedZoneTable {
  return {
    account: zone.account,
    id: zone.id,
    name: zone.name,
    caller_reference: zone.callerReference,
    comment: zone.comment ?? null,
    created_at: zone.createdAt.epochMilliseconds,
    record_set_count: zone.recordSetCount,
    version: zone.version,
  };
}

export function recordSetFromRow(
  row: Pick<RecordSetTable, 'name_order' | 'type' | 'detail'>,
): RecordSet {
  return {
    name: nameOfOrder(row.name_order),
    type: row.type as RecordType,
    ...(JSON.parse(row.detail) as { ttl: number; values: string[] }),
  };
}

export function recordSetToRow(
  zone: Pick<HostedZone, 'account' | 'id'>,
  set: RecordSet,
): RecordSetTable {
  return {
    account: zone.account,
    zone_id: zone.id,
    name_order: orderOf(set.name),
    type: set.type,
    detail: JSON.stringify(
      'alias' in set ? { alias: set.alias } : { ttl: set.ttl, values: set.values },
    ),
  };
}
