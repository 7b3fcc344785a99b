import { once } from 'node:events';
import { join } from 'node:path';
import { region } from '../aws/arn.ts';
import { Authority } from '../aws/authority/authority.ts';
import { createPlainServer } from '../aws/http/plain-server.ts';
import { createApiServer, type ApiServer, type ApiServerOptions } from '../aws/http/server.ts';
import { systemClock } from '../lib/clock.ts';
import { describeError } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import { createIam } from '../services/iam/index.ts';
import { adoptRows, recordAdoption } from './authority-sets.ts';
import { clientEnvFile, refreshClientEnv, type ClientSettings } from './client-env.ts';
import { openDataStore } from './data-store.ts';
import { makeFirstAccount } from './first-account.ts';
import { issueGatewayCredentials } from './gateway-credentials.ts';
import { recordLostCommits } from './lost-commits.ts';
import { httpsDescriptor, plainDescriptor } from './messages.ts';
import { operatorCommands } from './operator-commands.ts';
import { serveOperator } from './operator-server.ts';
import { patiently } from './patiently.ts';
import { keepPrivateFile } from './private-file.ts';
import { recoverReceipts } from './receipt-recovery.ts';
import { plugRooms, type Rooms } from './rooms.ts';
import { replacedAfterHours, serverCertificate } from './server-identity.ts';
import { hostInUrl, type Endpoint, type Settings } from './settings.ts';
import { TamperingAlarm } from './tampering-alarm.ts';
import { CannotStart, runUnderSupervisor, type Supervised } from './under-supervisor.ts';
import { followVault } from './vault-channel.ts';

const hour = 3_600_000;
/** What a process that retires needs for its end once its last connection is closed. */
const endMilliseconds = 1_000;

/** The control plane's edge: answers the public APIs, the operator, and those who fetch revocation lists. */
runUnderSupervisor('api', async (supervised) => {
  const { settings, log, stop, tell } = supervised;
  await using store = await openDataStore(settings, log);
  const vault = followVault(supervised);
  const alarm = new TamperingAlarm(log);
  const authority = new Authority(store.db, {
    vault,
    changed: () => store.changed(),
    alarm: (broken) => alarm.raise(broken),
  });
  const adopted = await adoptRows(store, authority, supervised);
  const iam = createIam(store.db, { vault, authority });
  const account = (await iam.accounts.first()) ?? iam.accounts.newId(systemRandom);
  using rooms = plugRooms({
    ...supervised,
    store,
    vault,
    authority,
    alarm,
    iam,
    firstAccount: account,
  });
  const trail = { account, region: region(settings.region) };
  vault.beforeUse((epoch) => rooms.vaultEpochs.begin(epoch, rooms.pipeline, trail));
  await recordAdoption(adopted, rooms.pipeline, trail, supervised);
  const client = clientSettings(settings);
  // First of all, so that no record stands in the trail of an account that a crash kept from being made.
  const firstAccount = await makeFirstAccount(rooms, settings, client);
  const begin = async (): Promise<ApiServerOptions['tls']> => {
    await recoverReceipts(rooms.pipeline, vault, rooms.vaultEpochs, trail);
    await rooms.vaultEpochs.turnTo(vault.epoch, rooms.pipeline, trail);
    await recordLostCommits(store, rooms.pipeline, trail);
    await rooms.privateCa.ensureCa();
    return ownCertificate(rooms, settings);
  };
  // The very first start is the operator's to watch: it fails. Later ones wait for room.
  const tls = await (firstAccount === undefined ? patiently(begin, supervised) : begin());
  if (tls === undefined) return;

  const caPem = await rooms.privateCa.rootPem();
  keepPrivateFile(client.caFile, caPem);
  if (settings.writesClientEnv) refreshClientEnv(clientEnvFile(settings.dataDirectory), client);

  await using server = await serveApi(rooms, supervised, tls, () => [
    ...(store.isFailing ? ['store'] : []),
    ...(vault.isConnected ? [] : ['vault']),
  ]);
  await using plain = createPlainServer({ crl: (id) => rooms.privateCa.crl(id), log });
  await listen(plain, '--http', settings.plain, plainDescriptor);
  await using _operator = await serveOperator(
    join(settings.dataDirectory, 'operator.sock'),
    operatorCommands(rooms, settings, client, gatewayReplacement(supervised)),
    log,
  );
  const retired = Promise.withResolvers<number>();
  supervised.onMessage((message) => {
    if (message.type === 'retire') retired.resolve(message.milliseconds);
    if (message.type === 'issue-gateway-credentials')
      void answerGateway(message.id, rooms, supervised);
  });
  tell({ type: 'ready', api: { caPem, ...(firstAccount === undefined ? {} : { firstAccount }) } });
  const stopped = stop.aborted ? undefined : once(stop, 'abort');
  const milliseconds = await Promise.race([stopped, retired.promise]);
  if (typeof milliseconds !== 'number') return;
  const patience = milliseconds - endMilliseconds;
  await Promise.race([stopped, Promise.all([server, plain].map((each) => each.retire(patience)))]);
});

