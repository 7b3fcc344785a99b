import type {
  ProvenGrant,
  WatchConfigurationRequest,
  WatchConfigurationResponse,
} from '../../../aws/gateway-feed.ts';
import { operation } from '../../../aws/operation.ts';
import { faultPoint } from '../../../lib/fault-points.ts';
import { cursorText, readCursor, rightsOf } from '../cursor.ts';
import { authorizeHolder } from '../holder-session.ts';
import { nextChange } from '../next-change.ts';
import type { GatewayFeedPorts } from '../ports.ts';

const waitSecondsByDefault = 20;

/**
 * Everything at once without a cursor; with one, what changed since, as soon as something did, or everything as soon as
 * a policy of the caller changed. A certificate whose key the caller may not decrypt comes without its grant.
 */
export const WatchConfiguration = operation<
  WatchConfigurationRequest,
  WatchConfigurationResponse,
  GatewayFeedPorts
>('WatchConfiguration', async (input, call, ports) => {
  await authorizeHolder(call, 'WatchConfiguration');
  const { configuration } = ports;
  const rightsNow = async (): Promise<string> => rightsOf(await ports.policiesOf(call));
  const mayHold = (use: ProvenGrant): Promise<boolean> => ports.mayDecrypt(call, use);
  const cursor = readCursor(input.Cursor);
  if (cursor !== undefined) {
    const wait = (input.WaitSeconds ?? waitSecondsByDefault) * 1000;
    const isCurrent = async (): Promise<boolean> =>
      (await configuration.sequence()) === cursor.sequence && (await rightsNow()) === cursor.rights;
    await nextChange(ports, isCurrent, wait, call.signal);
  }
  // Asked before what depends on it: a change meanwhile is told once more, and never left out.
  const rights = await rightsNow();
  const changes =
    cursor?.rights === rights
      ? await configuration.changesAfter(cursor.sequence, mayHold)
      : undefined;
  const { sequence, loadBalancers, removed } = changes ?? (await configuration.everything(mayHold));
  faultPoint('feed.answering');
  return {
    Cursor: cursorText({ sequence, rights }),
    IsComplete: changes === undefined,
    LoadBalancers: loadBalancers,
    Removed: removed,
  };
});
