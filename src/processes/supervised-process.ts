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
  /** Another one serves in its place: it is to finish what it has in work, and is killed `milliseconds` from now. */
  readonly onReplaced?: (child: ChildProcess, milliseconds: number) => void;
  readonly onEnd?: () => void;
  /** Called at the end of each one, also of one that was replaced or did not come to serve. */
  readonly onExit?: (child: ChildProcess) => void;
  readonly monotonic: () => number;
}

/** When a process has to make way for another one. */
export interface Replacement {
  /** Before the other one is started. */
  readonly afterMilliseconds: number;
  /** Until it has ended. */
  readonly withinMilliseconds: number;
}

const leastLeaveMilliseconds = 3_000;
const spareRetryMilliseconds = 1_000;

/**
 * What a call leaves is dead within milliseconds: in a larger nursery there is less to copy when it is collected. V8
 * takes it as it is needed. With `gc` a process gives back what its start took.
 */
const nodeOptions: Readonly<Record<string, readonly string[]>> = {
  api: ['--max-semi-space-size=64', '--expose-gc'],
  worker: ['--expose-gc'],
  dns: ['--expose-gc'],
};

/** A process that is started again whenever it ends, until it is stopped, and that another one can take the place of. */
export class SupervisedProcess {
  readonly #options: SupervisedProcessOptions;
  readonly #stopping = new AbortController();
  #child: ChildProcess | undefined;
  /** Is starting, to take the place of `#child`. */
  #spare: ChildProcess | undefined;
  /** Those whose place was taken, until they have ended. */
  readonly #leaving = new Set<ChildProcess>();
  #replaced: { readonly child: ChildProcess; readonly until: number } | undefined;
  readonly #restarts = new RestartPolicy();
  #isReady = false;

  constructor(options: SupervisedProcessOptions) {
    this.#options = options;
  }

  /** Starts in a row that came to nothing. */
  get failures(): number {
    return this.#restarts.failures;
  }

  /** The process does its work; if it is a spare, it takes over. */
  becameReady(child: ChildProcess): void {
    this.#isReady ||= child === this.#child;
    if (child === this.#spare) this.#handOver(child);
  }

  /** The one that serves. */
  get child(): ChildProcess | undefined {
    return this.#child;
  }

  /** Whether the one that serves has said that it does. */
  get isReady(): boolean {
    return this.#child !== undefined && this.#isReady;
  }

  /** All that live. */
  get children(): readonly ChildProcess[] {
    return [this.#child, this.#spare, ...this.#leaving].filter((each) => each !== undefined);
  }

  start(): void {
    this.#isReady = false;
    this.#spawn((child) => (this.#child = child));
  }

  /**
   * Has another process take the place of `child`; only where no other one can be started it goes on until one can.
   * Once for each child.
   */
  replace(child: ChildProcess, { afterMilliseconds, withinMilliseconds }: Replacement): void {
    if (child !== this.#child || child === this.#replaced?.child) return;
    this.#replaced = { child, until: this.#options.monotonic() + withinMilliseconds };
    void this.#startSpareAfter(afterMilliseconds, child);
  }

  #spawn(keep: (child: ChildProcess) => void): void {
    const {
      name,
      log,
      onVaultChannel,
      sockets = [],
      onStart,
      onMessage,
      onExit,
      monotonic,
    } = this.#options;
    const startedAt = monotonic();
    const child = spawn(process.execPath, [...(nodeOptions[name] ?? []), processFile(name)], {
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
    keep(child);
    if (onVaultChannel !== undefined)
      onVaultChannel(unread(child.stdio[vaultDescriptor] as Socket));
    child.on('message', (message) => onMessage(message, child));
    child.on('error', (error) => {
      // Who is told to end may be gone before the next word to him.
      if (this.#stopping.signal.aborted) return;
      log.error('a process was not started, or not reached', { name, error: error.message });
    });
    child.once('exit', (code, signal) => {
      const end = { code: code ?? undefined, signal: signal ?? undefined };
      if (this.#leaving.delete(child)) log.info('a process that was replaced has ended', { name });
      else if (child === this.#spare) this.#spareEnded(end);
      else this.#ended(monotonic() - startedAt, end);
      onExit?.(child);
    });
    faultPoint('supervisor.started', name);
    onStart(child);
  }

  #ended(livedMilliseconds: number, end: End): void {
    const { name, log, onEnd } = this.#options;
    // Who was to take over anyway does it now.
    this.#child = this.#spare;
    this.#spare = undefined;
    faultPoint('supervisor.saw-end', name);
    const wait = this.#restarts.waitAfter(livedMilliseconds, this.#isReady);
    this.#isReady = false;
    onEnd?.();
    if (this.#stopping.signal.aborted) return;
    log.error('a process ended and is started again', { name, ...end });
    if (this.#child === undefined) void this.#startAfter(wait);
  }

  #spareEnded(end: End): void {
    const { name, log } = this.#options;
    this.#spare = undefined;
    if (this.#stopping.signal.aborted) return;
    log.error('a process that was to replace another one ended', { name, ...end });
    const { child } = this.#replaced ?? {};
    if (child !== undefined) void this.#startSpareAfter(spareRetryMilliseconds, child);
  }

  /** @param child whose place it is to take, if it still serves then */
  async #startSpareAfter(milliseconds: number, child: ChildProcess): Promise<void> {
    if (!(await this.#waited(milliseconds)) || child !== this.#child) return;
    this.#spawn((spare) => (this.#spare = spare));
  }

  #handOver(spare: ChildProcess): void {
    const { name, log, monotonic, onReplaced } = this.#options;
    const old = this.#child;
    this.#child = spare;
    this.#spare = undefined;
    this.#isReady = true;
    if (old === undefined) return;
    this.#leaving.add(old);
    const rest = (this.#replaced?.until ?? 0) - monotonic();
    const milliseconds = Math.max(rest, leastLeaveMilliseconds);
    log.info('a process takes the place of another one', { name });
    onReplaced?.(old, milliseconds);
    const timer = setTimeout(() => old.kill('SIGKILL'), milliseconds);
    old.once('exit', () => clearTimeout(timer));
  }

  /** From now on its end is not followed by a start. */
  startNoMore(): void {
    this.#stopping.abort();
  }

  /** Asks the process to end, and makes it end after `patienceMilliseconds`. */
  async stop(patienceMilliseconds: number): Promise<void> {
    this.startNoMore();
    const { name, log } = this.#options;
    await Promise.all(
      this.children.map(async (child) => {
        if (await stopChild(child, patienceMilliseconds)) return;
        log.warn('a process did not end when it was told to, and was killed', { name });
      }),
    );
  }

  async #startAfter(milliseconds: number): Promise<void> {
    if (await this.#waited(milliseconds)) this.start();
  }

  /** @returns false when it is being stopped */
  async #waited(milliseconds: number): Promise<boolean> {
    const { signal } = this.#stopping;
    await sleep(milliseconds, undefined, { signal }).catch(() => {});
    return !signal.aborted;
  }
}

interface End {
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
}

/** Resolves with whether it ended by itself. */
async function stopChild(child: ChildProcess, patienceMilliseconds: number): Promise<boolean> {
  const ended = once(child, 'exit');
  let isKilled = false;
  child.kill('SIGTERM');
  const timer = setTimeout(() => (isKilled = child.kill('SIGKILL')), patienceMilliseconds);
  await ended;
  clearTimeout(timer);
  return !isKilled;
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
