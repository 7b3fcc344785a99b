import type { Change } from '../../store/change.ts';
import type { AccountId } from '../arn.ts';

/** A CloudTrail record, member for member as AWS writes it. @see CloudTrail User Guide, "Record contents" */
export interface AuditRecord {
  readonly eventVersion: string;
  readonly userIdentity: Readonly<Record<string, unknown>>;
  /** `2026-11-24T12:00:00Z`. */
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  readonly responseElements: Readonly<Record<string, unknown>> | null;
  readonly additionalEventData?: Readonly<Record<string, unknown>>;
  readonly requestID: string;
  readonly eventID: string;
  readonly readOnly: boolean;
  readonly resources?: readonly Readonly<Record<string, string>>[];
  readonly eventType: string;
  readonly managementEvent: boolean;
  readonly recipientAccountId: AccountId;
  readonly sharedEventID?: string;
  readonly eventCategory: string;
  readonly tlsDetails?: Readonly<Record<string, string>>;
}

/** Where records go: the port that CloudTrail fills for the pipeline. */
export interface AuditTrail {
  /** Adds the records to the Change, so that they are kept in the same commit as what they tell of. */
  write(change: Change, records: readonly AuditRecord[], at: Temporal.Instant): void;
}
