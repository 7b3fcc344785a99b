import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { faultPoint } from '../lib/fault-points.ts';
import type { Log } from '../lib/log.ts';
import type { HeldSocket } from './held-socket.ts';
import { vaultDescriptor } from './messages.ts';
import { RestartPolicy } from './restart-policy.ts';

export interface SupervisedProcessOptions {
  /** Names the file in `src/processes`, and the log lines. */
  readonly name: string;
  readonly log: Log;
  /** The process gets a pipe of its own to the vault: this is our end, to be forwarded at once. */
  readonly onVaultChannel?: (socket: Socket) => void;
  /** Further descriptors of the child, from 5 on. */
  readonly sockets?: readonly HeldSocket[];
  /** Called after each start. */
  readonly onStart: (child: ChildProcess) => void;
  readonly onMessage: (message: unknown, child: ChildProcess) => void;
  readonly onEnd?: () => void;
  readonly monotonic: () => number;
}

/** A process that is started again whenever it ends, until it is stopped. */
export class SupervisedProcess {
  readonly #options: SupervisedProcessOptions;
  readonly #stopping = new AbortController();
  #child: ChildProcess | undefined;
  readonly #restarts = new RestartPolicy();
  #isReady = false;

  constructor(options: SupervisedProcessOptions) {
    this.#options = options;
  }

  /** Starts in a row that came to nothing. */
  get failures(): number {
    return this.#restarts.failures;
  }

  /** The process does its work. */
  becameReady(): void {
    this.#isReady = true;
  }

  get child(): ChildProcess | undefined {
    return this.#child;
  }

  start(): void {
    const {
      name,
      log,
      onVaultChannel,
      sockets = [],
      onStart,
      onMessage,
      onEnd,
      monotonic,
    } = this.#options;
    const startedAt = monotonic();
    const child = spawn(process.execPath, [processFile(name)], {
      stdio: [
        'ignore',
        'ignore',
        'inherit',
        'ipc',
        onVaultChannel === undefined ? 'ignore' : 'pipe',
        ...sockets,
      ],
      env: childEnvironment(),
    });
    this.#child = child;
    this.#isReady = false;
    if (onVaultChannel !== undefined)
      onVaultChannel(unread(child.stdio[vaultDescriptor] as Socket));
    child.on('message', (message) => onMessage(message, child));
    child.on('error', (error) => {
      // Who is told to end may be gone before the next word to him.
      if (this.#stopping.signal.aborted) return;
      log.error('a process was not started, or not reached', { name, error: error.message });
    });
    child.once('exit', (code, signal) => {
      this.#child = undefined;
      faultPoint('supervisor.saw-end', name);
      const wait = this.#restarts.waitAfter(monotonic() - startedAt, this.#isReady);
      onEnd?.();
      if (this.#stopping.signal.aborted) return;
      log.error('a process ended and is started again', {
        name,
        code: code ?? undefined,
        signal: signal ?? undefined,
      });
      void this.#startAfter(wait);
    });
    faultPoint('supervisor.started', name);
    onStart(child);
  }

  /** From now on its end is not followed by a start. */
  startNoMore(): void {
    this.#stopping.abort();
  }

  /** Asks the process to end, and makes it end after `patienceMilliseconds`. */
  async stop(patienceMilliseconds: number): Promise<void> {
    this.startNoMore();
    const child = this.#child;
    if (child === undefined) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMilliseconds);
    await ended;
    clearTimeout(timer);
  }

  async #startAfter(milliseconds: number): Promise<void> {
    try {
      await sleep(milliseconds, undefined, { signal: this.#stopping.signal });
    } catch {
      return;
    }
    this.start();
  }
}

/** Our end of a pipe that another process gets: not a byte of it may be read here. */
export function unread(pipe: Socket): Socket {
  // A socket begins to read by itself, and there is no public way to keep it from that.
  (pipe as Socket & { _handle: { readStop(): void } | null })._handle?.readStop();
  return pipe;
}

/** From source or built: the sibling of this file. */
function processFile(name: string): string {
  return join(import.meta.dirname, `${name}${extname(import.meta.filename)}`);
}

/** What a child may need of our environment; nothing of it is secret, and nothing else is handed on. */
function childEnvironment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'TZ', 'LANG', 'TMPDIR', 'NODE_COMPILE_CACHE'];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
