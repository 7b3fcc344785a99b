import type { Clock } from '../../lib/clock.ts';
import type { Random } from '../../lib/random.ts';
import { soon, type Soon } from '../../lib/soon.ts';
import { timeOrderedUuid } from '../../lib/time-ordered-uuid.ts';
import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import type { Change } from '../../store/change.ts';
import { accessDenied } from '../policy/access-denied.ts';
import { parseArn, type AccountId, type Region } from '../arn.ts';
import { CollectedNotes } from '../audit/notes.ts';
import { auditRecord } from '../audit/record.ts';
import type { AuditRecord } from '../audit/trail.ts';
import type { AuthorizationDetails, Call, NestedEvent } from '../call.ts';
import { globalConditionKeys, type Origin } from '../policy/condition-keys.ts';
import type { Directory } from '../directory.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { ConditionContext, PolicyRequest } from '../policy/types.ts';
import type { Session } from '../session.ts';
import type { Principal } from '../principal.ts';

/** What a call and its nested calls share: one try of one operation, with one Change. */
export interface Attempt {
  readonly change: Change;
  readonly region: Region;
  /** `us-east-1` for calls of a global service, else `region`. */
  readonly auditRegion: string;
  readonly origin: Origin;
  readonly clock: Clock;
  readonly random: Random;
  /** Who asked; what has the signal makes it when somebody looks at it. */
  readonly asker: { readonly signal: AbortSignal };
  readonly directory: Directory;
  /** True on the machine owner's own socket: no policy speaks of him. */
  readonly isOperator: boolean;
  readonly nestedEvents: NestedOutcome[];
  /** Names an error as it stands on the wire of the service with that event source. */
  nameError(
    error: unknown,
    eventSource: string,
  ): { readonly code: string; readonly message: string | undefined };
}

/** A nested call that has ended. */
interface NestedOutcome {
  readonly record: AuditRecord;
  readonly receipts: readonly VaultReceipt[];
}

/** `Call` as the pipeline makes it. */
export class AttemptCall implements Call {
  readonly requestId: string;
  readonly principal: Principal;
  readonly invokedBy: string | undefined;
  readonly audit: CollectedNotes;
  readonly #attempt: Attempt;
  readonly #calledVia: readonly string[];
  #hasAsked = false;

  constructor(
    attempt: Attempt,
    who: {
      readonly requestId: string;
      readonly principal: Principal;
      readonly invokedBy?: string | undefined;
      readonly calledVia?: readonly string[];
      readonly audit?: CollectedNotes;
    },
  ) {
    this.#attempt = attempt;
    this.requestId = who.requestId;
    this.principal = who.principal;
    this.invokedBy = who.invokedBy;
    this.#calledVia = who.calledVia ?? [];
    this.audit = who.audit ?? new CollectedNotes();
  }

  get account(): AccountId {
    return this.principal.account;
  }
  get region(): Region {
    return this.#attempt.region;
  }
  get sourceIp(): string | undefined {
    return this.#attempt.origin.sourceIp;
  }
  get clock(): Clock {
    return this.#attempt.clock;
  }
  get random(): Random {
    return this.#attempt.random;
  }
  get change(): Change {
    return this.#attempt.change;
  }
  get signal(): AbortSignal {
    return this.#attempt.asker.signal;
  }
  /** Whether the operation has asked for its permission, or said that it needs none. */
  get hasAsked(): boolean {
    return this.#hasAsked;
  }

