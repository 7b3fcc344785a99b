import { setTimeout as sleep } from 'node:timers/promises';
import { region } from '../aws/arn.ts';
import { Authority } from '../aws/authority/authority.ts';
import { scrub } from '../aws/authority/scrub.ts';
import { systemClock } from '../lib/clock.ts';
import { describeError } from '../lib/log.ts';
import { createIam } from '../services/iam/index.ts';
import { Change } from '../store/change.ts';
import { authoritySets } from './authority-sets.ts';
import { StoreUnavailable } from '../store/store.ts';
import { openDataStore, type DataStore } from './data-store.ts';
import { collectMetrics, Metrics, Totals } from './metrics.ts';
import { serveMetrics } from './metrics-server.ts';
import { patiently } from './patiently.ts';
import { recoverReceipts } from './receipt-recovery.ts';
import { plugRooms, type Rooms } from './rooms.ts';
import { TamperingAlarm } from './tampering-alarm.ts';
import { runUnderSupervisor, type Supervised } from './under-supervisor.ts';
import { followVault } from './vault-channel.ts';
import type { VaultReceipt } from '../lib/vault-receipt.ts';
import type { VaultClient } from '../vault-client/client.ts';
import { ReadyKeys } from '../vault-client/ready-keys.ts';
import { VaultUnavailable } from '../vault-client/vault.ts';

type Commit = (change: Change) => Promise<void>;

/** At once. One that waits for a silent name server holds up no other. */
const maxJobs = 100;
/** How soon a commit of another process is noticed, while there are any; and when there was none for a second. */
const lookMilliseconds = { busy: 10, quiet: 50 } as const;
const quietAfterMilliseconds = 1_000;
/** Jobs become due by the clock, too. */
const maxIdleMilliseconds = 100;
const booksMilliseconds = 1_000;
const listsMilliseconds = 1_000;
const deliveryMilliseconds = 500;
const scrubMilliseconds = 1_000;
const housekeepingMilliseconds = 60_000;

/** Does what runs without a caller: validation, issuance, renewal, expiry, revocation lists, clearing away. */
runUnderSupervisor('worker', async (supervised) => {
  const { settings, log, tell } = supervised;
  const metrics = new Metrics('worker', settings);
  await using store = metrics.timing(await openDataStore(settings, log));
  const vault = metrics.follow(followVault(supervised));
  const alarm = new TamperingAlarm(log);
  const authority = new Authority(store.db, {
    vault,
    changed: () => store.changed(),
    alarm: (broken) => alarm.raise(broken),
  });
  const iam = createIam(store.db, { vault, authority });
  const firstAccount = await iam.accounts.first();
  if (firstAccount === undefined)
    throw new Error('the API makes the first account before the worker starts');
  const readyKeys = new ReadyKeys(vault, settings.readyKeys, systemClock);
  using rooms = plugRooms({
    ...supervised,
    store,
    vault,
    readyKeys,
    authority,
    alarm,
    iam,
    firstAccount,
    count: metrics.count,
  });
  const trail = trailOf(rooms, supervised);
  vault.beforeUse((epoch) => rooms.vaultEpochs.begin(epoch, rooms.pipeline, trail));
  const commit: Commit = (change) => store.commit(change);
  await patiently(async () => {
    await recoverReceipts(rooms.pipeline, vault, rooms.vaultEpochs, trail);
    // The folder's lock has seen to it that no other worker lives.
    const takeOver = new Change();
    rooms.acm.endLeases(takeOver, systemClock.now());
    await rooms.events.followSettings(takeOver);
    await commit(takeOver);
  }, supervised);
  await using _metrics = await metricsListener(rooms, supervised);
  tell({ type: 'ready' });
  await Promise.all([
    runJobs(rooms, supervised, store),
    keepBooks(rooms, supervised, vault, commit),
    metrics.keepReporting(supervised),
    deliverEvents(rooms, supervised, store),
    keepHouse(rooms, supervised, commit),
    keepLists(rooms, supervised),
    checkAuthority(store, authority, supervised),
    readyKeys.keepFilled(supervised.stop, pause),
  ]);
});

async function metricsListener(
  rooms: Rooms,
  supervised: Supervised,
): Promise<AsyncDisposable | undefined> {
  const { settings, log } = supervised;
  if (settings.metrics === undefined) return undefined;
  const totals = new Totals(supervised);
  return serveMetrics(settings.metrics, () => collectMetrics(rooms, totals), log);
}

function trailOf({ firstAccount }: Rooms, { settings }: Supervised) {
  return { account: firstAccount, region: region(settings.region) };
}

/** Looks for what is due as soon as anybody has committed, and every 100 ms. */
async function runJobs(
  { acm, pipeline }: Rooms,
  { log, stop }: Supervised,
  store: DataStore,
): Promise<void> {
  const host: Parameters<Rooms['acm']['startDueJobs']>[1] = {
    commit: (change) => store.commit(change),
    commitLater: (change) => commitLater(store, change, stop),
    runJob: (job, work) => pipeline.runJob({ ...job, service: 'acm.amazonaws.com' }, work),
    log,
  };
  const running = new Set<Promise<void>>();
  let newsAt = systemClock.monotonic();
  while (!stop.aborted) {
    const free = maxJobs - running.size;
    let started: readonly Promise<void>[] = [];
    try {
      started = await acm.startDueJobs({ now: systemClock.now(), limit: free }, host);
    } catch (error) {
      if (!isOfStore(error))
        log.error('jobs could not be started', { error: describeError(error) });
      await pause(booksMilliseconds, stop);
    }
    for (const job of started) {
      running.add(job);
      void job.finally(() => running.delete(job));
    }
    if (running.size === maxJobs) await Promise.race(running);
    else {
      const isQuiet = systemClock.monotonic() - newsAt > quietAfterMilliseconds;
      const every = lookMilliseconds[isQuiet ? 'quiet' : 'busy'];
      if (await somethingNew(store, stop, every)) newsAt = systemClock.monotonic();
    }
  }
  await Promise.all(running);
}

