import { setTimeout as sleep } from 'node:timers/promises';
import { CommonError } from '../aws/errors.ts';
import type { Log } from '../lib/log.ts';
import { describeError } from '../lib/log.ts';
import { StoreUnavailable } from '../store/store.ts';
import { VaultUnavailable } from '../vault-client/vault.ts';

/**
 * Does what a process must have done before it serves, again and again while the store or the vault fails: a process that
 * is started anew on a full disk waits for room, with one line in the log.
 * @param step can be repeated whenever it was cut short
 * @param milliseconds between two tries
 * @returns undefined when `stop` came first
 * @throws what `step` throws and waiting does not mend
 */
export async function patiently<T>(
  step: () => Promise<T>,
  { log, stop }: { readonly log: Log; readonly stop: AbortSignal },
  milliseconds = 1_000,
): Promise<T | undefined> {
  for (let tries = 1; !stop.aborted; tries++) {
    try {
      const result = await step();
      if (tries > 1) log.info('the start goes on', { tries });
      return result;
    } catch (error) {
      if (!mayPass(error)) throw error;
      if (tries === 1)
        log.error('the start waits for the store or the vault', { error: describeError(error) });
      await sleep(milliseconds, undefined, { signal: stop }).catch(() => {});
    }
  }
  return undefined;
}

function mayPass(error: unknown): boolean {
  return (
    error instanceof StoreUnavailable ||
    error instanceof VaultUnavailable ||
    (error instanceof CommonError && error.kind === 'unavailable')
  );
}
