import type { AccountId, Region } from '../aws/arn.ts';
import type { Pipeline } from '../aws/pipeline.ts';
import type { DataStore } from './data-store.ts';

/** Puts it on record, once, that the operator went on without commits (`holdfast check --accept-lost-commits`). */
export async function recordLostCommits(
  { db }: Pick<DataStore, 'db'>,
  { runAsOperator }: Pick<Pipeline, 'runAsOperator'>,
  trail: { readonly account: AccountId; readonly region: Region },
): Promise<void> {
  const losses = await db.selectFrom('lost_commits').selectAll().orderBy('after_commit').execute();
  for (const { after_commit, through_commit, accepted_at } of losses) {
    const command = {
      eventName: 'AcceptLostCommits',
      requestParameters: {
        afterCommit: after_commit,
        throughCommit: through_commit,
        acceptedAt: Temporal.Instant.fromEpochMilliseconds(accepted_at).toString(),
      },
      ...trail,
    };
    await runAsOperator(command, async ({ change }) =>
      change.write(db.deleteFrom('lost_commits').where('after_commit', '=', after_commit), {
        rows: 1,
      }),
    );
  }
}
