import { once } from 'node:events';
import { createDnsServer, DnsBindError, type DnsServer } from '../dns/index.ts';
import { openDataStore } from './data-store.ts';
import { createNameService } from './name-service.ts';
import { CannotStart, runUnderSupervisor, type Supervised } from './under-supervisor.ts';

/** Answers for the zones that are served here. Reads the store, and can do nothing else. */
runUnderSupervisor('dns', async ({ settings, log, stop, tell }) => {
  await using store = await openDataStore(settings, log, { readOnly: true });
  const { dnsSource } = createNameService(store.db, settings);
  await using _server = await bind({ settings, log }, dnsSource);
  tell({ type: 'ready' });
  if (!stop.aborted) await once(stop, 'abort');
});

async function bind(
  { settings, log }: Pick<Supervised, 'settings' | 'log'>,
  source: Parameters<typeof createDnsServer>[0]['source'],
): Promise<DnsServer> {
  try {
    return await createDnsServer({ ...settings.dns, source, log });
  } catch (error) {
    if (error instanceof DnsBindError) throw new CannotStart(error.message, { cause: error });
    throw error;
  }
}
