import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../lib/clock.ts';
import { faultPoint } from '../../lib/fault-points.ts';
import { describeError, type Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import { Secret } from '../../lib/secret.ts';
import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import { Change } from '../../store/change.ts';
import { GuardFailed, StoreUnavailable, type Store } from '../../store/store.ts';
import type { Vault } from '../../vault-client/vault.ts';
import type { AttemptCall, Attempt } from './attempt.ts';
import type { AuditRecord, AuditTrail } from '../audit/trail.ts';
import { unavailable, type AwsError, type CommonError } from '../errors.ts';
import { foreseen, internalFailure } from '../protocols/wire-errors.ts';

/** Rooms decide again at most so often; a thousand first requests at once need two. */
const maxTries = 12;

/** Where what was decided is kept. */
export interface Keeping {
  readonly trail: AuditTrail;
  readonly store: Pick<Store<any>, 'commit'>;
  readonly vault: Pick<Vault, 'confirm' | 'abandon'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

export type Outcome<T> =
  | { readonly error?: undefined; readonly output: T }
  | { readonly error: AwsError | CommonError };

/** One try: its call, and what that shares with its nested calls. */
export interface Begun {
  readonly attempt: Attempt;
  readonly call: AttemptCall;
}

export interface Work<T> {
  /** Of uses of a key before the first try, for the record of the call. */
  readonly receiptsBefore?: readonly VaultReceipt[];
  begin(): Begun;
  run(call: AttemptCall): Promise<T>;
  /**
   * The record of the call itself; undefined when there is nothing to record.
   * @param lostReceipts of before, and of tries whose Change did not hold
   */
  record(
    call: AttemptCall,
    outcome: Outcome<T>,
    lostReceipts: readonly VaultReceipt[],
  ): AuditRecord | undefined;
}

/**
 * Runs `work` until its Change and its records are durable. A failed guard means: decide again on what is
 * there now. Of an error only the records are kept.
 * @throws CommonError unavailable when the store takes not even the records
 */
export async function settle<T>(work: Work<T>, keeping: Keeping): Promise<Outcome<T>> {
  const receipts: VaultReceipt[] = [...(work.receiptsBefore ?? [])];
  try {
    return await recorded(work, receipts, keeping);
  } catch (error) {
    // This call will have no record to hold them.
    keeping.vault.abandon(receipts);
    throw error;
  }
}

/** @param receipts of uses of a key so far; those of each try are added */
async function recorded<T>(
  work: Work<T>,
  receipts: VaultReceipt[],
  keeping: Keeping,
): Promise<Outcome<T>> {
  for (let tries = 1; ; tries++) {
    const { attempt, call } = work.begin();
    const outcome: Outcome<T> =
      tries <= maxTries
        ? await outcomeOf(call, work, keeping.log)
        : { error: unavailable('The resource is being changed by others. Try again.') };
    let isAnswered = false;
    try {
      const change = outcome.error === undefined ? attempt.change : new Change();
      const own = work.record(call, outcome, receipts);
      const records = own === undefined ? [] : [own];
      receipts.push(...call.audit.receipts);
      for (const nested of attempt.nestedEvents) {
        records.push(outcome.error === undefined ? nested.record : undone(nested.record));
        receipts.push(...nested.receipts);
      }
      const event = records[0]?.eventName;
      faultPoint('call.decided', event);
      if (await isKept(change, records, keeping)) {
        faultPoint('call.durable', event);
        keeping.vault.confirm(receipts);
        faultPoint('call.unanswered', event);
        isAnswered = true;
        return outcome;
      }
      if (tries > maxTries) throw unavailable('The request could not be recorded. Try again.');
    } finally {
      if (!isAnswered) discardSecrets(outcome);
    }
    await wait(backOff(tries, keeping.random));
  }
}

/** What `run` came to. The reason of an error that nobody foresaw goes to the log, and nowhere else. */
async function outcomeOf<T>(call: AttemptCall, work: Work<T>, log: Log): Promise<Outcome<T>> {
  try {
    const output = await work.run(call);
    if (!call.change.isPrepared) await prepared(call.change, output);
    return { output };
  } catch (error) {
    const known = foreseen(error);
    if (known !== undefined) return { error: known };
    if (call.signal.aborted) return { error: unavailable('The call was given up. Try again.') };
    log.error('an operation failed', {
      requestId: call.requestId,
      error: describeError(error),
    });
    return { error: internalFailure() };
  }
}

/** @param output of no use to anybody when the Change cannot be prepared */
async function prepared(change: Change, output: unknown): Promise<void> {
  try {
    await change.prepare();
  } catch (error) {
    discardSecrets(output);
    throw error;
  }
}

/** @returns false when a guard failed */
async function isKept(
  change: Change,
  records: readonly AuditRecord[],
  { trail, store, clock, log }: Keeping,
): Promise<boolean> {
  if (records.length > 0) trail.write(change, records, clock.now());
  try {
    await store.commit(change);
    return true;
  } catch (error) {
    if (error instanceof GuardFailed) return false;
    // That the store fails it says itself, once.
    if (!(error instanceof StoreUnavailable))
      log.error('the store took neither change nor records', { error: describeError(error) });
    throw unavailable('The request could not be recorded. Try again.', error);
  }
}

/** A nested change that succeeded for itself, but was dropped with the call around it. */
function undone(record: AuditRecord): AuditRecord {
  if (record.readOnly || record.errorCode !== undefined) return record;
  return {
    ...record,
    responseElements: null,
    additionalEventData: { ...record.additionalEventData, outcome: 'RolledBack' },
  };
}

/** Overwrites what an output that will never be answered holds. */
function discardSecrets(value: unknown): void {
  if (value instanceof Secret) value[Symbol.dispose]();
  else if (Array.isArray(value)) value.forEach(discardSecrets);
  else if (isPlainObject(value)) Object.values(value).forEach(discardSecrets);
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && value.constructor === Object;
}

/** Milliseconds: at random up to 4, 8, 16 … 256, so that those who collided do not collide again. */
function backOff(tries: number, random: Random): number {
  const [chance = 0] = random.bytes(1);
  return (chance / 255) * 2 ** Math.min(tries + 1, 8);
}
