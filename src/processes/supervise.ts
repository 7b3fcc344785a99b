import { once } from 'node:events';
import { systemClock } from '../lib/clock.ts';
import { Counts } from '../lib/counts.ts';
import { createLog, type Log } from '../lib/log.ts';
import type { MetricName } from './open-metrics.ts';
import { holdSocket, type HeldSocket } from './held-socket.ts';
import { openInstallation, type Installation } from './installation.ts';
import type {
  ApiReady,
  MessageFromProcess,
  MessageToProcess,
  ServerCertificate,
} from './messages.ts';
import { RefusedStart } from './refused-start.ts';
import { hostInUrl, serveHelp, serveSettings, type Settings } from './settings.ts';
import { stopSignal } from './stop-signal.ts';
import { SupervisedGateway } from './supervised-gateway.ts';
import { SupervisedProcess, type Replacement } from './supervised-process.ts';
import { SupervisedVault } from './supervised-vault.ts';
import { welcome } from './welcome.ts';
import type { ChildProcess } from 'node:child_process';

type ProcessName = 'api' | 'worker' | 'dns' | 'gateway';

const maxFailedStarts = 4;
const drainMilliseconds = 11_000;
const stopMilliseconds = 5_000;
/** Of the time in which an API process that carried a key has to end: the rest is for the hand-over. */
const shareBeforeSpare = 0.6;

/** The command `holdfast serve`: starts everything, keeps it running, ends it. Resolves with the exit status. */
export async function serve(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(serveHelp);
    return 0;
  }
  const settings = serveSettings(args);
  // Whatever this and the processes it starts make is for their owner only, what SQLite makes by itself included.
  process.umask(0o077);
  const stop = stopSignal();
  const log = createLog('supervisor');
  try {
    await using installation = await openInstallation(settings, { stop });
    if (installation.warning !== undefined) log.warn(installation.warning);
    const sockets = [
      await holdSocket('--listen', settings.listen),
      await holdSocket('--http', settings.plain),
    ];
    await using constellation = new Constellation(settings, installation, sockets, log);
    const ready = await constellation.start(stop);
    if (ready !== undefined) {
      process.stdout.write(welcome(settings, installation, ready));
      await aborted(stop);
      log.info('stopping');
    }
    return 0;
  } catch (error) {
    if (!(error instanceof RefusedStart)) throw error;
    process.stderr.write(`holdfast: ${error.message}\n`);
    return 1;
  }
}

/** All processes of one installation on one machine. */
class Constellation implements AsyncDisposable {
  readonly #settings: Settings;
  readonly #installation: Installation;
  readonly #log: Log;
  readonly #vault: SupervisedVault;
  readonly #processes: Readonly<Record<ProcessName, SupervisedProcess>>;
  readonly #failed = Promise.withResolvers<never>();
  readonly #apiReady = Promise.withResolvers<ApiReady>();
  readonly #allReady: Promise<unknown>;
  readonly #onReady: Record<string, () => void> = {};
  readonly #gateway: SupervisedGateway;
  /** Of all processes, since the start. */
  readonly #counts = new Counts();
  #hasRun = false;
  #caPem = '';
  #apiCertificate: ServerCertificate | undefined;

