import type {
  WatchConfigurationRequest,
  WatchConfigurationResponse,
} from '../../../aws/gateway-feed.ts';
import { operation } from '../../../aws/operation.ts';
import { authorizeHolder } from '../holder-session.ts';
import { nextChange } from '../next-change.ts';
import type { GatewayFeedPorts } from '../ports.ts';
import { faultPoint } from '../../../lib/fault-points.ts';

const waitSecondsByDefault = 20;

/** Everything at once without a cursor; with one, what changed since, as soon as something did. */
export const WatchConfiguration = operation<
  WatchConfigurationRequest,
  WatchConfigurationResponse,
  GatewayFeedPorts
>('WatchConfiguration', async (input, call, ports) => {
  await authorizeHolder(call, 'WatchConfiguration');
  const cursor = parseCursor(input.Cursor);
  if (cursor === undefined) return everything(ports);
  const wait = (input.WaitSeconds ?? waitSecondsByDefault) * 1000;
  await nextChange(ports, cursor, wait, call.signal);
  const changes = await ports.configuration.changesAfter(cursor);
  if (changes === undefined) return everything(ports);
  faultPoint('feed.answering');
  return {
    Cursor: String(changes.sequence),
    IsComplete: false,
    LoadBalancers: changes.loadBalancers,
    Removed: changes.removed,
  };
});

async function everything({
  configuration,
}: GatewayFeedPorts): Promise<WatchConfigurationResponse> {
  const { sequence, loadBalancers } = await configuration.everything();
  return { Cursor: String(sequence), IsComplete: true, LoadBalancers: loadBalancers, Removed: [] };
}

function parseCursor(text: string | undefined): number | undefined {
  return text !== undefined && /^(0|[1-9][0-9]{0,14})$/.test(text) ? Number(text) : undefined;
}
