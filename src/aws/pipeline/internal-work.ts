import { timeOrderedUuid } from '../../lib/time-ordered-uuid.ts';
import { Change } from '../../store/change.ts';
import type { AccountId, Region } from '../arn.ts';
import { AttemptCall, type Attempt } from './attempt.ts';
import { auditRecord, type AuditedEvent } from '../audit/record.ts';
import type { Call } from '../call.ts';
import type { Directory } from '../directory.ts';
import { nestedErrorName } from './exchange.ts';
import type { Service } from '../operation.ts';
import type { ServicePrincipal } from '../principal.ts';
import { settle, type Keeping } from './settle.ts';

/** Work that no request asked for, with the same promises: one commit with its records, again when a guard failed. */
export interface InternalWork {
  /**
   * Does a job of a service for itself. It has a record of its own only if a key was used for it directly, or if it
   * says something of itself (`call.audit.additional`).
   * @throws the error of `work` as a client would see it; CommonError unavailable
   */
  runJob(job: JobName, work: (call: Call) => Promise<void>): Promise<void>;
  /**
   * Does what the machine's owner asks for on his own socket: no policy speaks of him, the trail does.
   * @throws the error of `work` as a client would see it; CommonError unavailable
   */
  runAsOperator<T>(command: OperatorCommand, work: (call: Call) => Promise<T>): Promise<T>;
}

export interface JobName {
  /** For example `renew-certificate`. */
  readonly name: string;
  /** For example `acm.amazonaws.com`. */
  readonly service: string;
  readonly account: AccountId;
  readonly region: Region;
}

export interface OperatorCommand {
  /** For example `AllowDomain`. */
  readonly eventName: string;
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  readonly account: AccountId;
  readonly region: Region;
}

const operatorService = 'operator.holdfast.internal';

interface Host extends Keeping {
  readonly directory: Directory;
  readonly services: readonly Service[];
}

export async function runJob(
  { name, service, account, region }: JobName,
  work: (call: Call) => Promise<void>,
  host: Host,
): Promise<void> {
  await settled(work, host, {
    principal: { type: 'service', name: service, account },
    region,
    isOperator: false,
    event: {
      eventSource: service,
      eventName: pascalCase(name),
      eventType: 'AwsServiceEvent',
      requestParameters: null,
    },
    isRecorded: ({ audit }, lostReceipts) =>
      audit.receipts.length + lostReceipts > 0 || Object.keys(audit.extra).length > 0,
  });
}

export function runAsOperator<T>(
  { eventName, requestParameters, account, region }: OperatorCommand,
  work: (call: Call) => Promise<T>,
  host: Host,
): Promise<T> {
  return settled(work, host, {
    principal: { type: 'service', name: operatorService, account },
    region,
    isOperator: true,
    event: {
      eventSource: operatorService,
      eventName,
      eventType: 'AwsApiCall',
      requestParameters,
    },
    isRecorded: () => true,
  });
}

async function settled<T>(
  work: (call: Call) => Promise<T>,
  host: Host,
  about: {
    readonly principal: ServicePrincipal;
    readonly region: Region;
    readonly isOperator: boolean;
    readonly event: Pick<
      AuditedEvent,
      'eventSource' | 'eventName' | 'eventType' | 'requestParameters'
    >;
    isRecorded(call: AttemptCall, lostReceipts: number): boolean;
  },
): Promise<T> {
  const { principal, region } = about;
  const requestId = host.random.uuid();
  const outcome = await settle<T>(
    {
      begin: () => {
        const attempt = newAttempt(region, about.isOperator, host);
        return { attempt, call: new AttemptCall(attempt, { requestId, principal }) };
      },
      run: (call) => work(call),
      record: (call, { error }, otherReceipts) =>
        about.isRecorded(call, otherReceipts.length)
          ? auditRecord({
              ...about.event,
              readOnly: false,
              region,
              account: principal.account,
              principal,
              invokedBy: principal.name,
              sourceIp: undefined,
              userAgent: undefined,
              requestId,
              eventId: timeOrderedUuid(host.clock.now(), host.random),
              at: host.clock.now(),
              error:
                error === undefined
                  ? undefined
                  : nestedErrorName(error, about.event.eventSource, host.services),
              responseElements: null,
              notes: call.audit,
              otherReceipts,
            })
          : undefined,
    },
    host,
  );
  if (outcome.error !== undefined) throw outcome.error;
  return outcome.output;
}

function newAttempt(region: Region, isOperator: boolean, host: Host): Attempt {
  const { clock, random, directory, services } = host;
  return {
    change: new Change(),
    region,
    auditRegion: region,
    origin: {},
    clock,
    random,
    directory,
    asker: { signal: neverAborted },
    isOperator,
    nestedEvents: [],
    nameError: (error, eventSource) => nestedErrorName(error, eventSource, services),
  };
}

const neverAborted = new AbortController().signal;

/** `renew-certificate` → `RenewCertificate`. */
function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}
