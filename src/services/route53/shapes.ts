import type { Call } from '../../aws/call.ts';
import { nameServersOf } from './built-in-zones.ts';
import type { HostedZone } from './domain/hosted-zone.ts';
import { formatName, parseName, Unreadable } from './domain/names.ts';
import type { RecordSet } from './domain/record-set.ts';
import { InvalidDomainName, InvalidInput } from './errors.ts';
import { newId } from './ids.ts';
import type {
  ChangeInfo,
  DelegationSet,
  HostedZone as HostedZoneShape,
  ResourceRecordSet,
} from './model.ts';
import type { Route53Options } from './ports.ts';
import type { Route53Writer } from './writer.ts';

export function zoneShape(zone: HostedZone): HostedZoneShape {
  return {
    Id: `/hostedzone/${zone.id}`,
    Name: formatName(zone.name),
    CallerReference: zone.callerReference,
    Config: {
      ...(zone.comment === undefined ? {} : { Comment: zone.comment }),
      PrivateZone: false,
    },
    ResourceRecordSetCount: zone.recordSetCount,
  };
}

/** The plain form of a zone's name. @throws InvalidDomainName */
export function zoneName(text: string): string {
  try {
    return parseName(text);
  } catch (error) {
    if (error instanceof Unreadable) throw new InvalidDomainName(error.message);
    throw error;
  }
}

/** Every zone has the same name servers; names of this list have no dot at their end. */
export function delegationSet(options: Route53Options): DelegationSet {
  return { NameServers: nameServersOf(options).names };
}

export function recordSetShape(set: RecordSet): ResourceRecordSet {
  const key = { Name: formatName(set.name), Type: set.type };
  if ('alias' in set) {
    return {
      ...key,
      AliasTarget: {
        HostedZoneId: set.alias.hostedZoneId,
        DNSName: formatName(set.alias.dnsName),
        EvaluateTargetHealth: set.alias.evaluateTargetHealth,
      },
    };
  }
  return { ...key, TTL: set.ttl, ResourceRecords: set.values.map((Value) => ({ Value })) };
}

/**
 * Keeps that there was a change. The answer says PENDING as Route 53's does; the name server reads the
 * store, so that with the commit the change is INSYNC.
 */
export function recordChange(call: Call, writer: Route53Writer, comment?: string): ChangeInfo {
  const id = newId('C', call.random);
  const at = call.clock.now().round('millisecond');
  writer.insertChange(call.change, { account: call.account, id, at, comment });
  return changeInfo(id, 'PENDING', at, comment);
}

export function changeInfo(
  id: string,
  status: ChangeInfo['Status'],
  at: Temporal.Instant,
  comment: string | undefined,
): ChangeInfo {
  return {
    Id: `/change/${id}`,
    Status: status,
    SubmittedAt: at,
    ...(comment === undefined ? {} : { Comment: comment }),
  };
}

/**
 * MaxItems comes as text. More than fits is cut to `most`, as Route 53 does.
 * @throws InvalidInput
 */
export function pageSize(maxItems: string | undefined, most: number): number {
  if (maxItems === undefined) return most;
  if (!/^[1-9][0-9]{0,8}$/.test(maxItems)) {
    throw new InvalidInput('The value of MaxItems is not a positive whole number.');
  }
  return Math.min(Number(maxItems), most);
}
