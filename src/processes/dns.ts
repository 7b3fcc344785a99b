import { once } from 'node:events';
import { isIP } from 'node:net';
import { createDnsServer, DnsBindError, notifySecondaries, type DnsServer } from '../dns/index.ts';
import { Challenges } from '../issuance/acme/challenges.ts';
import { acmeMigrations, type AcmeTables } from '../issuance/acme/schema.ts';
import { systemRandom } from '../lib/random.ts';
import { elbv2Migrations, type Elbv2Tables } from '../services/elbv2/schema.ts';
import { createDnsSource, type ZoneSource } from '../services/route53/dns-source.ts';
import { route53Migrations, type Route53Tables } from '../services/route53/schema.ts';
import { loadBalancerNames, route53Options } from './name-service.ts';
import { openStoreFile } from './store-file.ts';
import { CannotStart, runUnderSupervisor, type Supervised } from './under-supervisor.ts';

const migrations = [acmeMigrations, elbv2Migrations, route53Migrations];

/**
 * Answers for the zones that are served here. Reads the store, and can do nothing else: of the rooms it
 * loads what reads, and no operation.
 */
runUnderSupervisor('dns', async ({ settings, log, stop, tell }) => {
  await using store = await openStoreFile<AcmeTables & Elbv2Tables & Route53Tables>(settings, {
    migrations,
    log,
    readOnly: true,
  });
  const names = loadBalancerNames(store.db, settings);
  const source = createDnsSource(
    store.db,
    route53Options(settings),
    names,
    new Challenges(store.db),
  );
  await using _server = await bind({ settings, log }, source);
  tell({ type: 'ready' });
  const { dns, secondaries } = settings;
  if (secondaries.length > 0) {
    void notifySecondaries({
      source,
      secondaries,
      changed: () => store.changed(),
      ...(isIP(dns.host) === 0 ? {} : { localAddress: dns.host }),
      random: systemRandom,
      log,
      stop,
    });
  }
  if (!stop.aborted) await once(stop, 'abort');
});

async function bind(
  { settings, log }: Pick<Supervised, 'settings' | 'log'>,
  source: ZoneSource,
): Promise<DnsServer> {
  try {
    return await createDnsServer({
      ...settings.dns,
      source,
      transfers: { source, secondaries: settings.secondaries },
      log,
    });
  } catch (error) {
    if (error instanceof DnsBindError) throw new CannotStart(error.message, { cause: error });
    throw error;
  }
}
