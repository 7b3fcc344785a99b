import { uptime } from 'node:os';
import type { DatabaseSync } from 'node:sqlite';
import { duplexPair, type Duplex } from 'node:stream';
import { freePort } from '../../test/loopback.ts';
import { MemoryStore } from '../../test/fakes/memory-store.ts';
import { clientsOf, type Clients } from '../../test/sdk-clients.ts';
import { region } from '../aws/arn.ts';
import { Authority } from '../aws/authority/authority.ts';
import { createApiServer } from '../aws/http/server.ts';
import { createEnrolledHolder } from '../dataplane/gateway/enrolled-holder.ts';
import { Gateway } from '../dataplane/gateway/gateway.ts';
import { RenewedCredentials } from '../dataplane/gateway/renewed-credentials.ts';
import { signedControlPlane } from '../dataplane/gateway/signed-control-plane.ts';
import { createDnsServer } from '../dns/index.ts';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import { reveal } from '../lib/secret.ts';
import { createIam } from '../services/iam/index.ts';
import type { Change } from '../store/change.ts';
import { connectVault, connectVaultControl } from '../vault-client/client.ts';
import { VaultCore } from '../vault/core.ts';
import { serveChannel } from '../vault/server.ts';
import { migrations, type DataStore, type Tables } from './data-store.ts';
import { issueGatewayCredentials } from './gateway-credentials.ts';
import { plugRooms, type Rooms } from './rooms.ts';
import { serverCertificate } from './server-identity.ts';
import { serveSettings } from './settings.ts';
import { TamperingAlarm } from './tampering-alarm.ts';

/** Everything that `holdfast serve` runs, in this process and on a store in memory, where it can be looked into. */
export interface TestConstellation extends AsyncDisposable {
  readonly rooms: Rooms;
  /** Of the first account's admin. */
  readonly clients: Clients;
  readonly commit: (change: Change) => Promise<void>;
  /** For clients of others than the admin. */
  readonly api: Parameters<typeof clientsOf>[0];
  /** For those who write past the server. */
  readonly database: DatabaseSync;
}

export async function startConstellation(): Promise<TestConstellation> {
  await using stack = new AsyncDisposableStack();
  const memory = await MemoryStore.open<Tables>(Object.assign({}, ...migrations));
  const store: DataStore = Object.assign(memory, {
    changed: () => Number(memory.database.prepare('SELECT total_changes() AS n').get()?.['n']),
    isFailing: false,
    async [Symbol.asyncDispose]() {},
  });
  const core = new VaultCore(new Uint8Array(32).fill(1), systemClock, systemRandom);
  const channel = (role: 'client' | 'control'): Duplex => {
    const [near, far] = duplexPair();
    serveChannel(far, role, core, silentLog);
    return near;
  };
  const vault = connectVault(channel('client'));
  const [port, dnsPort] = [await freePort(), await freePort()];
  const settings = serveSettings(['--dns', `127.0.0.1:${dnsPort}`]);
  const alarm = new TamperingAlarm(silentLog);
  const authority = new Authority(store.db, {
    vault,
    changed: () => store.changed(),
    alarm: (broken) => alarm.raise(broken),
  });
  const iam = createIam(store.db, { vault, authority });
  const account = iam.accounts.newId(systemRandom);
  const log = silentLog;
  const rooms = stack.use(
    plugRooms({
      store,
      vault,
      authority,
      alarm,
      settings,
      iam,
      log,
      firstAccount: account,
      installationId: systemRandom.uuid(),
    }),
  );
  await rooms.privateCa.ensureCa();
  const command = { eventName: 'CreateAccount', requestParameters: null, account };
  const admin = await rooms.pipeline.runAsOperator(
    { ...command, region: region(settings.region) },
    async (call) => {
      await rooms.route53.domains.allow(call.change, account, 'test');
      return iam.accounts.createFirst(call, account);
    },
  );
  using secret = admin.secretAccessKey;

  const tls = await serverCertificate(rooms.privateCa, '127.0.0.1', systemClock);
  const server = stack.use(
    createApiServer({ pipeline: rooms.pipeline, tls, clock: systemClock, log }),
  );
  await server.listen({ host: '127.0.0.1', port });
  const source = rooms.route53.dnsSource;
  stack.use(await createDnsServer({ ...settings.dns, source, log }));
  const api = {
    endpoint: `https://127.0.0.1:${port}`,
    caPem: await rooms.privateCa.rootPem(),
    region: settings.region,
  };

  const holder = await createEnrolledHolder(systemClock, systemRandom);
  await connectVaultControl(channel('control')).enrolHolder(holder);
  const gatewayCredentials = new RenewedCredentials(
    await issueGatewayCredentials(rooms, settings),
    () => {},
    systemClock,
  );
  const gateway = new Gateway({
    controlPlane: signedControlPlane({
      ...api,
      credentials: gatewayCredentials,
      clock: systemClock,
    }),
    endpoint: { host: '127.0.0.1', port },
    holder,
    clock: systemClock,
    random: systemRandom,
    log,
    uptimeSeconds: uptime,
    portOffset: 0,
    onReady: () => {},
  });
  gateway.start();
  stack.defer(() => gateway.stop());

  const commit = (change: Change): Promise<void> => store.commit(change);
  const work = setInterval(() => {
    void rooms.acm.startDueJobs(
      { now: systemClock.now(), limit: 10 },
      {
        commit,
        commitLater: commit,
        log,
        runJob: (job, step) =>
          rooms.pipeline.runJob({ ...job, service: 'acm.amazonaws.com' }, step),
      },
    );
  }, 50);
  stack.defer(() => clearInterval(work));
  const credentials = {
    accessKeyId: admin.accessKeyId,
    secretAccessKey: Buffer.from(reveal(secret)).toString(),
  };
  const place = { ...api, credentials };
  const clients = stack.use(clientsOf(place));
  const running = stack.move();
  const { database } = memory;
  return {
    rooms,
    clients,
    commit,
    api: place,
    database,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
