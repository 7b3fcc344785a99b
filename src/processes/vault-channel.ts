import { connectVault, type VaultClient } from '../vault-client/client.ts';
import type { Supervised } from './under-supervisor.ts';

/** The vault, over the pipe that this process was started with, and then over each that it is given. */
export function followVault({
  onVaultChannel,
  log,
}: Pick<Supervised, 'onVaultChannel' | 'log'>): VaultClient {
  let client: VaultClient | undefined;
  onVaultChannel((channel) => {
    if (client === undefined) client = connectVault(channel);
    else {
      log.info('another pipe to the vault', {});
      client.replace(channel);
    }
  });
  if (client === undefined) throw new Error('a process without a pipe to the vault');
  return client;
}
