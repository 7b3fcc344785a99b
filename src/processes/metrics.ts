import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../lib/clock.ts';
import { Counts, type Count } from '../lib/counts.ts';
import type { VaultClient } from '../vault-client/client.ts';
import type { DataStore } from './data-store.ts';
import { bucketOf, exposition, type MetricName } from './open-metrics.ts';
import type { Rooms } from './rooms.ts';
import type { Settings } from './settings.ts';
import type { Supervised } from './under-supervisor.ts';

const reportMilliseconds = 2_000;
/** Without an answer of the supervisor the counters are left out. */
const totalsMilliseconds = 2_000;

/** What this process counts, handed on to the supervisor, which outlives it; nothing where nobody collects metrics. */
export class Metrics {
  readonly #process: string;
  readonly #isWanted: boolean;
  readonly #counts = new Counts();

  constructor(process: string, { metrics }: Pick<Settings, 'metrics'>) {
    this.#process = process;
    this.#isWanted = metrics !== undefined;
  }

  readonly count = (name: MetricName, labels: readonly string[]): void => {
    if (this.#isWanted) this.#counts.add(name, labels);
  };

  /** Measures each commit of the store. */
  timing(store: DataStore): DataStore {
    if (!this.#isWanted) return store;
    const commit = store.commit.bind(store);
    const name: MetricName = 'holdfast_store_commit_seconds';
    store.commit = async (change) => {
      const began = systemClock.monotonic();
      await commit(change);
      const seconds = (systemClock.monotonic() - began) / 1_000;
      this.#counts.add(name, [this.#process, bucketOf(seconds)]);
      this.#counts.add(name, [this.#process, 'sum'], seconds);
    };
    return store;
  }

  follow(vault: VaultClient): VaultClient {
    vault.onUse((operation) => this.count('holdfast_vault_uses', [operation]));
    return vault;
  }

  /** Until the process is to end. */
  async keepReporting({ tell, stop }: Pick<Supervised, 'tell' | 'stop'>): Promise<void> {
    while (this.#isWanted && !stop.aborted) {
      await sleep(reportMilliseconds, undefined, { signal: stop }).catch(() => {});
      const counts = this.#counts.take();
      if (counts.length > 0) tell({ type: 'counted', counts });
    }
  }
}

/** What is measured at the time of asking, and what all processes have counted, as OpenMetrics. */
export async function collectMetrics(
  rooms: Pick<Rooms, 'acm' | 'events'>,
  totals: Totals,
): Promise<string> {
  const [counted, measured] = await Promise.all([totals.ask(), measure(rooms)]);
  return exposition([...counted, ...measured]);
}

async function measure({ acm, events }: Pick<Rooms, 'acm' | 'events'>): Promise<Count[]> {
  const { endings, expiring, jobs } = await acm.measure(systemClock.now());
  const counts: [MetricName, readonly string[], number][] = [
    ...endings.map(({ arn, days }) => named('holdfast_acm_days_to_expiry', arn, days)),
    ...expiring.map(({ days, count }) =>
      named('holdfast_acm_certificates_expiring', String(days), count),
    ),
    ...jobs.flatMap(({ kind, due, oldestSeconds }) => [
      named('holdfast_jobs_due', kind, due),
      named('holdfast_jobs_oldest_due_seconds', kind, oldestSeconds),
    ]),
    ...(await events.list()).flatMap(({ id, backlog, dropped }) => [
      named('holdfast_events_waiting', id, backlog),
      named('holdfast_events_dropped', id, dropped),
    ]),
  ];
  return counts;
}

function named(name: MetricName, label: string, value: number): [MetricName, [string], number] {
  return [name, [label], value];
}

/** What the supervisor has heard of all processes, on demand. */
export class Totals {
  readonly #tell: Supervised['tell'];
  #waiting: ((counts: readonly Count[]) => void)[] = [];

  constructor({ tell, onMessage }: Supervised) {
    this.#tell = tell;
    onMessage((message) => {
      if (message.type !== 'totals') return;
      for (const resolve of this.#waiting.splice(0)) resolve(message.counts);
    });
  }

  ask(): Promise<readonly Count[]> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      setTimeout(() => resolve([]), totalsMilliseconds).unref();
      this.#tell({ type: 'ask-totals' });
    });
  }
}
