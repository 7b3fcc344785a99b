import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unavailable } from '../aws/errors.ts';
import { silentLog } from '../lib/log.ts';
import { StoreUnavailable } from '../store/store.ts';
import { VaultUnavailable } from '../vault-client/vault.ts';
import { atOnce, patiently } from './patiently.ts';
import { FileNotWritten } from './private-file.ts';

const never = new AbortController().signal;

test('what the store or the vault refused is tried until it works, and said once', async () => {
  const failures = [new StoreUnavailable('full'), new VaultUnavailable(), unavailable('full')];
  const lines: string[] = [];
  const keep = (line: string) => void lines.push(line);
  const step = async (): Promise<string> => {
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
    return 'done';
  };
  const log = { info: keep, warn: keep, error: keep };
  assert.equal(await patiently(step, { log, stop: never, milliseconds: 1 }), 'done');
  assert.deepEqual(lines, ['the start waits for the store or the vault', 'the start goes on']);
});

test('what waiting does not mend is thrown at once', async () => {
  const step = () => Promise.reject(new TypeError('a fault of ours'));
  await assert.rejects(patiently(step, { log: silentLog, stop: never }), TypeError);
});

test('whoever stops the process does not wait', async () => {
  const stop = new AbortController();
  const step = () => {
    setImmediate(() => stop.abort());
    return Promise.reject(new StoreUnavailable('full'));
  };
  const waited = patiently(step, { log: silentLog, stop: stop.signal, milliseconds: 3_600_000 });
  assert.equal(await waited, undefined);
});

test('who waits hears of it once, and not of what is over at the next try', async () => {
  let waits = 0;
  const onWait = async () => void waits++;
  const waitsAfter = async (failures: number): Promise<number> => {
    let left = failures;
    const step = async () => {
      if (left-- > 0) throw new StoreUnavailable('full');
    };
    await patiently(step, { log: silentLog, stop: never, milliseconds: 1, onWait });
    return waits;
  };
  assert.equal(await waitsAfter(1), 0);
  assert.equal(await waitsAfter(3), 1);
});

test('a full disk is waited for, missing rights are not', async () => {
  const notWritten = (code: string) =>
    new FileNotWritten('/a/ca.pem', Object.assign(new Error('no'), { code }));
  const failures = [notWritten('ENOSPC'), notWritten('EACCES')];
  const step = async () => {
    throw failures.shift() ?? new TypeError('once too often');
  };
  await assert.rejects(patiently(step, { log: silentLog, stop: never, milliseconds: 1 }), {
    message: '/a/ca.pem cannot be written (EACCES)',
  });
});

test('a first start does not wait: the operator reads in one line what failed', async () => {
  const full = unavailable('try again', new StoreUnavailable('database or disk is full'));
  await assert.rejects(
    atOnce(() => Promise.reject(full), '/a/holdfast.db'),
    {
      message: '/a/holdfast.db: the database takes no change: database or disk is full',
    },
  );
  // The vault is started again, and this process with it.
  await assert.rejects(
    atOnce(() => Promise.reject(new VaultUnavailable()), ''),
    VaultUnavailable,
  );
});
