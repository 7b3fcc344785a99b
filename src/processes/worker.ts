import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../lib/clock.ts';
import { describeError, type Log } from '../lib/log.ts';
import { openDataStore } from './data-store.ts';
import { plugRooms, type Rooms } from './rooms.ts';
import { runUnderSupervisor, type Supervised } from './under-supervisor.ts';
import { followVault } from './vault-channel.ts';

const limit = 50;
const idleMilliseconds = 100;
const housekeepingMilliseconds = 60_000;

/** Does what runs without a caller: validation, issuance, renewal, expiry, revocation lists, clearing away. */
runUnderSupervisor('worker', async (supervised) => {
  const { settings, installationId, log, stop, tell } = supervised;
  await using store = await openDataStore(settings, log);
  const vault = followVault(supervised);
  using rooms = await plugRooms({ store, vault, settings, installationId, log, wakeWorker() {} });
  tell({ type: 'ready' });
  await Promise.all([
    runJobs(rooms, supervised, (change) => store.commit(change)),
    keepHouse(rooms, stop, log),
  ]);
});

/** Looks every 100 ms for what is due, which the API's commits leave in the store. */
async function runJobs(
  { acm, pipeline }: Rooms,
  { log, stop }: Supervised,
  commit: Parameters<Rooms['acm']['runDueJobs']>[1]['commit'],
): Promise<void> {
  const host: Parameters<Rooms['acm']['runDueJobs']>[1] = {
    commit,
    runJob: (job, work) => pipeline.runJob({ ...job, service: 'acm.amazonaws.com' }, work),
    log,
  };
  while (!stop.aborted) {
    let begun = 0;
    try {
      begun = await acm.runDueJobs({ now: systemClock.now(), limit }, host);
    } catch (error) {
      log.error('jobs could not be run', { error: describeError(error) });
    }
    if (begun === 0) await pause(idleMilliseconds, stop);
  }
}

async function keepHouse(
  { privateCa, cloudTrail, iam }: Rooms,
  stop: AbortSignal,
  log: Log,
): Promise<void> {
  const chores: Readonly<Record<string, () => Promise<unknown>>> = {
    'revocation lists': () => privateCa.runDueCrls(systemClock.now()),
    'expired records': () => cloudTrail.removeExpired(systemClock.now()),
    'expired sessions': () => iam.sessions.removeExpired(systemClock.now()),
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

async function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal: stop }).catch(() => {});
}
