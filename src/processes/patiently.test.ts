import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unavailable } from '../aws/errors.ts';
import { silentLog } from '../lib/log.ts';
import { StoreUnavailable } from '../store/store.ts';
import { VaultUnavailable } from '../vault-client/vault.ts';
import { patiently } from './patiently.ts';

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
  assert.equal(await patiently(step, { log, stop: never }, 1), 'done');
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
  const waited = patiently(step, { log: silentLog, stop: stop.signal }, 3_600_000);
  assert.equal(await waited, undefined);
});
