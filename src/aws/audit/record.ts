import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import type { AccountId } from '../arn.ts';
import type { CollectedNotes } from './notes.ts';
import type { AuditRecord } from './trail.ts';
import type { Credential } from '../directory.ts';
import { mayHoldPrivateKey, membersWithoutPrivateKeys } from '../hidden-keys.ts';
import type { Principal, SignedPrincipal } from '../principal.ts';
import type { Session } from '../session.ts';

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
  const parameters = notes.parameters === undefined ? event.requestParameters : notes.parameters;
  const elements = notes.elements === undefined ? event.responseElements : notes.elements;
  const record: Mutable<AuditRecord> = {
    eventVersion: '1.11',
    userIdentity: userIdentity(event),
    eventTime: secondOf(event.at),
    eventSource: event.eventSource,
    eventName: event.eventName,
    awsRegion: event.region,
    sourceIPAddress: event.invokedBy ?? event.sourceIp ?? 'AWS Internal',
    userAgent: userAgent(event).slice(0, maxUserAgent),
    requestParameters: fitForRecord(parameters),
    responseElements: error === undefined ? fitForRecord(elements) : null,
    requestID: event.requestId,
    eventID: event.eventId,
    readOnly: event.readOnly,
    eventType: event.eventType,
    managementEvent: true,
    recipientAccountId: event.account,
    eventCategory: 'Management',
  };
  if (error !== undefined) record.errorCode = error.code;
  if (error?.message !== undefined) record.errorMessage = error.message.slice(0, maxErrorText);
  const extra = additionalEventData(event);
  if (extra !== undefined) record.additionalEventData = extra;
  if (notes.resources.length > 0) record.resources = resources(event);
  if (event.tlsDetails !== undefined) record.tlsDetails = event.tlsDetails;
  return record;
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

function additionalEventData({ notes, otherReceipts = [] }: AuditedEvent): Members | undefined {
  const receipts = [...otherReceipts, ...notes.receipts];
  if (receipts.length > 0) return { ...notes.extra, vaultReceipts: receipts };
  return Object.keys(notes.extra).length > 0 ? notes.extra : undefined;
}

function resources({ notes, account: caller }: AuditedEvent): Readonly<Record<string, string>>[] {
  return notes.resources.map(({ type, arn, account }) => ({
    accountId: account ?? caller,
    type,
    ARN: arn,
  }));
}

let lastSecond = { second: Number.NaN, text: '' };

/** `2026-11-24T12:00:00Z`: the same text for all calls of a second. */
function secondOf(at: Temporal.Instant): string {
  const second = Math.floor(at.epochMilliseconds / 1000);
  if (second !== lastSecond.second)
    lastSecond = { second, text: at.toString({ smallestUnit: 'second' }) };
  return lastSecond.text;
}

/** A caller that names no agent must not pass for one of ours. */
function userAgent({ invokedBy, sourceIp, userAgent: named }: AuditedEvent): string {
  return invokedBy ?? named ?? (sourceIp === undefined ? 'AWS Internal' : '-');
}

/** The vault's receipts that a record holds. */
export function receiptsOf({ additionalEventData }: AuditRecord): readonly VaultReceipt[] {
  return (additionalEventData?.['vaultReceipts'] ?? []) as readonly VaultReceipt[];
}

/** Of users in use: they are the same objects for as long as they are in memory. */
const identitiesOfUsers = new WeakMap<Principal, Members>();

function userIdentity(event: AuditedEvent): Members {
  const { principal, invokedBy } = event;
  if (principal?.type !== 'user' || invokedBy !== undefined) return newUserIdentity(event);
  let identity = identitiesOfUsers.get(principal);
  if (identity === undefined) {
    identity = newUserIdentity(event);
    identitiesOfUsers.set(principal, identity);
  }
  return identity;
}

/** @see AWS CloudTrail User Guide, "CloudTrail userIdentity element" */
function newUserIdentity(event: AuditedEvent): Members {
  const { principal, invokedBy } = event;
  if (principal === undefined) {
    return {
      type: 'Unknown',
      accountId: event.account,
      ...(event.accessKeyId === undefined ? {} : { accessKeyId: event.accessKeyId }),
    };
  }
  if (principal.type === 'service') return { type: 'AWSService', invokedBy: principal.name };
  if (principal.type === 'web-identity') {
    const { principalId, subject: userName, provider: identityProvider } = principal;
    return { type: 'WebIdentityUser', principalId, userName, identityProvider };
  }
  const { principalId, arn, account, accessKeyId } = principal;
  return {
    type: identityTypes[principal.type],
    principalId,
    arn,
    accountId: account,
    accessKeyId,
    ...(principal.type === 'user' ? { userName: principal.userName } : {}),
    ...sessionContext(principal, event.credential?.session),
    ...(invokedBy === undefined ? {} : { invokedBy }),
  };
}

const identityTypes = {
  root: 'Root',
  user: 'IAMUser',
  'role-session': 'AssumedRole',
  'federated-user': 'FederatedUser',
} as const;

/** Of temporary credentials: from whom they are, since when, and whether with MFA. */
function sessionContext(principal: SignedPrincipal, session: Session | undefined): Members {
  if (session === undefined) return {};
  const { issuedAt, mfaAt, sourceIdentity, federatedProvider } = session;
  return {
    sessionContext: {
      ...sessionIssuer(principal),
      ...(federatedProvider === undefined
        ? {}
        : { webIdFederationData: { federatedProvider, attributes: {} } }),
      attributes: {
        creationDate: issuedAt.toString({ smallestUnit: 'second' }),
        mfaAuthenticated: String(mfaAt !== undefined),
      },
      ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    },
  };
}

function sessionIssuer(principal: SignedPrincipal): Members {
  const { account: accountId } = principal;
  if (principal.type === 'role-session') {
    const { roleId: principalId, roleArn: arn, roleName: userName } = principal;
    return { sessionIssuer: { type: 'Role', principalId, arn, accountId, userName } };
  }
  if (principal.type === 'federated-user') {
    const { userId: principalId, userArn: arn, userName } = principal;
    return { sessionIssuer: { type: 'IAMUser', principalId, arn, accountId, userName } };
  }
  return {};
}

/** Members that are too long are left out, as CloudTrail does. */
function fitForRecord(members: Members | null): Members | null {
  if (members === null || Object.keys(members).length === 0) return null;
  const text = JSON.stringify(members);
  if (text.length > maxElements) return null;
  return mayHoldPrivateKey(text) ? membersWithoutPrivateKeys(JSON.parse(text) as Members) : members;
}
