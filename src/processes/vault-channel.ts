import type { Socket } from 'node:net';
import { connectVault, type VaultClient } from '../vault-client/client.ts';
import type { Supervised } from './under-supervisor.ts';

/** A vault that was started again is at hand by then. */
const patienceMilliseconds = 2_000;

/** The vault, over the pipe that this process was started with, and then over each that it is given. */
export function followVault({
  onVaultChannel,
  tell,
  log,
}: Pick<Supervised, 'onVaultChannel' | 'tell' | 'log'>): VaultClient {
  let client: VaultClient | undefined;
  let latest: Socket | undefined;
  onVaultChannel((channel) => {
    latest = channel;
    channel.once('close', () => {
      const report = (): void => {
        if (latest === channel) tell({ type: 'vault-channel-lost' });
      };
      setTimeout(report, patienceMilliseconds).unref();
    });
    if (client === undefined) client = connectVault(channel);
    else {
      log.info('another pipe to the vault', {});
      client.replace(channel);
    }
  });
  if (client === undefined) throw new Error('a process without a pipe to the vault');
  return client;
}
