import type { AuditRecord } from '../../../aws/audit/trail.ts';
import type { Event } from '../model.ts';

/** Where events of services without Regions are kept. */
export const globalRegion = 'aws-global';
const globalSources = new Set(['iam.amazonaws.com', 'route53.amazonaws.com']);

/** The Region under which a record is looked up. */
export function lookupRegion(record: AuditRecord): string {
  return globalSources.has(record.eventSource) ? globalRegion : record.awsRegion;
}

/**
 * As LookupEvents names the caller: the user's name, the session's name, or `root`; nobody for a service.
 * @see AWS CloudTrail API Reference, "Event"
 */
export function username({ userIdentity }: AuditRecord): string | undefined {
  const { type, userName, principalId } = userIdentity;
  if (type === 'Root') return 'root';
  if (typeof userName === 'string') return userName;
  return typeof principalId === 'string' ? principalId.split(':')[1] : undefined;
}

export function accessKeyId({ userIdentity }: AuditRecord): string | undefined {
  return typeof userIdentity['accessKeyId'] === 'string' ? userIdentity['accessKeyId'] : undefined;
}

/** The types and names of resources by which a record is found, each once. */
export function resourceAttributes(
  record: AuditRecord,
): readonly { readonly attribute: 'ResourceType' | 'ResourceName'; readonly value: string }[] {
  const resources = record.resources ?? [];
  const each = (attribute: 'ResourceType' | 'ResourceName', member: 'type' | 'ARN') =>
    [...new Set(resources.map((resource) => resource[member] ?? ''))]
      .filter((value) => value !== '')
      .map((value) => ({ attribute, value }));
  return [...each('ResourceType', 'type'), ...each('ResourceName', 'ARN')];
}

/** A record as LookupEvents answers it. */
export function describe(text: string): Event {
  const record = JSON.parse(text) as AuditRecord;
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    ReadOnly: String(record.readOnly),
    AccessKeyId: accessKeyId(record),
    EventTime: Temporal.Instant.from(record.eventTime),
    EventSource: record.eventSource,
    Username: username(record),
    Resources: (record.resources ?? []).map(({ type, ARN }) => ({
      ResourceType: type,
      ResourceName: ARN,
    })),
    CloudTrailEvent: text,
  };
}
