import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { faultPoint } from '../lib/fault-points.ts';
import type {
  GatewayConfiguration,
  GatewayCredentials,
  MessageFromGateway,
  MessageToGateway,
} from '../lib/gateway-control.ts';
import { describeError, type Log } from '../lib/log.ts';
import { GatewaySockets } from './gateway-sockets.ts';
import type { TemporaryCredentials } from './messages.ts';
import { SupervisedProcess } from './supervised-process.ts';
import type { SupervisedVault } from './supervised-vault.ts';

/** As long as load balancers of AWS give targets that are taken away (`deregistration_delay.timeout_seconds`). */
const retirementMilliseconds = 300_000;
/** The last second is for the end of the process. */
const endMilliseconds = 1_000;
const replacementPatienceMilliseconds = 60_000;

export interface SupervisedGatewayOptions {
  readonly vault: Pick<SupervisedVault, 'enrolHolder' | 'removeHolder'>;
  /** Resolves once there is an API. */
  readonly configuration: () => Promise<Omit<GatewayConfiguration, 'type' | 'isSpare'>>;
  /** Asks the API for credentials; they come by `giveCredentials`. */
  readonly askForCredentials: (id: number) => void;
  readonly onReady: () => void;
  readonly onEnd: () => void;
  readonly log: Log;
  readonly monotonic: () => number;
}

/** The gateway, started again whenever it ends. Its sockets are held here, and each start enrols as another holder. */
export class SupervisedGateway {
  readonly process: SupervisedProcess;
  readonly #options: SupervisedGatewayOptions;
  readonly #sockets = new GatewaySockets();
  readonly #holderIds = new Map<ChildProcess, string>();
  /** Those that wait for credentials, by the number of their request. */
  readonly #credentialRequests = new Map<number, ChildProcess>();
  #requests = 0;
  #replacement: PromiseWithResolvers<true> | undefined;

  constructor(options: SupervisedGatewayOptions) {
    this.#options = options;
    const { log, monotonic, onEnd } = options;
    this.process = new SupervisedProcess({
      name: 'gateway',
      log,
      monotonic,
      onStart: () => {},
      onMessage: (message, child) => void this.#hear(message as MessageFromGateway, child),
      onReplaced: (child, milliseconds) => {
        this.#replacement?.resolve(true);
        this.#replacement = undefined;
        tell(child, { type: 'retire', milliseconds: milliseconds - endMilliseconds });
      },
      onEnd,
      onExit: (child) => this.#ended(child),
    });
  }

  /**
   * Starts another gateway, which takes over once it holds every key that it can get; the one before finishes what
   * is open, for five minutes at most. Resolves with whether it has taken over within a minute; else it still may.
   */
  async replace(): Promise<boolean> {
    const { child, isReady } = this.process;
    if (child === undefined || !isReady) return false;
    this.#replacement ??= Promise.withResolvers<true>();
    this.process.replace(child, {
      afterMilliseconds: 0,
      withinMilliseconds: retirementMilliseconds,
    });
    const patience = sleep(replacementPatienceMilliseconds, false, { ref: false });
    return Promise.race([this.#replacement.promise, patience]);
  }

  /** @param credentials undefined when the API could make none */
  giveCredentials(id: number, credentials: TemporaryCredentials | undefined): void {
    const child = this.#credentialRequests.get(id);
    this.#credentialRequests.delete(id);
    faultPoint('supervisor.has-credentials');
    if (credentials === undefined) this.#options.log.error('the gateway got no credentials');
    else if (child !== undefined)
      tell(child, { type: 'credentials', ...credentials } satisfies GatewayCredentials);
  }

  /** Tells the gateways that run what the API's certificates are checked by. @param caPem PEM */
  trust(caPem: string): void {
    for (const child of this.process.children) tell(child, { type: 'trust', caPem });
  }

  /** Whoever asked it asks again. */
  forgetCredentialRequests(): void {
    this.#credentialRequests.clear();
  }

  async #hear(message: MessageFromGateway, child: ChildProcess): Promise<void> {
    try {
      switch (message.type) {
        case 'enrol':
          return await this.#enrol(message, child);
        case 'renew-credentials':
          return this.#requestCredentials(child);
        case 'bind':
          return await this.#sockets.give(child, message);
        case 'release':
          return this.#sockets.release(child, message);
        case 'ready':
          this.process.becameReady(child);
          this.#sockets.closeUnused(this.process.children);
          return this.#options.onReady();
      }
    } catch (error) {
      this.#options.log.error('the gateway could not be served', { error: describeError(error) });
      child.kill('SIGKILL');
    }
  }

  async #enrol(
    { holderId, publicKey }: Extract<MessageFromGateway, { type: 'enrol' }>,
    child: ChildProcess,
  ): Promise<void> {
    const { vault, configuration } = this.#options;
    const isSpare = child !== this.process.child;
    this.#holderIds.set(child, holderId);
    await vault.enrolHolder({ holderId, publicKey: Buffer.from(publicKey, 'hex') });
    faultPoint('supervisor.enrolled');
    tell(child, { type: 'configuration', ...(await configuration()), isSpare });
    this.#requestCredentials(child);
  }

  #requestCredentials(child: ChildProcess): void {
    const id = ++this.#requests;
    this.#credentialRequests.set(id, child);
    this.#options.askForCredentials(id);
  }

  #ended(child: ChildProcess): void {
    const holderId = this.#holderIds.get(child);
    this.#holderIds.delete(child);
    if (holderId !== undefined) this.#options.vault.removeHolder(holderId);
    if (this.process.isReady) this.#sockets.closeUnused(this.process.children);
  }
}

function tell(child: ChildProcess, message: MessageToGateway): void {
  if (child.connected) child.send(message);
}
