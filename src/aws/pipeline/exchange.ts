import type { Random } from '../../lib/random.ts';
import { timeOrderedUuid } from '../../lib/time-ordered-uuid.ts';
import type { AccountId } from '../arn.ts';
import type { CollectedNotes } from '../audit/notes.ts';
import type { AuditedEvent } from '../audit/record.ts';
import { auditedValue } from '../audit/audited-values.ts';
import type { Credential } from '../directory.ts';
import { protocols, type Claim, type FoundOperation } from './dispatch.ts';
import type { AwsError, CommonError } from '../errors.ts';
import type { HttpAnswer, HttpRequestLike, RequestHead } from '../http/messages.ts';
import type { Service } from '../operation.ts';
import type { Input } from '../protocols/protocol.ts';
import type { Principal } from '../principal.ts';
import type { Outcome } from './settle.ts';
import { foreseen, internalFailure, wireError } from '../protocols/wire-errors.ts';

/** One request on its way, and what is known of it by now. */
export interface Exchange {
  readonly request: HttpRequestLike;
  readonly head: RequestHead;
  readonly requestId: string;
  readonly claim: Claim;
  /** Set as soon as the access key is known; nobody has proved yet to hold it. */
  credential?: Credential;
  /** Set once it is proved who calls. */
  caller?: Caller;
  operation?: FoundOperation;
}

/** Who was proved to call, and where. */
export interface Caller {
  readonly principal: Principal;
  readonly region: string;
  /** Of who signed. */
  readonly credential?: Credential;
}

/** One that became a call of an operation. */
export interface OperationExchange extends Exchange {
  readonly caller: Caller;
  readonly operation: FoundOperation;
}

/** What identity providers vouch for has no Region in a signature. */
const unsignedRegion = 'us-east-1';

/** How it is found out who calls an operation that nobody signs; undefined for all others. */
export function identifyOf({ service, operationName }: Exchange['claim']) {
  const identify = operationName === undefined ? undefined : service?.unsigned?.get(operationName);
  if (service === undefined || identify === undefined) return undefined;
  return {
    service,
    caller: async (input: Input, remoteAddress: string): Promise<Caller> => ({
      principal: await identify(input, remoteAddress),
      region: unsignedRegion,
    }),
  };
}

/** @throws TypeError */
export function proved(exchange: Exchange): OperationExchange {
  const { caller, operation } = exchange;
  if (caller === undefined || operation === undefined)
    throw new TypeError('nobody proved to call an operation');
  return exchange as OperationExchange;
}

/** What the audit record says of any request, whatever came of it. */
export function requestEvent(
  exchange: Exchange,
  from: {
    readonly defaultAccount: AccountId;
    readonly random: Random;
    readonly at: Temporal.Instant;
  },
): Omit<AuditedEvent, 'requestParameters' | 'responseElements' | 'notes'> {
  const { request, head, claim, credential, caller, operation } = exchange;
  const service = operation?.service ?? claim.service;
  const eventName = operation?.name ?? claim.operationName ?? 'UnknownOperation';
  const host = head.headers.get('host');
  return {
    eventSource: service?.eventSource ?? 'unknown.amazonaws.com',
    eventName,
    readOnly: service?.readOnly.has(eventName) ?? false,
    eventType: 'AwsApiCall',
    region: auditRegion(service, caller?.region ?? 'us-east-1'),
    account: (credential ?? caller)?.principal.account ?? from.defaultAccount,
    principal: caller?.principal,
    accessKeyId: credential?.principal.accessKeyId,
    credential: caller?.credential,
    invokedBy: undefined,
    sourceIp: request.remoteAddress,
    userAgent: head.headers.get('user-agent'),
    tlsDetails:
      request.tls === undefined
        ? undefined
        : {
            tlsVersion: request.tls.version,
            cipherSuite: request.tls.cipherSuite,
            ...(host === undefined ? {} : { clientProvidedHostHeader: host.slice(0, 255) }),
          },
    requestId: exchange.requestId,
    eventId: timeOrderedUuid(from.at, from.random),
    at: from.at,
  };
}

/** What the record says of an operation's input and of what came of it. */
export function operationEvent(
  exchange: OperationExchange,
  input: Input,
  outcome: Outcome<unknown>,
  notes: CollectedNotes,
): Pick<AuditedEvent, 'requestParameters' | 'responseElements' | 'error'> {
  const { model, operation, service, name } = exchange.operation;
  const showsOutput = operation.output !== undefined && !service.readOnly.has(name);
  return {
    error: outcome.error === undefined ? undefined : errorName(outcome.error, exchange.claim),
    // What the operation has noted itself goes before, and need not be made.
    requestParameters:
      operation.input === undefined || notes.parameters !== undefined
        ? null
        : auditedValue(model, operation.input, input),
    responseElements:
      outcome.error === undefined && showsOutput && notes.elements === undefined
        ? auditedValue(model, operation.output!, outcome.output)
        : null,
  };
}

/** Global services have their records in one Region. */
export function auditRegion(service: Service | undefined, region: string): string {
  return service?.isGlobal === true ? 'us-east-1' : region;
}

/** An error as it stands on the wire, for the record. */
export function errorName(
  error: unknown,
  { protocol, service }: Pick<Claim, 'protocol' | 'service'>,
): { readonly code: string; readonly message: string | undefined } {
  return wireError(foreseen(error) ?? internalFailure(), protocol, service?.model);
}

/** The same for a nested call, as the service that was called names it. */
export function nestedErrorName(
  error: unknown,
  eventSource: string,
  services: Iterable<Service>,
): ReturnType<typeof errorName> {
  const service = [...services].find((each) => each.eventSource === eventSource);
  return errorName(error, { service, protocol: service?.model.protocol ?? 'json' });
}

export function errorAnswer(
  { claim, requestId, head }: Pick<Exchange, 'claim' | 'requestId' | 'head'>,
  error: AwsError | CommonError,
): HttpAnswer {
  const { protocol, service } = claim;
  const wire = wireError(error, protocol, service?.model);
  return protocols[protocol].writeError(service, wire, requestId, head);
}
