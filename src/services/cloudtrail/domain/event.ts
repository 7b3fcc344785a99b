import type { AuditRecord } from '../../../aws/audit/trail.ts';
import type { Event, LookupAttributeKey } from '../model.ts';

/** What LookupEvents finds events by, besides their ids. */
export interface LookupAttribute {
  readonly key: Exclude<LookupAttributeKey, 'EventId'>;
  readonly value: string;
}

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

/** What a record is looked up by besides its id, each once. */
export function lookupAttributes(record: AuditRecord): readonly LookupAttribute[] {
  const attributes: LookupAttribute[] = [
    { key: 'EventName', value: record.eventName },
    { key: 'EventSource', value: record.eventSource },
    { key: 'ReadOnly', value: String(record.readOnly) },
  ];
  const add = (key: LookupAttribute['key'], value: string | undefined): void => {
    if (value !== undefined && value !== '') attributes.push({ key, value });
  };
  add('Username', username(record));
  add('AccessKeyId', accessKeyId(record));
  const { resources = [] } = record;
  for (const type of new Set(resources.map((each) => each['type']))) add('ResourceType', type);
  for (const arn of new Set(resources.map((each) => each['ARN']))) add('ResourceName', arn);
  return attributes;
}

/** Whether a record, as JSON, tells of this resource. */
export function tellsOfResource(text: string, { key, value }: LookupAttribute): boolean {
  // Most do not, and need not be parsed for that.
  if (!text.includes(JSON.stringify(value))) return false;
  const { resources = [] } = JSON.parse(text) as AuditRecord;
  return resources.some((each) => each[key === 'ResourceType' ? 'type' : 'ARN'] === value);
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
