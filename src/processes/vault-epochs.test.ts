import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountId, region } from '../aws/arn.ts';
import type { AuditRecord, AuditTrail } from '../aws/audit/trail.ts';
import { runJob } from '../aws/pipeline/internal-work.ts';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import { Change } from '../store/change.ts';
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
      vault: { confirm() {} },
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
      turnTo: (epoch: string) =>
        epochs.turnTo(epoch, { runJob: (job, work) => runJob(job, work, host) }, place),
    };
  };
  const ended = (): unknown[] =>
    records
      .filter(({ eventName }) => eventName === 'EndVaultEpoch')
      .map(({ additionalEventData }) => additionalEventData);
  return { api: process(), worker: process(), ended };
}

test('the end of a vault is recorded once, with the last receipt that is on record', async () => {
  const { api, worker, ended } = await twoProcesses();
  await api.turnTo('aa');
  await api.record('aa', 1, 2);
  await worker.record('aa', 5);
  await api.record('aa', 4);
  await Promise.all([api.turnTo('bb'), worker.turnTo('bb')]);
  assert.deepEqual(ended(), [{ vaultEpoch: 'aa', lastRecordedReceipt: 5 }]);
});

test('a vault that ended before anything of it was recorded is on record, too', async () => {
  const { api, ended } = await twoProcesses();
  await api.turnTo('aa');
  await api.turnTo('aa');
  assert.deepEqual(ended(), []);
  await api.turnTo('bb');
  assert.deepEqual(ended(), [{ vaultEpoch: 'aa', lastRecordedReceipt: 0 }]);
});

test('a record that comes after the end was recorded makes it be recorded again', async () => {
  const { api, worker, ended } = await twoProcesses();
  await worker.record('aa', 1);
  await api.turnTo('bb');
  await worker.record('aa', 2);
  await worker.turnTo('bb');
  assert.deepEqual(ended().at(-1), { vaultEpoch: 'aa', lastRecordedReceipt: 2 });
});