/** HTTPS, with a key of this process and a certificate that is replaced while it runs. */
async function serveApi(
  rooms: Rooms,
  { settings, log, stop, tell }: Supervised,
  tls: ApiServerOptions['tls'],
  failing: () => readonly string[],
): Promise<ApiServer> {
  let hasCarriedKey = false;
  const { pipeline } = rooms;
  const server = createApiServer({
    pipeline,
    tls,
    clock: systemClock,
    log,
    failing,
    onTarget: (target) => {
      if (hasCarriedKey || !pipeline.mayCarryKey(target)) return;
      hasCarriedKey = true;
      tell({ type: 'carried-key' });
    },
  });
  await listen(server, '--listen', settings.listen, httpsDescriptor);
  let replaceAt = systemClock.now().add({ hours: replacedAfterHours });
  const timer = setInterval(() => {
    if (Temporal.Instant.compare(systemClock.now(), replaceAt) < 0) return;
    ownCertificate(rooms, settings).then(
      (renewed) => {
        server.useCertificate(renewed);
        replaceAt = systemClock.now().add({ hours: replacedAfterHours });
      },
      (error: unknown) =>
        log.error("the API's certificate was not replaced", { error: describeError(error) }),
    );
  }, hour);
  stop.addEventListener('abort', () => clearInterval(timer));
  return server;
}

function ownCertificate({ privateCa }: Rooms, { listen: { host } }: Settings) {
  return serverCertificate(privateCa, host, systemClock);
}

async function listen(
  server: Pick<ApiServer, 'listen'>,
  option: string,
  { host, port }: Endpoint,
  descriptor: number,
): Promise<void> {
  try {
    await server.listen({ fd: descriptor });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const reason =
      code === 'EADDRINUSE' ? 'is in use by another process' : `cannot be bound (${code})`;
    throw new CannotStart(`${option}: ${hostInUrl(host)}:${port} ${reason}`, { cause });
  }
}

function clientSettings({
  listen: { host, port },
  dataDirectory,
  region: name,
}: Settings): ClientSettings {
  return {
    endpoint: `https://${hostInUrl(host)}:${port}`,
    caFile: join(dataDirectory, 'ca.pem'),
    region: region(name),
  };
}

/** Only the supervisor can start a process: it is asked, and answers. */
function gatewayReplacement({ tell, onMessage }: Supervised): () => Promise<boolean> {
  const asked = new Map<number, (isReplaced: boolean) => void>();
  let requests = 0;
  onMessage((message) => {
    if (message.type !== 'gateway-replaced') return;
    asked.get(message.id)?.(message.isReplaced);
    asked.delete(message.id);
  });
  return () =>
    new Promise((resolve) => {
      const id = ++requests;
      asked.set(id, resolve);
      tell({ type: 'replace-gateway', id });
    });
}

async function answerGateway(
  id: number,
  rooms: Rooms,
  { settings, tell, log }: Supervised,
): Promise<void> {
  try {
    tell({
      type: 'gateway-credentials',
      id,
      credentials: await issueGatewayCredentials(rooms, settings),
    });
  } catch (error) {
    log.error('no credentials for the gateway', { error: describeError(error) });
    tell({ type: 'gateway-credentials', id });
  }
}
