import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import type { AccountId } from '../arn.ts';
import type { CollectedNotes } from './notes.ts';
import type { AuditRecord } from './trail.ts';
import type { Credential } from '../directory.ts';
import { mayHoldPrivateKey, membersWithoutPrivateKeys } from '../hidden-keys.ts';
import type { Principal } from '../principal.ts';

/** Limits of CloudTrail, in characters. */
const maxErrorText = 1024;
const maxUserAgent = 1024;
const maxElements = 100 * 1024;

type Members = Readonly<Record<string, unknown>>;

/** One event, before it is brought into CloudTrail's form. */
export interface AuditedEvent {
  readonly eventSource: string;
  readonly eventName: string;
  readonly readOnly: boolean;
  readonly eventType: 'AwsApiCall' | 'AwsServiceEvent';
  readonly region: string;
  readonly account: AccountId;
  /** Undefined when the caller is not known. */
  readonly principal: Principal | undefined;
  readonly accessKeyId?: string | undefined;
  readonly credential?: Credential | undefined;
  readonly invokedBy: string | undefined;
  readonly sourceIp: string | undefined;
  readonly userAgent: string | undefined;
  readonly tlsDetails?: Readonly<Record<string, string>> | undefined;
  readonly requestId: string;
  readonly eventId: string;
  readonly at: Temporal.Instant;
  readonly error?: { readonly code: string; readonly message: string | undefined } | undefined;
  readonly requestParameters: Members | null;
  readonly responseElements: Members | null;
  readonly notes: CollectedNotes;
  /** Of attempts whose Change did not hold, besides those in `notes`. */
  readonly otherReceipts?: readonly VaultReceipt[] | undefined;
}

/** @see AWS CloudTrail User Guide, "CloudTrail record contents" */
export function auditRecord(event: AuditedEvent): AuditRecord {
  const { notes, error } = event;
  const receipts = [...(event.otherReceipts ?? []), ...notes.receipts];
  const extra = {
    ...notes.extra,
    ...(receipts.length > 0 ? { vaultReceipts: receipts } : {}),
  };
  const service = event.invokedBy;
  return {
    eventVersion: '1.11',
    userIdentity: userIdentity(event),
    eventTime: event.at.toString({ smallestUnit: 'second' }),
    eventSource: event.eventSource,
    eventName: event.eventName,
    awsRegion: event.region,
    sourceIPAddress: service ?? event.sourceIp ?? 'AWS Internal',
    userAgent: userAgent(event).slice(0, maxUserAgent),
    ...(error === undefined ? {} : { errorCode: error.code }),
    ...(error?.message === undefined ? {} : { errorMessage: error.message.slice(0, maxErrorText) }),
    requestParameters: fitForRecord(
      notes.parameters === undefined ? event.requestParameters : notes.parameters,
    ),
    responseElements:
      error === undefined
        ? fitForRecord(notes.elements === undefined ? event.responseElements : notes.elements)
        : null,
    ...(Object.keys(extra).length > 0 ? { additionalEventData: extra } : {}),
    requestID: event.requestId,
    eventID: event.eventId,
    readOnly: event.readOnly,
    ...(notes.resources.length > 0
      ? {
          resources: notes.resources.map(({ type, arn, account }) => ({
            accountId: account ?? event.account,
            type,
            ARN: arn,
          })),
        }
      : {}),
    eventType: event.eventType,
    managementEvent: true,
    recipientAccountId: event.account,
    eventCategory: 'Management',
    ...(event.tlsDetails === undefined ? {} : { tlsDetails: event.tlsDetails }),
  };
}

/** A caller that names no agent must not pass for one of ours. */
function userAgent({ invokedBy, sourceIp, userAgent: named }: AuditedEvent): string {
  return invokedBy ?? named ?? (sourceIp === undefined ? 'AWS Internal' : '-');
}

/** The vault's receipts that a record holds. */
export function receiptsOf({ additionalEventData }: AuditRecord): readonly VaultReceipt[] {
  return (additionalEventData?.['vaultReceipts'] ?? []) as readonly VaultReceipt[];
}

/** @see AWS CloudTrail User Guide, "CloudTrail userIdentity element" */
function userIdentity(event: AuditedEvent): Members {
  const { principal, invokedBy } = event;
  if (principal === undefined) {
    return {
      type: 'Unknown',
      accountId: event.account,
      ...(event.accessKeyId === undefined ? {} : { accessKeyId: event.accessKeyId }),
    };
  }
  if (principal.type === 'service') return { type: 'AWSService', invokedBy: principal.name };
  const { principalId, arn, account, accessKeyId } = principal;
  return {
    type: { root: 'Root', user: 'IAMUser', 'role-session': 'AssumedRole' }[principal.type],
    principalId,
    arn,
    accountId: account,
    accessKeyId,
    ...(principal.type === 'user' ? { userName: principal.userName } : {}),
    ...(principal.type === 'role-session'
      ? {
          sessionContext: {
            sessionIssuer: {
              type: 'Role',
              principalId: principal.roleId,
              arn: principal.roleArn,
              accountId: account,
              userName: principal.roleName,
            },
            attributes: {
              creationDate: principal.issuedAt.toString({ smallestUnit: 'second' }),
              mfaAuthenticated: String(event.credential?.isMfaAuthenticated === true),
            },
          },
        }
      : {}),
    ...(invokedBy === undefined ? {} : { invokedBy }),
  };
}

/** Members that are too long are left out, as CloudTrail does. */
function fitForRecord(members: Members | null): Members | null {
  if (members === null || Object.keys(members).length === 0) return null;
  const text = JSON.stringify(members);
  if (text.length > maxElements) return null;
  return mayHoldPrivateKey(text) ? membersWithoutPrivateKeys(JSON.parse(text) as Members) : members;
}
