import { parseName, Unreadable } from './domain/names.ts';
import { isRecordType } from './domain/record-data.ts';
import type { RecordSet } from './domain/record-set.ts';
import { InvalidChangeBatch, InvalidInput } from './errors.ts';
import { bareId } from './ids.ts';
import type { Change, ResourceRecordSet } from './model.ts';

/** Members of a record set that say which of several answers a client gets. */
const routingMembers = [
  'CidrRoutingConfig',
  'Failover',
  'GeoLocation',
  'GeoProximityLocation',
  'HealthCheckId',
  'MultiValueAnswer',
  'Region',
  'SetIdentifier',
  'TrafficPolicyInstanceId',
  'Weight',
] as const satisfies readonly (keyof ResourceRecordSet)[];

/**
 * The record set of a change, checked in its form.
 * @throws InvalidInput, InvalidChangeBatch
 */
export function readRecordSet({ Action, ResourceRecordSet: set }: Change): RecordSet {
  const routing = routingMembers.find((member) => set[member] !== undefined);
  if (routing !== undefined) {
    throw new InvalidInput(`Routing policies and health checks are not supported: ${routing}.`);
  }
  if (!isRecordType(set.Type)) {
    throw new InvalidInput(`Records of type ${set.Type} are not supported.`);
  }
  const { AliasTarget: target, TTL: ttl, ResourceRecords: records } = set;
  const isPlain = ttl !== undefined && records !== undefined;
  const found = target !== undefined && (ttl !== undefined || records !== undefined);
  if (found || (target === undefined && !isPlain)) {
    throw new InvalidInput(
      `Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found ${found ? 'more than one' : 'none'} in Change with [Action=${Action}, Name=${set.Name.slice(0, 255)}, Type=${set.Type}, SetIdentifier=null]`,
    );
  }
  const key = { name: readName(set.Name), type: set.Type };
  if (target === undefined) {
    return { ...key, ttl: ttl ?? 0, values: (records ?? []).map(({ Value }) => Value) };
  }
  return {
    ...key,
    alias: {
      hostedZoneId: bareId('hostedzone', target.HostedZoneId),
      dnsName: readName(target.DNSName),
      evaluateTargetHealth: target.EvaluateTargetHealth,
    },
  };
}

function readName(text: string): string {
  try {
    return parseName(text);
  } catch (error) {
    if (error instanceof Unreadable) throw new InvalidChangeBatch([error.message]);
    throw error;
  }
}
