import { describeError } from '../../lib/log.ts';
import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import { Change } from '../../store/change.ts';
import { nextTry } from './domain/retry.ts';
import { appendLines } from './json-lines.ts';
import { OpenedSecrets } from './opened-secrets.ts';
import type { Outbox } from './outbox.ts';
import type { EventsPorts } from './ports.ts';
import type { DeliveryTable, ProgressTable, TargetTable } from './schema.ts';
import type { SealedSecrets } from './sealed-secrets.ts';
import { fileTarget, type Targets } from './targets.ts';
import { NotTaken, post } from './webhook.ts';

const batchSize = 100;
const maxFailureCharacters = 200;

export interface DeliveryHost {
  readonly commit: (change: Change) => Promise<void>;
  /** Puts the vault's receipts on record. */
  readonly record: (receipts: readonly VaultReceipt[]) => Promise<void>;
}

/** Brings events to their targets: to each in order, and at least once. */
export class Delivery implements Disposable {
  readonly #ports: EventsPorts;
  readonly #targets: Targets;
  readonly #outbox: Outbox;
  readonly #secrets: OpenedSecrets;
  /** Targets that are being delivered to. */
  readonly #busy = new Set<string>();

  constructor(ports: EventsPorts, targets: Targets, outbox: Outbox, sealed: SealedSecrets) {
    this.#ports = ports;
    this.#targets = targets;
    this.#outbox = outbox;
    this.#secrets = new OpenedSecrets(sealed);
  }

  /** Begins what is due, and resolves with what runs now; a target that is slow holds up no other. None of them rejects. */
  async start(host: DeliveryHost): Promise<readonly Promise<void>[]> {
    const progress = await this.#outbox.progress();
    if (progress.length === 0) return [];
    const now = this.#ports.clock.now().epochMilliseconds;
    const due = new Map(
      progress
        .filter((each) => Number(each.next_try_at) <= now && !this.#busy.has(each.target_id))
        .map((each) => [each.target_id, each]),
    );
    const targets = await this.#targets.list();
    this.#secrets.keepOnly(targets);
    return targets.flatMap((target) => {
      const known = due.get(target.id);
      return known === undefined ? [] : [this.#run(target, known, host)];
    });
  }

  /** Throws away what no target will get any more; the log says how far. */
  async dropOverdue({ commit }: Pick<DeliveryHost, 'commit'>): Promise<void> {
    for (const { target_id: target } of await this.#outbox.progress()) {
      const last = await this.#outbox.lastToDrop(target, this.#ports.clock.now());
      if (last === undefined) continue;
      const change = new Change();
      this.#outbox.drop(change, target, last);
      await commit(change);
      this.#ports.log.warn('events were thrown away undelivered', { target });
    }
  }

  [Symbol.dispose](): void {
    this.#secrets[Symbol.dispose]();
  }

  async #run(target: TargetTable, progress: ProgressTable, host: DeliveryHost): Promise<void> {
    this.#busy.add(target.id);
    try {
      const waiting = await this.#outbox.waiting(target.id, batchSize);
      if (waiting.length > 0) await this.#deliverAll(target, waiting, progress, host);
    } catch (error) {
      this.#ports.log.error('events could not be kept as delivered, and will be delivered again', {
        target: target.id,
        error: describeError(error),
      });
    } finally {
      this.#busy.delete(target.id);
    }
  }

  async #deliverAll(
    target: TargetTable,
    waiting: readonly DeliveryTable[],
    { attempts }: ProgressTable,
    host: DeliveryHost,
  ): Promise<void> {
    // A file takes all of them in one piece.
    const parts = target.id === fileTarget ? [waiting] : waiting.map((each) => [each]);
    let tries = attempts;
    for (const part of parts) {
      const change = new Change();
      const failure = await this.#deliver(target, part, host);
      if (failure === undefined) {
        this.#outbox.delivered(change, target.id, part.at(-1)?.sequence ?? 0);
        tries = 0;
      } else this.#postpone(change, target, tries + 1, failure);
      await host.commit(change);
      if (failure !== undefined) return;
    }
  }

  /** @returns why it was not delivered */
  async #deliver(
    target: TargetTable,
    events: readonly DeliveryTable[],
    host: DeliveryHost,
  ): Promise<string | undefined> {
    const { file, http, clock } = this.#ports;
    try {
      if (target.id === fileTarget) {
        const lines = events.map(({ body }) => body);
        if (file !== undefined) await appendLines(file, lines);
        return undefined;
      }
      const secrets = await this.#secrets.of(target, host.record);
      for (const event of events) await post(http, target.url, event, { secrets, at: clock.now() });
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  }

  #postpone(change: Change, target: TargetTable, attempts: number, failure: string): void {
    const { clock, random, log } = this.#ports;
    const chance = (random.bytes(1)[0] ?? 0) / 256;
    const at = nextTry(clock.now(), attempts, chance);
    log.warn('events could not be delivered and will be tried again', {
      target: target.id,
      attempts,
      failure,
    });
    this.#outbox.failed(change, {
      target_id: target.id,
      attempts,
      next_try_at: at.epochMilliseconds,
      last_failure: failure,
    });
  }
}

/** For the operator, in one line. What an outbound request failed of names the host and no more. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const isKnown = error instanceof NotTaken || 'failure' in error;
  const code = 'code' in error ? String(error.code) : error.name;
  return (isKnown ? error.message : code).slice(0, maxFailureCharacters);
}
