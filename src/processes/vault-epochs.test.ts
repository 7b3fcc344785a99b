import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountId, region } from '../aws/arn.ts';
import type { AuditRecord, AuditTrail } from '../aws/audit/trail.ts';
import { runJob } from '../aws/pipeline/internal-work.ts';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import type { VaultReceipt } from '../lib/vault-receipt.ts';
import { Change } from '../store/change.ts';
import { GuardFailed } from '../store/store.ts';
import { MemoryStore } from '../../test/fakes/memory-store.ts';
import { VaultEpochs, vaultEpochMigrations, type VaultEpochTables } from './vault-epochs.ts';

const place = { account: accountId('111122223333'), region: region('eu-west-1') };

/** Two processes on one store, and what is on record. */
async function twoProcesses() {
  const store = await MemoryStore.open<VaultEpochTables>(vaultEpochMigrations);
  const records: AuditRecord[] = [];
  const trail: AuditTrail = {
    write: (change, written) => change.afterCommit(() => void records.push(...written)),
  };
  const process = () => {
    const epochs = new VaultEpochs(store.db);
    const noting = epochs.noting(trail);
    const host = {
      trail: noting,
      store,
      vault: { confirm() {}, abandon() {} },
      clock: systemClock,
      random: systemRandom,
      log: silentLog,
      directory: { credential: async () => undefined, policiesOf: async () => ({ identity: [] }) },
      services: [],
    };
    return {
      async record(epoch: string, ...numbers: number[]): Promise<void> {
        const change = new Change();
        const vaultReceipts = numbers.map((n) => ({ epoch, n }));
        const record = { additionalEventData: { vaultReceipts } } as unknown as AuditRecord;
        noting.write(change, [record], systemClock.now());
        await store.commit(change);
      },
      unrecorded: async (epoch: string, ...numbers: number[]) =>
        (await epochs.unrecorded(numbers.map((n) => ({ epoch, n }) as VaultReceipt))).map(
          ({ n }) => n,
        ),
      turnTo: (epoch: string) =>
        epochs.turnTo(epoch, { runJob: (job, work) => runJob(job, work, host) }, place),
      begin: (epoch: string) =>
        epochs.begin(epoch, { runJob: (job, work) => runJob(job, work, host) }, place),
      sumUp: (epoch: string) =>
        epochs.sumUp(
          epoch,
          {
            runJob: (job, work) => runJob(job, work, host),
            commit: (change) => store.commit(change),
          },
          place,
        ),
    };
  };
  const ended = (): unknown[] =>
    records
      .filter(({ eventName }) => eventName === 'EndVaultEpoch')
      .map(({ additionalEventData }) => additionalEventData);
  const rows = (): unknown[] => store.database.prepare('SELECT n FROM vault_receipt').all();
  return { api: process(), worker: process(), ended, rows };
}

test('the end of a vault is recorded once, with the last receipt that is on record and those that are not', async () => {
  const { api, worker, ended } = await twoProcesses();
  await api.turnTo('aa');
  await api.record('aa', 1, 2);
  await worker.record('aa', 9);
  await api.record('aa', 5);
  await Promise.all([api.turnTo('bb'), worker.turnTo('bb')]);
  const missingReceipts = [
    [3, 4],
    [6, 8],
  ];
  assert.deepEqual(ended(), [{ vaultEpoch: 'aa', lastRecordedReceipt: 9, missingReceipts }]);
});

test('a vault that ended before anything of it was recorded is on record, too', async () => {
  const { api, ended } = await twoProcesses();
  await api.turnTo('aa');
  await api.turnTo('aa');
  assert.deepEqual(ended(), []);
  await api.turnTo('bb');
  assert.deepEqual(ended(), [{ vaultEpoch: 'aa', lastRecordedReceipt: 0 }]);
});

test('the end of a vault whose page nobody had begun is on record, too', async () => {
  const { api, worker, ended } = await twoProcesses();
  await api.record('aa', 1, 2);
  await worker.turnTo('bb');
  await worker.sumUp('bb');
  assert.deepEqual(ended(), [{ vaultEpoch: 'aa', lastRecordedReceipt: 2 }]);
});

test('the end of a vault whose page was begun when the next one was there already is on record, too', async () => {
  const { api, worker, ended } = await twoProcesses();
  await worker.turnTo('bb');
  await api.begin('aa');
  await worker.sumUp('bb');
  await worker.sumUp('bb');
  assert.deepEqual(ended(), [{ vaultEpoch: 'aa', lastRecordedReceipt: 0 }]);
});

test('a record that comes after the end was recorded makes it be recorded again', async () => {
  const { api, worker, ended } = await twoProcesses();
  await api.turnTo('aa');
  await worker.record('aa', 1, 3);
  await api.turnTo('bb');
  await worker.sumUp('bb');
  assert.equal(ended().length, 1);
  await worker.record('aa', 2);
  await worker.sumUp('bb');
  await worker.sumUp('bb');
  assert.deepEqual(ended(), [
    { vaultEpoch: 'aa', lastRecordedReceipt: 3, missingReceipts: [[2, 2]] },
    { vaultEpoch: 'aa', lastRecordedReceipt: 3 },
  ]);
});

test('a receipt is in one record only, also when a line was drawn below it', async () => {
  const { api, worker } = await twoProcesses();
  await api.turnTo('aa');
  await api.record('aa', 1, 2);
  await assert.rejects(worker.record('aa', 2, 3), GuardFailed);
  assert.deepEqual(await worker.unrecorded('aa', 1, 2, 3), [3]);
  await worker.sumUp('aa');
  await assert.rejects(worker.record('aa', 2, 3), GuardFailed);
  assert.deepEqual(await worker.unrecorded('aa', 1, 2, 3), [3]);
});

test('of what is recorded without a gap one number is kept', async () => {
  const { api, worker, rows } = await twoProcesses();
  await api.turnTo('aa');
  await api.record('aa', 1, 2, 3, 5);
  await worker.sumUp('aa');
  assert.deepEqual(
    rows(),
    [{ n: 5 }].map((row) => Object.assign(Object.create(null), row)),
  );
  await api.record('aa', 4);
  await worker.sumUp('aa');
  assert.deepEqual(rows(), []);
});
