import type { Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { faultPoint } from '../lib/fault-points.ts';
import { describeError, type Log } from '../lib/log.ts';
import type { Secret } from '../lib/secret.ts';
import { RestartPolicy } from './restart-policy.ts';
import { unread } from './supervised-process.ts';
import { spawnVault, type VaultProcess } from './vault-process.ts';

export type VaultClientName = 'api' | 'worker';

interface Holder {
  readonly holderId: string;
  readonly publicKey: Uint8Array;
}

export interface SupervisedVaultOptions {
  /** Read again at each start: between starts nobody here has it. */
  readonly rootKey: () => Secret;
  /** Names of the clients that live while the vault is started again, each another one. */
  readonly liveClients: () => readonly string[];
  /** Gives a living client its pipe to the new vault. */
  readonly giveChannel: (name: string, channel: Socket) => void;
  readonly log: Log;
  readonly monotonic: () => number;
}

/** The vault, started again whenever it ends. It knows no holders then, and is told them anew. */
export class SupervisedVault {
  readonly #options: SupervisedVaultOptions;
  readonly #holders = new Map<string, Holder>();
  readonly #restarts = new RestartPolicy();
  readonly #stopping = new AbortController();
  #vault: VaultProcess | undefined;

  constructor(options: SupervisedVaultOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#vault !== undefined;
  }

  /** @throws SealError */
  start(): void {
    const { rootKey, liveClients, giveChannel, log, monotonic } = this.#options;
    const startedAt = monotonic();
    const vault = spawnVault({ rootKey: rootKey(), channels: liveClients() });
    this.#vault = vault;
    faultPoint('supervisor.vault-started');
    for (const [name, channel] of Object.entries(vault.channels)) {
      giveChannel(name, unread(channel));
    }
    for (const holder of this.#holders.values()) {
      vault.control.enrolHolder(holder).catch((error: unknown) => {
        log.error('a holder was not enrolled again', { error: describeError(error) });
      });
    }
    vault.child.once('exit', (code, signal) => {
      this.#vault = undefined;
      faultPoint('supervisor.saw-end', 'vault');
      if (this.#stopping.signal.aborted) return;
      log.error('the vault ended and is started again', {
        code: code ?? undefined,
        signal: signal ?? undefined,
      });
      // It is ready as soon as it has read its key.
      void this.#startAgain(this.#restarts.waitAfter(monotonic() - startedAt, true));
    });
  }

  /** Until it succeeds: without a seal that can be read nobody gets a new key, but those who serve go on. */
  async #startAgain(milliseconds: number): Promise<void> {
    try {
      await sleep(milliseconds, undefined, { signal: this.#stopping.signal });
    } catch {
      return;
    }
    try {
      this.start();
    } catch (error) {
      this.#options.log.error('the vault cannot be started', { error: describeError(error) });
      void this.#startAgain(this.#restarts.waitAfter(0, false));
    }
  }

  /** The client was just started, with a pipe of which this is our end. */
  forward(name: VaultClientName, channel: Socket): void {
    if (this.#vault === undefined) channel.destroy();
    else this.#vault.forward(name, channel);
  }

  async enrolHolder(holder: Holder): Promise<void> {
    this.#holders.set(holder.holderId, holder);
    await this.#vault?.control.enrolHolder(holder);
  }

  removeHolder(holderId: string): void {
    this.#holders.delete(holderId);
    this.#vault?.control.removeHolder(holderId).catch((error: unknown) => {
      this.#options.log.warn('a holder was not removed', { error: describeError(error) });
    });
  }

  /** Its sign to end is the end of its IPC channel. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const child = this.#vault?.child;
    if (child === undefined) return;
    const ended = once(child, 'exit');
    if (child.connected) child.disconnect();
    else child.kill('SIGKILL');
    await ended;
  }
}
