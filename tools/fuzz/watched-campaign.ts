import { Worker } from 'node:worker_threads';
import type { CampaignOptions, Outcome } from './campaign.ts';
import { CurrentInput } from './current-input.ts';
import type { Target } from './target.ts';

/** What the thread is told. */
export interface Watched {
  /** URL of a module that exports `targets`. */
  readonly module: string;
  readonly name: string;
  /** Scripts whose coverage guides, by their URLs. */
  readonly code: RegExp;
  readonly options: Omit<CampaignOptions, 'onInput'>;
  readonly memory: SharedArrayBuffer;
}

const heapMebibytes = 512;

/** The product, but for what only its tests load, and the two packages that read for it. */
const ourCode = /\/src\/(?!.*test-)|\/(dns-packet|fast-xml-parser)\//;

/**
 * A campaign in another thread, under a watch: an input that is still being taken after `patienceMilliseconds`, or that
 * takes all memory, is a find.
 */
export async function watchedCampaign(
  from: Pick<Watched, 'module' | 'name'> & {
    readonly target: Pick<Target, 'maxBytes'>;
    readonly code?: RegExp;
  },
  options: Watched['options'],
  patienceMilliseconds = 60_000,
): Promise<Outcome> {
  const { module, name, code = ourCode } = from;
  const current = CurrentInput.of(from.target.maxBytes);
  const workerData: Watched = { module, name, code, options, memory: current.memory };
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: heapMebibytes },
  });
  const ended = Promise.withResolvers<Outcome>();
  const endWith = (kind: string, text: string): void =>
    ended.resolve(cutOff(current, { kind, text }));
  worker.once('message', ended.resolve);
  worker.once('error', (error: NodeJS.ErrnoException) => {
    if (current.count === 0) return ended.reject(error);
    endWith(error.code ?? error.name, `${error.name}: ${error.message.slice(0, 300)}`);
  });
  worker.once('exit', () => endWith('exit', 'the thread ended by itself'));
  let last = -1;
  const watch = setInterval(() => {
    if (last === current.count && last > 0)
      endWith('endless', `still at work after ${patienceMilliseconds / 1_000} s`);
    last = current.count;
  }, patienceMilliseconds);
  try {
    return await ended.promise;
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}

function cutOff(current: CurrentInput, find: { kind: string; text: string }): Outcome {
  return {
    executions: current.count,
    seconds: 0,
    reached: 0,
    heapGrowthBytes: 0,
    kept: [],
    finds: [{ ...find, input: current.get() }],
  };
}
