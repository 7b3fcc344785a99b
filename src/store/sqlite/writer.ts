import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Log } from '../../lib/log.ts';
import type { Change } from '../change.ts';
import { GuardFailed, StoreUnavailable } from '../store.ts';
import { BatchWriter } from './batch.ts';
import type { Failure } from './group-commit.ts';
import type { FromWriter, ToWriter } from './writer-thread.ts';

interface Waiting {
  readonly change: Change;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** This process's side of the writer thread. */
export class Writer implements AsyncDisposable {
  readonly #log: Log;
  readonly #failed: (reason: string) => void;
  readonly #thread: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #outbox = new BatchWriter();
  #lastId = 0;
  #isUnmarked = false;
  #isLogUntruncated = false;
  #end: Error | undefined;

  /** @param failed told why the database did not take a commit */
  constructor(file: string, log: Log, failed: (reason: string) => void) {
    this.#log = log;
    this.#failed = failed;
    // `.ts` from source, `.js` in the package.
    const script = new URL(`./writer-thread${extname(import.meta.url)}`, import.meta.url);
    this.#thread = new Worker(script, {
      workerData: { file },
      name: 'store writer',
    });
    // Only what is waited for keeps the process alive.
    this.#thread.unref();
    this.#thread.on('message', (message: FromWriter) => this.#finish(message));
    this.#thread.on('error', (cause) => {
      this.#stop(cause);
      // A process that cannot write is of no use: it ends, and is started anew.
      throw cause;
    });
    this.#thread.on('exit', () => this.#stop(undefined));
  }

  /** @throws TypeError for a parameter that no column takes */
  commit(change: Change): Promise<void> {
    if (this.#end !== undefined) throw this.#end;
    const id = ++this.#lastId;
    if (this.#outbox.isEmpty) setImmediate(() => this.#send());
    this.#outbox.add(id, change);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.set(id, { change, resolve, reject });
    if (this.#waiting.size === 1) this.#thread.ref();
    return promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#end !== undefined) return;
    this.#send();
    const exit = once(this.#thread, 'exit');
    this.#thread.ref();
    this.#thread.postMessage({ close: true } satisfies ToWriter);
    this.#end = new StoreUnavailable('the store is closed');
    await exit;
  }

  #send(): void {
    if (this.#outbox.isEmpty) return;
    this.#thread.postMessage({ commit: this.#outbox.take() } satisfies ToWriter);
  }

  #finish({ kept, failed, isLogUntruncated, isUnmarked }: FromWriter): void {
    if (isLogUntruncated && !this.#isLogUntruncated)
      this.#log.warn('the write-ahead log could not be truncated yet');
    this.#isLogUntruncated = isLogUntruncated;
    if (isUnmarked && !this.#isUnmarked) this.#log.warn('the marks of commits cannot be written');
    this.#isUnmarked = isUnmarked;
    for (const id of kept) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      waiting?.change.committed();
      waiting?.resolve();
    }
    for (const { id, failure } of failed) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (failure.kind === 'unavailable') this.#failed(failure.message);
      waiting?.reject(errorOf(failure));
    }
    if (this.#waiting.size === 0 && this.#end === undefined) this.#thread.unref();
  }

  /** Of what was in flight nobody can say whether it was kept: the callers' own retry finds out. */
  #stop(cause: unknown): void {
    this.#end ??= new StoreUnavailable('the writer of the store has ended', { cause });
    for (const { reject } of this.#waiting.values()) reject(this.#end);
    this.#waiting.clear();
  }
}

function errorOf({ kind, message }: Failure): Error {
  switch (kind) {
    case 'guard':
      return new GuardFailed(message);
    case 'unavailable':
      return new StoreUnavailable(message);
    case 'statement':
      return new TypeError(`a statement cannot be executed: ${message}`);
  }
}
