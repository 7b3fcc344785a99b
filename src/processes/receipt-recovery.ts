import type { AccountId, Region } from '../aws/arn.ts';
import type { Pipeline } from '../aws/pipeline.ts';
import type { Vault } from '../vault-client/vault.ts';
import type { VaultEpochs } from './vault-epochs.ts';
import { faultPoint } from '../lib/fault-points.ts';

const perRecord = 100;

/**
 * Records the uses of keys whose outcome nobody knows: the vault gave its receipts to a process that ended before
 * its records were durable. Each process that uses keys does it before anything else, and the worker ever again: a
 * vault may still be at work for one that is gone. What turns out to be on record, because the process ended between its
 * commit and its word to the vault, or because another one was faster, is only confirmed.
 */
export async function recoverReceipts(
  { runJob }: Pick<Pipeline, 'runJob'>,
  vault: Pick<Vault, 'unconfirmed' | 'confirm'>,
  books: Pick<VaultEpochs, 'unrecorded'>,
  trail: { readonly account: AccountId; readonly region: Region },
): Promise<void> {
  const receipts = await vault.unconfirmed();
  for (let start = 0; start < receipts.length; start += perRecord) {
    const some = receipts.slice(start, start + perRecord);
    const job = {
      name: 'recover-receipts',
      service: 'vault.holdfast.internal',
      ...trail,
    };
    faultPoint('receipts.abandoned');
    await runJob(job, async (call) => {
      const vaultReceipts = await books.unrecorded(some);
      if (vaultReceipts.length === 0) return;
      // Not as receipts of this call: it has used no key, and has to decide again who is faster.
      call.audit.additional({ outcome: 'unknown', vaultReceipts });
    });
    vault.confirm(some);
  }
}
