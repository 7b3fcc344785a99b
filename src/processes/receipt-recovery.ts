import type { AccountId, Region } from '../aws/arn.ts';
import type { Pipeline } from '../aws/pipeline.ts';
import type { Vault } from '../vault-client/vault.ts';
import { faultPoint } from '../lib/fault-points.ts';

const perRecord = 100;

/**
 * Records the uses of keys whose outcome nobody knows: the vault gave its receipts to a process that ended before
 * its records were durable. Each process that uses keys does it before anything else, and the worker ever again: a
 * vault may still be at work for one that is gone. Where two do it at once, a use may be recorded twice.
 */
export async function recoverReceipts(
  { runJob }: Pick<Pipeline, 'runJob'>,
  vault: Pick<Vault, 'unconfirmed'>,
  trail: { readonly account: AccountId; readonly region: Region },
): Promise<void> {
  const receipts = await vault.unconfirmed();
  if (receipts.length > 0) faultPoint('receipts.abandoned');
  for (let start = 0; start < receipts.length; start += perRecord) {
    const job = {
      name: 'recover-receipts',
      service: 'vault.holdfast.internal',
      ...trail,
    };
    await runJob(job, async (call) => {
      call.audit.additional({ outcome: 'unknown' });
      for (const receipt of receipts.slice(start, start + perRecord)) call.audit.receipt(receipt);
    });
  }
}
