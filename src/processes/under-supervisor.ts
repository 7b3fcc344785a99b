import { Socket } from 'node:net';
import { createLog, describeError, type Log } from '../lib/log.ts';
import { endWithSupervisor } from './end-with-supervisor.ts';
import {
  vaultDescriptor,
  type MessageFromProcess,
  type MessageToProcess,
  type ServerCertificate,
} from './messages.ts';
import type { Settings } from './settings.ts';

/** What a process is given to run with. */
export interface Supervised {
  readonly settings: Settings;
  readonly installationId: string;
  /** Of the API process before, in an API process that is to serve in its place. */
  readonly certificateBefore: ServerCertificate | undefined;
  readonly log: Log;
  /** Aborted when the process is to end. */
  readonly stop: AbortSignal;
  readonly tell: (message: MessageFromProcess) => void;
  /** The pipe to the vault, and whenever the vault was started anew, another. */
  readonly onVaultChannel: (use: (channel: Socket) => void) => void;
  readonly onMessage: (listener: (message: MessageToProcess) => void) => void;
}

/** After it is ready, a process still loads what it needs for its first work. */
const settlingMilliseconds = 3_000;

/** The start takes more than what comes after it, and V8 would keep it until it is short of memory. */
function giveBackMemory(): void {
  globalThis.gc?.({ type: 'major', flavor: 'last-resort' });
}

/** The operator has to change something before another start can succeed. */
export class CannotStart extends Error {}

/**
 * Runs a process of the constellation: waits for its settings, runs `main` until it is told to stop, and ends
 * with the supervisor at the latest.
 */
export function runUnderSupervisor(
  name: string,
  main: (supervised: Supervised) => Promise<void>,
): void {
  const log = createLog(name);
  const stop = new AbortController();
  const channels = new VaultChannels();
  const listeners: ((message: MessageToProcess) => void)[] = [];
  const tell = (message: MessageFromProcess): void => {
    if (process.connected) process.send?.(message);
    if (message.type === 'ready') setTimeout(giveBackMemory, settlingMilliseconds).unref();
  };
  let isRunning = false;
  process.on('SIGTERM', () => {
    if (!isRunning) process.exit(0);
    stop.abort();
  });
  // Ctrl-C goes to the whole group: the supervisor decides who ends when.
  process.on('SIGINT', () => {});
  process.on('SIGHUP', () => {});
  endWithSupervisor();
  process.on('message', (message: MessageToProcess, handle: unknown) => {
    if (message.type === 'vault-channel') channels.add(handle as Socket);
    for (const listener of listeners) listener(message);
    if (message.type !== 'configuration') return;
    isRunning = true;
    const { settings, installationId, certificateBefore } = message;
    const supervised: Supervised = {
      settings,
      installationId,
      certificateBefore,
      log,
      stop: stop.signal,
      tell,
      onVaultChannel: (use) => channels.use(use),
      onMessage: (listener) => listeners.push(listener),
    };
    main(supervised).then(
      () => process.exit(0),
      (error: unknown) => {
        if (error instanceof CannotStart && process.connected) {
          // Sent is not yet on its way: to exit at once would lose what the operator has to read.
          const failed: MessageFromProcess = { type: 'failed', message: error.message };
          return void process.send?.(failed, () => process.exit(1));
        }
        log.error('the process ends', { error: describeError(error) });
        process.exit(1);
      },
    );
  });
}

/** The newest channel counts; the first is a pipe that the process was started with. */
class VaultChannels {
  #latest: Socket | undefined;
  #use: ((channel: Socket) => void) | undefined;

  add(channel: Socket): void {
    this.#latest = channel;
    this.#use?.(channel);
  }

  use(use: (channel: Socket) => void): void {
    this.#use = use;
    use((this.#latest ??= new Socket({ fd: vaultDescriptor })));
  }
}
