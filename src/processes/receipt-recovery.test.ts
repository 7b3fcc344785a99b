import assert from 'node:assert/strict';
import { test } from 'node:test';
import { region } from '../aws/arn.ts';
import type { AuditRecord } from '../aws/audit/trail.ts';
import { receiptsOf } from '../aws/audit/record.ts';
import { runJob } from '../aws/pipeline/internal-work.ts';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import type { VaultReceipt } from '../lib/vault-receipt.ts';
import { StoreUnavailable } from '../store/store.ts';
import { account } from '../../test/fakes/principals.ts';
import { recoverReceipts } from './receipt-recovery.ts';

function receipts(count: number): VaultReceipt[] {
  const like = { epoch: 'aa', operation: 'decrypt', keyId: 'k', contextHash: '', mac: '' };
  return Array.from({ length: count }, (_, at) => ({
    ...like,
    n: at + 1,
    recipientHash: undefined,
    principal: 'p',
  }));
}

/** A vault that was left with receipts, and where what is recorded of them goes. */
function abandoned(
  left: readonly VaultReceipt[],
  commit: () => Promise<void> = async () => {},
  recorded: readonly VaultReceipt[] = [],
) {
  const records: AuditRecord[] = [];
  const confirmed: VaultReceipt[] = [];
  const host = {
    trail: {
      write: (_change: unknown, written: readonly AuditRecord[]) => records.push(...written),
    },
    store: { commit },
    vault: { confirm: (some: readonly VaultReceipt[]) => confirmed.push(...some), abandon() {} },
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    directory: { credential: async () => undefined, policiesOf: async () => ({ identity: [] }) },
    services: [],
  };
  const recover = (): Promise<void> =>
    recoverReceipts(
      { runJob: (job, work) => runJob(job, work, host) },
      { unconfirmed: async () => left, confirm: (some) => void confirmed.push(...some) },
      { unrecorded: async (some) => some.filter((each) => !recorded.includes(each)) },
      { account, region: region('eu-west-1') },
    );
  return { records, confirmed, recover };
}

test('every use that a process left unrecorded is recorded as of unknown outcome, then confirmed', async () => {
  const left = receipts(250);
  const { records, confirmed, recover } = abandoned(left);
  await recover();
  assert.deepEqual(records.flatMap(receiptsOf), left);
  assert.deepEqual(confirmed, left);
  for (const { eventName, additionalEventData } of records) {
    assert.equal(eventName, 'RecoverReceipts');
    assert.equal(additionalEventData?.['outcome'], 'unknown');
  }
  assert.equal(records.length, 3);
});

test('nothing is confirmed that could not be recorded', async () => {
  const { confirmed, recover } = abandoned(receipts(1), () =>
    Promise.reject(new StoreUnavailable('full')),
  );
  await assert.rejects(recover());
  assert.deepEqual(confirmed, []);
});

test('what is on record already is only confirmed', async () => {
  const left = receipts(3);
  const { records, confirmed, recover } = abandoned(left, undefined, [left[0]!, left[2]!]);
  await recover();
  assert.deepEqual(records.flatMap(receiptsOf), [left[1]]);
  assert.deepEqual(confirmed, left);
});

test('where all that was left is on record, nothing is recorded', async () => {
  const left = receipts(2);
  const { records, confirmed, recover } = abandoned(left, undefined, left);
  await recover();
  assert.deepEqual(records, []);
  assert.deepEqual(confirmed, left);
});

test('where nothing was left, nothing is recorded', async () => {
  const { records, recover } = abandoned([]);
  await recover();
  assert.deepEqual(records, []);
});