  authorize(action: string, resource: string, details: AuthorizationDetails = {}): Soon<void> {
    this.#hasAsked = true;
    if (this.#attempt.isOperator) return;
    return soon(this.#attempt.directory.policiesOf(this.principal, this.session), (policies) =>
      this.#decide(action, resource, details, policies),
    );
  }

  /** Of the caller; a service acts for itself. */
  get session(): Session | undefined {
    return this.principal.type === 'service' ? undefined : this.#attempt.origin.credential?.session;
  }

  /** @throws CommonError access-denied */
  #decide(
    action: string,
    resource: string,
    details: AuthorizationDetails,
    policies: Awaited<ReturnType<Directory['policiesOf']>>,
  ): void {
    const { principal } = this;
    const { resourceAccount, resourcePolicy, resourcePolicyDecides, isGranted } = details;
    const { accountPolicy } = details;
    const owner = resourceAccount ?? (parseArn(resource)?.account || principal.account);
    const asked = new AskedRequest(principal, action, resource, () => ({
      ...contextOf(details),
      ...this.#globalKeys(),
      'aws:ResourceAccount': owner,
      // A code that comes with the call counts for the call.
      ...(details.hasMfaCode === true
        ? { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '0' }
        : {}),
    }));
    const decision = evaluate(asked, {
      ...policies,
      ...(accountPolicy === undefined ? {} : { identity: [...policies.identity, accountPolicy] }),
      ...(resourcePolicy === undefined ? {} : { resource: resourcePolicy }),
      resourcePolicyDecides: resourcePolicyDecides === true,
      isGranted: isGranted === true,
      resourceAccount: owner,
    });
    if (decision.allowed) return;
    throw accessDenied(principal, action, resource, {
      reason: decision.reason,
      isTold: owner === principal.account && details.hidesReason !== true,
    });
  }

  needsNoPermission(): void {
    this.#hasAsked = true;
  }

  via(service: string): AttemptCall {
    return new AttemptCall(this.#attempt, {
      requestId: this.requestId,
      principal: this.principal,
      invokedBy: service,
      calledVia: [...this.#calledVia, service],
      audit: this.audit,
    });
  }

  as(service: string): AttemptCall {
    return new AttemptCall(this.#attempt, {
      requestId: this.requestId,
      principal: { type: 'service', name: service, account: this.account },
      invokedBy: service,
      audit: this.audit,
    });
  }

  async nested<T>(event: NestedEvent, work: (inner: Call) => Soon<T>): Promise<T> {
    const inner = new AttemptCall(this.#attempt, {
      requestId: this.random.uuid(),
      principal: this.principal,
      invokedBy: this.invokedBy,
      calledVia: this.#calledVia,
    });
    try {
      const result = await work(inner);
      inner.#conclude(event, undefined);
      return result;
    } catch (error) {
      inner.#conclude(event, this.#attempt.nameError(error, event.eventSource));
      throw error;
    }
  }

  #conclude(
    event: NestedEvent,
    error: { readonly code: string; readonly message: string | undefined } | undefined,
  ): void {
    const { origin, auditRegion, nestedEvents } = this.#attempt;
    const at = this.clock.now();
    const record = auditRecord({
      ...event,
      eventType: 'AwsApiCall',
      region: auditRegion,
      account: this.account,
      principal: this.principal,
      credential: origin.credential,
      invokedBy: this.invokedBy,
      sourceIp: origin.sourceIp,
      userAgent: origin.userAgent,
      requestId: this.requestId,
      eventId: timeOrderedUuid(at, this.random),
      at,
      error,
      requestParameters: null,
      responseElements: null,
      notes: this.audit,
    });
    nestedEvents.push({ record, receipts: this.audit.receipts });
  }

  #globalKeys(): ConditionContext {
    const { origin, auditRegion, region, clock } = this.#attempt;
    return globalConditionKeys({
      principal: this.principal,
      requestedRegion: auditRegion,
      region,
      origin,
      calledVia: this.#calledVia,
      now: clock.now(),
    });
  }
}

/** One question to the policies. Most of them have no conditions, and nobody asks for the context. */
class AskedRequest implements PolicyRequest {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly #context: () => ConditionContext;

  constructor(
    principal: Principal,
    action: string,
    resource: string,
    context: () => ConditionContext,
  ) {
    this.principal = principal;
    this.action = action;
    this.resource = resource;
    this.#context = context;
  }

  get context(): ConditionContext {
    return this.#context();
  }
}

function contextOf({ context }: AuthorizationDetails): ConditionContext | undefined {
  return typeof context === 'function' ? context() : context;
}
