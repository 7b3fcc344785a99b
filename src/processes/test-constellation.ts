import { uptime } from 'node:os';
import type { DatabaseSync } from 'node:sqlite';
import { freePort } from '../../test/loopback.ts';
import { clientsOf, type Clients } from '../../test/sdk-clients.ts';
import { createApiServer } from '../aws/http/server.ts';
import { createEnrolledHolder } from '../dataplane/gateway/enrolled-holder.ts';
import { Gateway } from '../dataplane/gateway/gateway.ts';
import { RenewedCredentials } from '../dataplane/gateway/renewed-credentials.ts';
import { signedControlPlane } from '../dataplane/gateway/signed-control-plane.ts';
import { createDnsServer } from '../dns/index.ts';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import type { Change } from '../store/change.ts';
import { issueGatewayCredentials } from './gateway-credentials.ts';
import type { Rooms } from './rooms.ts';
import { serverCertificate } from './server-identity.ts';
import { openTestRooms } from './test-rooms.ts';

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
  const { rooms, settings, store, first, database, vaultControl } = stack.use(
    await openTestRooms(),
  );
  const log = silentLog;
  const port = await freePort();
  const tls = await serverCertificate(rooms.privateCa, '127.0.0.1', systemClock);
  const server = stack.use(
    createApiServer({ pipeline: rooms.pipeline, tls, clock: systemClock, log }),
  );
  await server.listen({ host: '127.0.0.1', port });
  const source = rooms.route53.dnsSource;
  stack.use(await createDnsServer({ ...settings.dns, source, log }));
  const api = {
    endpoint: `https://127.0.0.1:${port}`,
    caPem: await rooms.privateCa.rootsPem(),
    region: settings.region,
  };

  const holder = await createEnrolledHolder(systemClock, systemRandom);
  await vaultControl.enrolHolder(holder);
  const gatewayCredentials = new RenewedCredentials(
    await issueGatewayCredentials(rooms, settings),
    () => {},
    systemClock,
  );
  const gateway = new Gateway({
    controlPlane: signedControlPlane({
      ...api,
      caPem: () => api.caPem,
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
  const place = { ...api, credentials: first.credentials };
  const clients = stack.use(clientsOf(place));
  const running = stack.move();
  return {
    rooms,
    clients,
    commit,
    api: place,
    database,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
