import { faultPoint } from '../lib/fault-points.ts';
import { describeError } from '../lib/log.ts';
import { TokenBucket } from '../lib/token-bucket.ts';
import type { VaultReceipt } from '../lib/vault-receipt.ts';
import { Change } from '../store/change.ts';
import { region, type AccountId } from './arn.ts';
import { AttemptCall } from './pipeline/attempt.ts';
import { CollectedNotes } from './audit/notes.ts';
import { auditRecord } from './audit/record.ts';
import type { Directory } from './directory.ts';
import { claimOf, findOperation, protocols, type FoundOperation } from './pipeline/dispatch.ts';
import { CommonError } from './errors.ts';
import {
  auditRegion,
  errorAnswer,
  errorName,
  identifyOf,
  nestedErrorName,
  operationEvent,
  proved,
  requestEvent,
  type Exchange,
  type OperationExchange,
} from './pipeline/exchange.ts';
import { requestHead, type HttpAnswer, type HttpRequestLike } from './http/messages.ts';
import { runAsOperator, runJob, type InternalWork } from './pipeline/internal-work.ts';
import type { Service } from './operation.ts';
import type { Input } from './protocols/protocol.ts';
import { settle, type Begun, type Keeping } from './pipeline/settle.ts';
import { SigningKeys } from './sigv4/signing-keys.ts';
import { authenticate } from './sigv4/authenticate.ts';
import { validate } from './validate.ts';
import { StoreUnavailable } from '../store/store.ts';
import { foreseen, internalFailure } from './protocols/wire-errors.ts';

export interface PipelineOptions extends Keeping {
  readonly services: readonly Service[];
  readonly directory: Directory;
  /** The account in which refusals of unknown callers are recorded: the installation's own. */
  readonly defaultAccount: AccountId;
  /** Told of each answer, by names from the tables of services only. */
  readonly answered?: (answer: {
    readonly service: string;
    readonly operation: string;
    readonly status: number;
  }) => void;
}

/** The way of every call: of clients, of jobs, and of the operator. */
export interface Pipeline extends InternalWork, Disposable {
  /** Whether a request with this `X-Amz-Target`, or its answer, may hold a private key. */
  mayCarryKey(target: string): boolean;
  /** Answers a request once its record is durable. Never rejects. */
  handle(request: HttpRequestLike): Promise<HttpAnswer>;
  /** The recorded refusal of a request whose body was not even read. Never rejects. */
  refuse(request: HttpRequestLike, error: CommonError): Promise<HttpAnswer>;
}

export function createPipeline(options: PipelineOptions): Pipeline {
  const pipeline = new RequestPipeline(options);
  return {
    mayCarryKey: (target) => pipeline.mayCarryKey(target),
    handle: (request) => pipeline.handle(request),
    refuse: (request, error) => pipeline.refuseUnread(request, error),
    runJob: (job, work) => runJob(job, work, options),
    runAsOperator: (command, work) => runAsOperator(command, work, options),
    [Symbol.dispose]: () => pipeline[Symbol.dispose](),
  };
}

/**
 * Refusals of callers who proved nothing that are recorded: anybody who reaches the port can cause them, and each takes
 * a kilobyte for as long as records are kept. Those beyond are throttled, and counted in the next record.
 */
const recordedRefusals = { burst: 1_000, perSecond: 20 };