/** Brings events to those who want to hear of them: looks for new ones every 500 ms. */
async function deliverEvents(
  rooms: Rooms,
  supervised: Supervised,
  store: DataStore,
): Promise<void> {
  const { stop, log } = supervised;
  const host = {
    commit: (change: Change) => store.commit(change),
    record: (receipts: readonly VaultReceipt[]) =>
      rooms.pipeline.runJob(
        {
          name: 'open-webhook-secret',
          service: 'events.holdfast.internal',
          ...trailOf(rooms, supervised),
        },
        async ({ audit }) => receipts.forEach((receipt) => audit.receipt(receipt)),
      ),
  };
  const running = new Set<Promise<void>>();
  for (; !stop.aborted; await pause(deliveryMilliseconds, stop)) {
    try {
      for (const delivery of await rooms.events.startDeliveries(host)) {
        running.add(delivery);
        void delivery.finally(() => running.delete(delivery));
      }
    } catch (error) {
      if (!isOfStore(error))
        log.error('events could not be delivered', { error: describeError(error) });
    }
  }
  await Promise.all(running);
}

async function commitLater(store: DataStore, change: Change, stop: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await store.commit(change);
    } catch (error) {
      if (!isOfStore(error) || stop.aborted) throw error;
      await pause(booksMilliseconds, stop);
    }
  }
}

/** That the store fails it says itself, once. */
function isOfStore(error: unknown): boolean {
  return (
    error instanceof StoreUnavailable ||
    (error instanceof Error && error.cause instanceof StoreUnavailable)
  );
}

/** @returns whether anybody has committed before it was time to look for jobs anyway */
async function somethingNew(store: DataStore, stop: AbortSignal, every: number): Promise<boolean> {
  const known = commits(store);
  for (let waited = 0; waited < maxIdleMilliseconds; waited += every) {
    await pause(every, stop);
    if (stop.aborted) return false;
    if (commits(store) !== known) return true;
  }
  return false;
}

/** Undefined while the store cannot say: then the clock alone counts. */
function commits(store: DataStore): number | undefined {
  return store.isFailing ? undefined : store.changed();
}

/**
 * Records what nobody else can: the uses of keys by processes that have ended (a key pair that takes seconds may be made
 * for one that was killed meanwhile), and that a vault has ended, once the next one answers.
 */
async function keepBooks(
  rooms: Rooms,
  supervised: Supervised,
  vault: VaultClient,
  commit: Commit,
): Promise<void> {
  const { stop, log } = supervised;
  const trail = trailOf(rooms, supervised);
  const host = { runJob: rooms.pipeline.runJob.bind(rooms.pipeline), commit };
  for (let known = ''; !stop.aborted; await pause(booksMilliseconds, stop)) {
    try {
      await recoverReceipts(rooms.pipeline, vault, rooms.vaultEpochs, trail);
      const { epoch } = vault;
      if (epoch !== known) await rooms.vaultEpochs.turnTo(epoch, rooms.pipeline, trail);
      await rooms.vaultEpochs.sumUp(epoch, host, trail);
      known = epoch;
    } catch (error) {
      // The next vault is on its way.
      if (error instanceof VaultUnavailable || isOfStore(error)) continue;
      log.error('what is left of others was not recorded', { error: describeError(error) });
    }
  }
}

async function keepHouse(
  { acme, privateCa, cloudTrail, events }: Rooms,
  { stop, log }: Supervised,
  commit: Commit,
): Promise<void> {
  const chores: Readonly<Record<string, () => Promise<unknown>>> = {
    'certification authorities': () => privateCa.ensureCa(),
    'revocations at CAs': () => acme.sendRevocations(),
    'events that nobody took': () => events.dropOverdue({ commit }),
    'expired records': () => cloudTrail.removeExpired(systemClock.now(), commit),
  };
  while (!stop.aborted) {
    for (const [chore, run] of Object.entries(chores)) {
      try {
        await run();
      } catch (error) {
        log.error('a chore failed and is tried again', { chore, error: describeError(error) });
      }
    }
    await pause(housekeepingMilliseconds, stop);
  }
}

/** A certificate that is revoked stands on a list within a second or two. */
async function keepLists({ privateCa }: Rooms, { stop, log }: Supervised): Promise<void> {
  for (; !stop.aborted; await pause(listsMilliseconds, stop)) {
    try {
      await privateCa.runDueCrls(systemClock.now());
    } catch (error) {
      if (error instanceof VaultUnavailable || isOfStore(error)) continue;
      log.error('a revocation list could not be made', { error: describeError(error) });
      await pause(housekeepingMilliseconds, stop);
    }
  }
}

/** Goes over all rows that confer authority, ever again, so that tampering is found without a use: at most 50 sets a second. */
async function checkAuthority(
  { db }: DataStore,
  authority: Authority,
  { stop, log }: Supervised,
): Promise<void> {
  while (!stop.aborted) {
    try {
      await scrub(db, authority, authoritySets, async () => {
        await pause(scrubMilliseconds, stop);
        return !stop.aborted;
      });
    } catch (error) {
      log.error('a round of checks was cut short', { error: describeError(error) });
    }
    await pause(housekeepingMilliseconds, stop);
  }
}

async function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal: stop }).catch(() => {});
}
