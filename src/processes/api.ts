import { once } from 'node:events';
import { join } from 'node:path';
import { region, type AccountId, type Region } from '../aws/arn.ts';
import { Authority } from '../aws/authority/authority.ts';
import { createPlainServer } from '../aws/http/plain-server.ts';
import { systemClock } from '../lib/clock.ts';
import { describeError } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import { createIam } from '../services/iam/index.ts';
import { ApiEdge } from './api-edge.ts';
import { adoptRows, recordAdoption } from './authority-sets.ts';
import { accessKeyOf, clientEnvFile, refreshClientEnv, type ClientSettings } from './client-env.ts';
import { openDataStore, type DataStore } from './data-store.ts';
import { makeFirstAccount } from './first-account.ts';
import { issueGatewayCredentials } from './gateway-credentials.ts';
import { listenAt } from './listen-at.ts';
import { recordLostCommits } from './lost-commits.ts';
import { plainDescriptor, type ApiReady, type ServerCertificate } from './messages.ts';
import { Metrics } from './metrics.ts';
import { operatorCommands } from './operator-commands.ts';
import { serveOperator } from './operator-server.ts';
import { atOnce, patiently } from './patiently.ts';
import { keepPrivateFile } from './private-file.ts';
import { recoverReceipts } from './receipt-recovery.ts';
import { plugRooms, type Rooms } from './rooms.ts';
import { serverCertificate } from './server-identity.ts';
import { hostInUrl, type Settings } from './settings.ts';
import { storeFileOf } from './store-file.ts';
import { TamperingAlarm } from './tampering-alarm.ts';
import { runUnderSupervisor, type Supervised } from './under-supervisor.ts';
import { followVault } from './vault-channel.ts';
import type { VaultClient } from '../vault-client/client.ts';

/** What a process that retires needs for its end once its last connection is closed. */
const endMilliseconds = 1_000;
const trustMilliseconds = 3_600_000;

/** The control plane's edge: answers the public APIs, the operator, and those who fetch revocation lists. */
runUnderSupervisor('api', async (supervised) => {
  const { settings, log, certificateBefore } = supervised;
  await using edge = new ApiEdge(supervised);
  const patience = { ...supervised, onWait: () => edge.waitFor(() => ['store']) };
  const metrics = new Metrics('api', settings);
  const open = async () => metrics.timing(await openDataStore(settings, log));
  await using store = await (certificateBefore === undefined ? open() : patiently(open, patience));
  if (store === undefined) return;
  void metrics.keepReporting(supervised);
  await runApi(supervised, store, edge, metrics);
});

async function runApi(
  supervised: Supervised,
  store: DataStore,
  edge: ApiEdge,
  metrics: Metrics,
): Promise<void> {
  const { settings, log, certificateBefore } = supervised;
  const vault = metrics.follow(followVault(supervised));
  const alarm = new TamperingAlarm(log);
  const authority = new Authority(store.db, {
    vault,
    changed: () => store.changed(),
    alarm: (broken) => alarm.raise(broken),
  });
  const iam = createIam(store.db, { vault, authority });
  const failing = () => [
    ...(store.isFailing ? ['store'] : []),
    ...(vault.isConnected ? [] : ['vault']),
  ];
  // What fails may be over a moment before the start goes on.
  const waiting = () => (failing().length > 0 ? failing() : ['api']);
  const patience = { ...supervised, onWait: () => edge.waitFor(waiting) };
  const read = async () => ({
    adopted: await adoptRows(store, authority, supervised),
    account: await iam.accounts.first(),
  });
  const file = storeFileOf(settings);
  const isRestart = certificateBefore !== undefined;
  const found = await (isRestart ? patiently(read, patience) : atOnce(read, file));
  if (found === undefined) return;
  const firstAccount = found.account ?? iam.accounts.newId(systemRandom);
  const parts = { store, vault, authority, alarm, iam, firstAccount };
  using rooms = plugRooms({ ...supervised, ...parts, count: metrics.count });
  const trail = { account: firstAccount, region: region(settings.region) };
  vault.beforeUse((epoch) => rooms.vaultEpochs.begin(epoch, rooms.pipeline, trail));
  const begin = () => settled(rooms, { supervised, store, vault, trail, adopted: found.adopted });
  // The very first start is the operator's to watch: it fails. Later ones wait for room.
  const begun = await (found.account === undefined
    ? atOnce(begin, file)
    : patiently(begin, patience));
  if (begun === undefined) return;
  await using _edge = edge;
  await edge.serve({ pipeline: rooms.pipeline, failing }, begun.certificate, () =>
    ownCertificate(rooms, settings),
  );
  await serveUntilStopped(supervised, rooms, edge, { ready: begun.api, failing });
}

