import { setTimeout as sleep } from 'node:timers/promises';
import { CommonError } from '../aws/errors.ts';
import type { Log } from '../lib/log.ts';
import { describeError } from '../lib/log.ts';
import { StoreUnavailable } from '../store/store.ts';
import { VaultUnavailable } from '../vault-client/vault.ts';
import { FileNotWritten } from './private-file.ts';
import { CannotStart } from './under-supervisor.ts';

export interface Patience {
  readonly log: Log;
  readonly stop: AbortSignal;
  /** Called once, when the second try has failed, too: what is over in a moment costs callers a moment, and no refusal. */
  readonly onWait?: () => Promise<void>;
  /** Between two tries; 1,000 when absent. */
  readonly milliseconds?: number;
}

/**
 * Does what a process must have done before it serves, again and again while the store or the vault fails: a process that
 * is started anew on a full disk waits for room, with one line in the log.
 * @param step can be repeated whenever it was cut short
 * @returns undefined when `stop` came first
 * @throws what `step` throws and waiting does not mend
 */
export async function patiently<T>(
  step: () => Promise<T>,
  { log, stop, onWait, milliseconds = 1_000 }: Patience,
): Promise<T | undefined> {
  for (let tries = 1; !stop.aborted; tries++) {
    try {
      const result = await step();
      if (tries > 1) log.info('the start goes on', { tries });
      return result;
    } catch (error) {
      if (!mayPass(error)) throw namedForOperator(error);
      if (tries === 1)
        log.error('the start waits for the store or the vault', { error: describeError(error) });
      if (tries === 2) await onWait?.();
      await sleep(milliseconds, undefined, { signal: stop }).catch(() => {});
    }
  }
  return undefined;
}

/**
 * The same once, for a first start: the operator watches it.
 * @param database its file, to be named
 * @throws CannotStart when files or the store fail
 */
export async function atOnce<T>(step: () => Promise<T>, database: string): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const failure = storeFailureOf(error);
    if (failure === undefined || error instanceof CannotStart) throw namedForOperator(error);
    const line = `${database}: the database takes no change: ${failure.message}`;
    throw new CannotStart(line, { cause: error });
  }
}

function mayPass(error: unknown): boolean {
  return (
    storeFailureOf(error) !== undefined ||
    error instanceof VaultUnavailable ||
    (error instanceof FileNotWritten && ofTheDisk.has(error.code)) ||
    (error instanceof CommonError && error.kind === 'unavailable')
  );
}

const ofTheDisk: ReadonlySet<string> = new Set(['EDQUOT', 'EIO', 'ENOSPC', 'EROFS']);

function namedForOperator(error: unknown): unknown {
  if (!(error instanceof FileNotWritten)) return error;
  return new CannotStart(error.message, { cause: error });
}

/** What the store said, whoever has told it since. */
function storeFailureOf(error: unknown): StoreUnavailable | undefined {
  if (error instanceof StoreUnavailable) return error;
  return error instanceof Error ? storeFailureOf(error.cause) : undefined;
}