class RequestPipeline implements Disposable {
  readonly #options: PipelineOptions;
  readonly #services: ReadonlyMap<string, Service>;
  readonly #keys = new SigningKeys();
  readonly #refusals: TokenBucket;
  #unrecorded = 0;

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#services = new Map(options.services.map((each) => [each.signingName, each]));
    this.#refusals = new TokenBucket(recordedRefusals, () => options.clock.monotonic());
  }

  /** By the name of the operation, whoever is named before it: better once too often. */
  mayCarryKey(target: string): boolean {
    const name = target.slice(target.lastIndexOf('.') + 1);
    return this.#options.services.some(({ carriesKeys }) => carriesKeys?.has(name) === true);
  }

  async handle(request: HttpRequestLike): Promise<HttpAnswer> {
    const exchange = this.#open(request);
    return this.#counted(exchange, await this.#answer(exchange));
  }

  async refuseUnread(request: HttpRequestLike, error: CommonError): Promise<HttpAnswer> {
    const exchange = this.#open(request);
    return this.#counted(exchange, await this.#refuse(exchange, error));
  }

  #counted({ operation, claim }: Exchange, answer: HttpAnswer): HttpAnswer {
    this.#options.answered?.({
      service: (operation?.service ?? claim.service)?.signingName ?? 'unknown',
      operation: operation?.name ?? 'unknown',
      status: answer.status,
    });
    return answer;
  }

  /** The whole way: each step throws, or hands on to the next. */
  async #answer(exchange: Exchange): Promise<HttpAnswer> {
    const { request } = exchange;
    const secrets = new DisposableStack();
    try {
      const identify = identifyOf(exchange.claim);
      const service = identify?.service.signingName ?? (await this.#authenticate(exchange));
      const operation = findOperation(this.#services, service, exchange.head, request.body);
      exchange.operation = operation;
      const input = this.#readInput(exchange, operation, secrets);
      if (identify !== undefined)
        exchange.caller = await identify.caller(input, request.remoteAddress);
      return await this.#perform(proved(exchange), input);
    } catch (error) {
      return await this.#refuse(exchange, error);
    } finally {
      // Not `using`: for what is done in every call that costs several times as much.
      secrets.dispose();
      request.body.fill(0);
    }
  }

  #open(request: HttpRequestLike): Exchange {
    const head = requestHead(request);
    const claim = claimOf(this.#services, head, request.body);
    return { request, head, requestId: this.#options.random.uuid(), claim };
  }

  /** @returns the signing name of the service that is asked */
  async #authenticate(exchange: Exchange): Promise<string> {
    const { directory, clock } = this.#options;
    const known = { directory, clock, keys: this.#keys };
    const { head, request } = exchange;
    const signer = await authenticate(head, request.body, known, (found) => {
      exchange.credential = found;
    });
    const { credential, region: signedFor, service } = signer;
    exchange.caller = { principal: credential.principal, region: signedFor, credential };
    return service;
  }

  #readInput(
    { head, request }: Exchange,
    operation: FoundOperation,
    secrets: DisposableStack,
  ): Input {
    const { model } = operation;
    const protocol = protocols[model.protocol];
    const input = protocol.readInput(operation, { head, body: request.body }, secrets);
    request.body.fill(0);
    const shape = operation.operation.input;
    if (shape !== undefined) validate(model, shape, input);
    return input;
  }

  /** Runs, records, commits, and then answers. */
  async #perform(exchange: OperationExchange, input: Input): Promise<HttpAnswer> {
    const { operation, requestId, head } = exchange;
    let isThrottled = false;
    const outcome = await settle<unknown>(
      {
        receiptsBefore: openingReceipts(exchange),
        begin: () => this.#beginCall(exchange),
        run: async (call) => {
          const output = await operation.run(input, call);
          if (!call.hasAsked)
            throw new TypeError(`${operation.name} did not ask for its permission`);
          return output;
        },
        record: (call, result, otherReceipts) => {
          const usedKeys = call.audit.receipts.length + otherReceipts.length > 0;
          isThrottled =
            result.error !== undefined && !usedKeys && !this.#mayRecordRefusal(exchange);
          if (isThrottled) return undefined;
          return auditRecord({
            ...this.#requestEvent(exchange),
            ...operationEvent(exchange, input, result, call.audit),
            notes: call.audit,
            otherReceipts,
          });
        },
      },
      this.#options,
    );
    if (isThrottled) return errorAnswer(exchange, tooMany());
    if (outcome.error !== undefined) return errorAnswer(exchange, outcome.error);
    const protocol = protocols[operation.model.protocol];
    return protocol.writeOutput(operation, outcome.output, requestId, head);
  }

  #beginCall(exchange: OperationExchange): Begun {
    const { operation, caller, request, head, requestId } = exchange;
    const { clock, random, directory, services } = this.#options;
    const attempt = {
      change: new Change(),
      region: region(caller.region),
      auditRegion: auditRegion(operation.service, caller.region),
      origin: {
        sourceIp: request.remoteAddress,
        userAgent: head.headers.get('user-agent'),
        referer: head.headers.get('referer'),
        credential: caller.credential,
      },
      clock,
      random,
      directory,
      asker: request,
      isOperator: false,
      nestedEvents: [],
      nameError: (error: unknown, eventSource: string) =>
        nestedErrorName(error, eventSource, services),
    };
    const call = new AttemptCall(attempt, { requestId, principal: caller.principal });
    return { attempt, call };
  }

  /** Answers what did not become a call of an operation, once that is recorded. */
  async #refuse(exchange: Exchange, error: unknown): Promise<HttpAnswer> {
    const { requestId, claim, credential } = exchange;
    const { log, trail, store, vault, clock } = this.#options;
    const expected = foreseen(error);
    const known = expected ?? internalFailure();
    if (expected === undefined)
      log.error('a request failed', { requestId, error: describeError(error) });
    // What names neither a service nor a key is no call: a browser, a port scan.
    if (credential === undefined && claim.service === undefined)
      return errorAnswer(exchange, known);
    if (!this.#mayRecordRefusal(exchange)) return errorAnswer(exchange, tooMany());
    try {
      const change = new Change();
      const notes = new CollectedNotes();
      if (this.#unrecorded > 0) notes.additional({ refusedWithoutRecord: this.#unrecorded });
      this.#unrecorded = 0;
      const record = auditRecord({
        ...this.#requestEvent(exchange),
        error: errorName(known, claim),
        requestParameters: null,
        responseElements: null,
        notes,
        otherReceipts: openingReceipts(exchange),
      });
      trail.write(change, [record], clock.now());
      await store.commit(change);
      faultPoint('refusal.durable', record.eventName);
      vault.confirm(openingReceipts(exchange));
      return errorAnswer(exchange, known);
    } catch (cause) {
      vault.abandon(openingReceipts(exchange));
      // That the store fails it says itself, once.
      if (!(cause instanceof StoreUnavailable))
        log.error('a refusal could not be recorded', { requestId, error: describeError(cause) });
      const notRecorded = 'The request could not be recorded. Try again.';
      return errorAnswer(exchange, new CommonError('unavailable', notRecorded));
    }
  }

  #mayRecordRefusal(exchange: Exchange): boolean {
    const isProved = exchange.caller?.credential !== undefined;
    if (isProved || openingReceipts(exchange).length > 0 || this.#refusals.take()) return true;
    if (this.#unrecorded === 0)
      this.#options.log.warn('calls that nobody signed are refused without a record', {});
    this.#unrecorded += 1;
    return false;
  }

  #requestEvent(exchange: Exchange): ReturnType<typeof requestEvent> {
    const { defaultAccount, random, clock } = this.#options;
    return requestEvent(exchange, { defaultAccount, random, at: clock.now() });
  }

  [Symbol.dispose](): void {
    this.#keys[Symbol.dispose]();
  }
}

function tooMany(): CommonError {
  return new CommonError('throttled', 'Rate exceeded');
}

/** Of the opening of the caller's secret, if this request was the first to need it. */
function openingReceipts({ credential }: Pick<Exchange, 'credential'>): readonly VaultReceipt[] {
  return credential?.receipt === undefined ? [] : [credential.receipt];
}