/** What has to be right before anybody is served. Can be repeated wherever it was cut short. */
async function settled(
  rooms: Rooms,
  from: {
    readonly supervised: Supervised;
    readonly store: DataStore;
    readonly vault: VaultClient;
    readonly trail: { readonly account: AccountId; readonly region: Region };
    readonly adopted: Awaited<ReturnType<typeof adoptRows>>;
  },
): Promise<{ readonly certificate: ServerCertificate; readonly api: ApiReady }> {
  const { supervised, store, vault, trail, adopted } = from;
  const { settings } = supervised;
  const { pipeline, vaultEpochs, privateCa } = rooms;
  await recordAdoption(adopted, pipeline, trail, supervised);
  const client = clientSettings(settings);
  // Before anything else, so that no record stands in the trail of an account that a crash kept from being made.
  const firstAccount = await makeFirstAccount(rooms, settings, client);
  await recoverReceipts(pipeline, vault, vaultEpochs, trail);
  await vaultEpochs.turnTo(vault.epoch, pipeline, trail);
  await recordLostCommits(store, pipeline, trail);
  await privateCa.ensureCa();
  const certificate = await ownCertificate(rooms, settings);
  const caPem = await privateCa.rootsPem();
  keepPrivateFile(client.caFile, caPem);
  const clientEnv = settings.writesClientEnv ? clientEnvFile(settings.dataDirectory) : undefined;
  if (clientEnv !== undefined) refreshClientEnv(clientEnv, client);
  const key = clientEnv === undefined ? undefined : accessKeyOf(clientEnv);
  return {
    certificate,
    api: {
      caPem,
      ...(firstAccount === undefined ? {} : { firstAccount }),
      ...(key === undefined ? {} : { clientEnvWorks: await rooms.iam.accounts.isActiveKey(key) }),
    },
  };
}

async function serveUntilStopped(
  supervised: Supervised,
  rooms: Rooms,
  edge: ApiEdge,
  { ready, failing }: { readonly ready: ApiReady; readonly failing: () => readonly string[] },
): Promise<void> {
  const { settings, log, stop, tell } = supervised;
  await using plain = createPlainServer({
    crl: (id) => rooms.privateCa.crl(id),
    roots: () => rooms.privateCa.rootsPem(),
    clock: systemClock,
    log,
  });
  await listenAt(plain, '--http', settings.plain, plainDescriptor);
  await using _operator = await serveOperator(
    join(settings.dataDirectory, 'operator.sock'),
    operatorCommands(
      rooms,
      settings,
      clientSettings(settings),
      gatewayReplacement(supervised),
      failing,
    ),
    log,
  );
  const retired = Promise.withResolvers<number>();
  supervised.onMessage((message) => {
    if (message.type === 'retire') retired.resolve(message.milliseconds);
    if (message.type === 'issue-gateway-credentials')
      void answerGateway(message.id, rooms, supervised);
  });
  tell({ type: 'ready', api: ready });
  keepTrust(rooms, supervised, ready.caPem);
  const stopped = stop.aborted ? undefined : once(stop, 'abort');
  const milliseconds = await Promise.race([stopped, retired.promise]);
  if (typeof milliseconds !== 'number') return;
  const rest = milliseconds - endMilliseconds;
  await Promise.race([stopped, Promise.all([edge, plain].map((each) => each.retire(rest)))]);
}

/** Brings `ca.pem` and the gateway up to date, should there be another root while this process lives. */
function keepTrust(
  { privateCa }: Rooms,
  { settings, log, stop, tell }: Supervised,
  caPem: string,
): void {
  let told = caPem;
  const timer = setInterval(() => {
    privateCa
      .rootsPem()
      .then((roots) => {
        if (roots === told) return;
        keepPrivateFile(clientSettings(settings).caFile, roots);
        tell({ type: 'trust', caPem: roots });
        told = roots;
      })
      .catch((error: unknown) =>
        log.error('ca.pem is not up to date', { error: describeError(error) }),
      );
  }, trustMilliseconds);
  stop.addEventListener('abort', () => clearInterval(timer));
}

function ownCertificate({ privateCa }: Rooms, { listen: { host } }: Settings) {
  return serverCertificate(privateCa, host, systemClock);
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