  constructor(
    settings: Settings,
    installation: Installation,
    sockets: readonly HeldSocket[],
    log: Log,
  ) {
    this.#settings = settings;
    this.#installation = installation;
    this.#log = log;
    this.#failed.promise.catch(() => {});
    const monotonic = (): number => systemClock.monotonic();
    this.#vault = new SupervisedVault({
      rootKey: () => installation.rootKey(),
      liveClients: () => [...this.#vaultClients().keys()],
      giveChannel: (name, socket) =>
        this.#vaultClients()
          .get(name)
          ?.send({ type: 'vault-channel' } satisfies MessageToProcess, socket),
      log,
      monotonic,
    });
    const room = (name: 'api' | 'worker' | 'dns'): SupervisedProcess =>
      new SupervisedProcess({
        name,
        log,
        monotonic,
        ...(name === 'dns'
          ? {}
          : { onVaultChannel: (socket) => this.#vault.forward(name, socket) }),
        ...(name === 'api' ? { sockets } : {}),
        onStart: (child) => {
          // The API makes what the others expect to be there: the schema, the first account, the authority.
          if (name === 'api') {
            this.#configure(child);
          } else void this.#apiReady.promise.then(() => this.#configure(child));
        },
        onMessage: (message, child) => this.#fromRoom(name, message as MessageFromProcess, child),
        onReplaced: (child, milliseconds) =>
          child.send({ type: 'retire', milliseconds } satisfies MessageToProcess),
        onEnd: () => {
          this.#countEnd(name);
          // Those who asked it ask again.
          if (name === 'api') this.#gateway.forgetCredentialRequests();
          this.#giveUpStart(name);
        },
      });
    this.#gateway = new SupervisedGateway({
      vault: this.#vault,
      configuration: async () => {
        await this.#apiReady.promise;
        return this.#gatewayConfiguration();
      },
      askForCredentials: (id) => this.#tellApi({ type: 'issue-gateway-credentials', id }),
      onReady: () => this.#onReady['gateway']?.(),
      onEnd: () => {
        this.#countEnd('gateway');
        this.#giveUpStart('gateway');
      },
      log,
      monotonic,
    });
    this.#processes = {
      api: room('api'),
      worker: room('worker'),
      dns: room('dns'),
      gateway: this.#gateway.process,
    };
    this.#allReady = Promise.all(
      ['worker', 'dns', 'gateway'].map(
        (name) => new Promise<void>((resolve) => (this.#onReady[name] = resolve)),
      ),
    );
  }

  /** Resolves when everything runs; with nothing when `stop` came first. @throws RefusedStart */
  async start(stop: AbortSignal): Promise<ApiReady | undefined> {
    this.#vault.start();
    for (const each of Object.values(this.#processes)) each.start();
    const ready = Promise.all([this.#apiReady.promise, this.#allReady]).then(([api]) => {
      this.#hasRun = true;
      return api;
    });
    return Promise.race([ready, this.#failed.promise, aborted(stop)]);
  }

  /** First those who serve, last what they need. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { gateway, worker, api, dns } = this.#processes;
    // The signal that stops us may have reached the whole group.
    for (const each of Object.values(this.#processes)) each.startNoMore();
    await Promise.all([gateway.stop(drainMilliseconds), worker.stop(stopMilliseconds)]);
    await Promise.all([api.stop(stopMilliseconds), dns.stop(stopMilliseconds)]);
    await this.#vault.stop();
  }

  /** By a name of its own: of one that is replaced there are two. */
  #vaultClients(): ReadonlyMap<string, ChildProcess> {
    const { api, worker } = this.#processes;
    const named = { api: api.children, worker: worker.children };
    return new Map(
      Object.entries(named).flatMap(([name, children]) =>
        children.map((child) => [`${name}-${child.pid}`, child] as const),
      ),
    );
  }

  /** A first start that comes to nothing again and again is refused, and not tried for ever. */
  #giveUpStart(name: ProcessName): void {
    if (this.#hasRun || this.#processes[name].failures < maxFailedStarts) return;
    this.#failed.reject(new RefusedStart(`the ${name} process does not start; the log says why`));
  }

  #configure(child: ChildProcess): void {
    const { installationId } = this.#installation;
    // A spare must not listen before it is ready: the other one serves.
    const certificateBefore =
      child === this.#processes.api.child ? this.#apiCertificate : undefined;
    child.send({
      type: 'configuration',
      settings: this.#settings,
      installationId,
      ...(certificateBefore === undefined ? {} : { certificateBefore }),
    } satisfies MessageToProcess);
  }

  #fromRoom(
    name: 'api' | 'worker' | 'dns',
    message: MessageFromProcess,
    child: ChildProcess,
  ): void {
    switch (message.type) {
      case 'ready':
        this.#processes[name].becameReady(child);
        if (message.api === undefined) return this.#onReady[name]?.();
        this.#trust(message.api.caPem);
        return this.#apiReady.resolve(message.api);
      case 'failed':
        // Once everything ran, one process in trouble is no reason to end the others.
        if (this.#hasRun) return this.#log.error(message.message, { name });
        this.#failed.reject(new RefusedStart(message.message));
        // Another try would end the same way.
        return void this.#processes[name].stop(stopMilliseconds);
      case 'vault-channel-lost':
        // A pipe of its own is something that a process gets only at its start, or at the vault's.
        if (!this.#vault.isRunning) return undefined;
        this.#log.error('a process has lost the vault, which lives, and is started again', {
          name,
        });
        child.kill('SIGTERM');
        return undefined;
      case 'certificate':
        this.#apiCertificate = message.certificate;
        return undefined;
      case 'trust':
        return this.#trust(message.caPem);
      case 'counted':
        return this.#counts.addAll(message.counts);
      case 'ask-totals':
        child.send({ type: 'totals', counts: this.#counts.all() } satisfies MessageToProcess);
        return undefined;
      case 'carried-key':
        return this.#processes[name].replace(child, this.#replacementOfApi());
      case 'gateway-credentials':
        return this.#gateway.giveCredentials(message.id, message.credentials);
      case 'replace-gateway':
        return void this.#gateway.replace().then((isReplaced) => {
          if (child.connected)
            child.send({
              type: 'gateway-replaced',
              id: message.id,
              isReplaced,
            } satisfies MessageToProcess);
        });
    }
  }

  #trust(caPem: string): void {
    if (caPem === this.#caPem) return;
    this.#caPem = caPem;
    this.#gateway.trust(caPem);
  }

  #countEnd(name: ProcessName): void {
    this.#counts.add('holdfast_process_ends' satisfies MetricName, [name]);
  }

  #replacementOfApi(): Replacement {
    const withinMilliseconds = this.#settings.replaceApiWithinSeconds * 1_000;
    return { afterMilliseconds: withinMilliseconds * shareBeforeSpare, withinMilliseconds };
  }

  #gatewayConfiguration() {
    const { listen, region, gatewayPortOffset, gatewayHost, offlineLimitSeconds } = this.#settings;
    return {
      endpoint: `https://${hostInUrl(listen.host)}:${listen.port}`,
      caPem: this.#caPem,
      region,
      portOffset: gatewayPortOffset,
      gatewayHost,
      offlineLimitSeconds,
    };
  }

  #tellApi(message: MessageToProcess): void {
    this.#processes.api.child?.send(message);
  }
}

async function aborted(signal: AbortSignal): Promise<undefined> {
  if (!signal.aborted) await once(signal, 'abort');
  return undefined;
}
