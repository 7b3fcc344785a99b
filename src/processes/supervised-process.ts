import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../lib/log.ts';
import { vaultDescriptor } from './messages.ts';

const longestBackOffMilliseconds = 5_000;
/** A process that lived this long has not failed at its start. */
const steadyMilliseconds = 10_000;

export interface SupervisedProcessOptions {
  /** Names the file in `src/processes`, and the log lines. */
  readonly name: string;
  readonly log: Log;
  /** The process gets a pipe of its own to the vault: this is our end, to be forwarded at once. */
  readonly onVaultChannel?: (socket: Socket) => void;
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
  #failures = 0;

  constructor(options: SupervisedProcessOptions) {
    this.#options = options;
  }

  get child(): ChildProcess | undefined {
    return this.#child;
  }

  start(): void {
    const { name, log, onVaultChannel, onStart, onMessage, onEnd, monotonic } = this.#options;
    const startedAt = monotonic();
    const child = spawn(process.execPath, [processFile(name)], {
      stdio: [
        'ignore',
        'ignore',
        'inherit',
        'ipc',
        onVaultChannel === undefined ? 'ignore' : 'pipe',
      ],
      env: childEnvironment(),
    });
    this.#child = child;
    if (onVaultChannel !== undefined)
      onVaultChannel(unread(child.stdio[vaultDescriptor] as Socket));
    child.on('message', (message) => onMessage(message, child));
    child.on('error', (error) =>
      log.error('a process was not started', { name, error: error.message }),
    );
    child.once('exit', (code, signal) => {
      this.#child = undefined;
      onEnd?.();
      if (this.#stopping.signal.aborted) return;
      log.error('a process ended and is started again', {
        name,
        code: code ?? undefined,
        signal: signal ?? undefined,
      });
      this.#failures = monotonic() - startedAt > steadyMilliseconds ? 0 : this.#failures + 1;
      void this.#restart();
    });
    onStart(child);
  }

  /** Asks the process to end, and makes it end after `patienceMilliseconds`. */
  async stop(patienceMilliseconds: number): Promise<void> {
    this.#stopping.abort();
    const child = this.#child;
    if (child === undefined) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMilliseconds);
    await ended;
    clearTimeout(timer);
  }

  async #restart(): Promise<void> {
    // The first time at once: a single crash should cost clients no more than the start itself.
    const wait =
      this.#failures <= 1 ? 0 : Math.min(100 * 2 ** this.#failures, longestBackOffMilliseconds);
    try {
      await sleep(wait, undefined, { signal: this.#stopping.signal });
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
