import { uptime } from 'node:os';
import { createEnrolledHolder } from '../dataplane/gateway/enrolled-holder.ts';
import { Gateway } from '../dataplane/gateway/gateway.ts';
import { RenewedCredentials } from '../dataplane/gateway/renewed-credentials.ts';
import { signedControlPlane } from '../dataplane/gateway/signed-control-plane.ts';
import { systemClock } from '../lib/clock.ts';
import type {
  GatewayConfiguration,
  GatewayCredentials,
  MessageFromGateway,
  MessageToGateway,
} from '../lib/gateway-control.ts';
import { createLog, describeError } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import { endWithSupervisor } from './end-with-supervisor.ts';
import { HeldGatewaySockets } from './held-gateway-sockets.ts';

const credentialsMilliseconds = 5_000;

/**
 * The process of the data plane. It is one, not a parent with workers: what would be shared among them (keys,
 * ticket keys, who has let go of a revoked certificate) stays in one memory. See src/dataplane/gateway/README.md.
 */
const log = createLog('gateway');
const stop = Promise.withResolvers<void>();
const configured = Promise.withResolvers<GatewayConfiguration>();
const firstCredentials = Promise.withResolvers<GatewayCredentials>();
const sockets = new HeldGatewaySockets(tell);
let credentials: RenewedCredentials | undefined;
let gateway: Gateway | undefined;
let trusted = '';

process.on('SIGTERM', () => stop.resolve());
// Ctrl-C goes to the whole group: the supervisor decides who ends when.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
// Without a supervisor nobody enrols a next holder, and nobody would end this one.
endWithSupervisor();
process.on('uncaughtException', (error) => {
  log.error('the process ends', { error: describeError(error) });
  process.exit(1);
});
process.on('message', (message: MessageToGateway, socket: unknown) => {
  switch (message.type) {
    case 'configuration':
      trusted = message.caPem;
      return configured.resolve(message);
    case 'trust':
      trusted = message.caPem;
      return undefined;
    case 'credentials':
      if (credentials === undefined) return firstCredentials.resolve(message);
      return credentials.replace(message);
    case 'bound':
      return sockets.answer(message, socket);
    case 'retire':
      return void gateway?.retire(message.milliseconds).then(stop.resolve);
  }
});

void run();
await stop.promise;
await gateway?.stop();
process.exit(0);

async function run(): Promise<void> {
  const holder = await createEnrolledHolder(systemClock, systemRandom);
  const { holderId, publicKey } = holder;
  tell({ type: 'enrol', holderId, publicKey: Buffer.from(publicKey).toString('hex') });
  const { endpoint, region, portOffset, gatewayHost, offlineLimitSeconds, isSpare } =
    await configured.promise;
  const askForCredentials = (): void => tell({ type: 'renew-credentials' });
  // Who would make them may just be restarting.
  const impatience = setInterval(askForCredentials, credentialsMilliseconds);
  const renewed = new RenewedCredentials(
    await firstCredentials.promise,
    askForCredentials,
    systemClock,
  );
  clearInterval(impatience);
  credentials = renewed;
  const { hostname, port } = new URL(endpoint);
  gateway = new Gateway({
    controlPlane: signedControlPlane({
      endpoint,
      caPem: () => trusted,
      region,
      credentials: renewed,
      clock: systemClock,
    }),
    endpoint: { host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port || 443) },
    holder,
    clock: systemClock,
    random: systemRandom,
    log,
    uptimeSeconds: uptime,
    portOffset,
    host: gatewayHost,
    offlineLimitSeconds,
    sockets,
    isSpare,
    onReady: () => tell({ type: 'ready' }),
  });
  gateway.start();
}

function tell(message: MessageFromGateway): void {
  if (process.connected) process.send?.(message);
}
