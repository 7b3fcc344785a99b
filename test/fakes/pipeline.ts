import { region } from '../../src/aws/arn.ts';
import type { Call } from '../../src/aws/call.ts';
import { CommonError } from '../../src/aws/errors.ts';
import type { Service } from '../../src/aws/operation.ts';
import type { ConditionContext } from '../../src/aws/policy/types.ts';
import type { Principal } from '../../src/aws/principal.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { systemRandom } from '../../src/lib/random.ts';
import type { VaultReceipt } from '../../src/lib/vault-receipt.ts';
import { Change } from '../../src/store/change.ts';
import { GuardFailed, type Store } from '../../src/store/store.ts';
import { user } from './principals.ts';

interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly context: ConditionContext;
}

/** Calls of one room, run and committed as the pipeline does; what is permitted, and what time it is, the test says. */
export class FakePipeline {
  now = Temporal.Instant.from('2026-11-24T12:00:00Z');
  region = region('eu-west-1');
  principal: Principal = user('alice');
  denied: (action: string) => boolean = () => false;
  /** Every question for permission. */
  readonly asked: Asked[] = [];
  /** What operations put into their records in place of input and output, or beside them. */
  readonly audited: unknown[] = [];
  readonly receipts: VaultReceipt[] = [];
  readonly abort = new AbortController();
  /** Called between an operation and its commit, once: for races. */
  beforeCommit: (() => Promise<void>) | undefined;
  readonly clock: Clock = { now: () => this.now, monotonic: () => 0 };
  readonly #commit: Store<never>['commit'];

  constructor(store: Pick<Store<never>, 'commit'>) {
    this.#commit = (change) => store.commit(change);
  }

  runOperation<Output>(
    { operations }: Service,
    name: string,
    input: unknown,
    principal?: Principal,
  ): Promise<Output> {
    const run = operations.get(name);
    if (run === undefined) throw new TypeError(`no operation ${name}`);
    return this.as((call) => run(input, call) as Promise<Output>, principal);
  }

  /** Does with a call what an operation or another room would do, again when a guard failed. */
  async as<Output>(
    work: (call: Call) => Promise<Output>,
    principal = this.principal,
  ): Promise<Output> {
    for (let attempt = 0; ; attempt += 1) {
      const call = this.call(principal);
      const output = await work(call);
      const race = this.beforeCommit;
      this.beforeCommit = undefined;
      await race?.();
      try {
        await this.#commit(call.change);
        return output;
      } catch (error) {
        if (!(error instanceof GuardFailed) || attempt === 5) throw error;
      }
    }
  }

  call(principal = this.principal): Call {
    const call: Call = {
      requestId: systemRandom.uuid(),
      account: principal.account,
      region: this.region,
      principal,
      session: undefined,
      invokedBy: undefined,
      sourceIp: undefined,
      clock: this.clock,
      random: systemRandom,
      change: new Change(),
      audit: {
        resource() {},
        requestParameters: (value) => void this.audited.push(value),
        responseElements: (value) => void this.audited.push(value),
        additional: (value) => void this.audited.push(value),
        receipt: (receipt) => void this.receipts.push(receipt),
      },
      signal: this.abort.signal,
      authorize: async (action, resource, details) => {
        const { context = {} } = details ?? {};
        const asked = typeof context === 'function' ? context() : context;
        this.asked.push({ action, resource, context: asked });
        if (this.denied(action))
          throw new CommonError('access-denied', `not authorized to perform: ${action}`);
      },
      needsNoPermission() {},
      via: () => call,
      as: () => call,
      nested: async (_event, work) => work(call),
    };
    return call;
  }

  /** Lets time go by. */
  pass(duration: Temporal.DurationLike): void {
    this.now = this.now.toZonedDateTimeISO('UTC').add(duration).toInstant();
  }
}
