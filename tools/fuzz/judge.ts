import { systemClock } from '../../src/lib/clock.ts';
import type { Subject } from './target.ts';

/** No input may cost more CPU time. */
const mostMilliseconds = 100;

/** A broken law. Two finds of one kind are the same bug. */
export interface Find {
  readonly kind: string;
  readonly text: string;
}

/** What the judge holds against the subject for one input; undefined when every law holds. */
export async function judged(subject: Subject, input: Uint8Array): Promise<Find | undefined> {
  try {
    if ((await cpuMilliseconds(subject, input)) <= mostMilliseconds) return undefined;
    // Garbage collection and compilation come once; what the input costs comes each time.
    const again = [await cpuMilliseconds(subject, input), await cpuMilliseconds(subject, input)];
    const least = Math.min(...again);
    if (least <= mostMilliseconds) return undefined;
    return { kind: 'slow', text: `takes ${least.toFixed(0)} ms of CPU time` };
  } catch (error) {
    return findOf(error);
  }
}

/** Of this thread, so that a busy machine plays no part. */
async function cpuMilliseconds(subject: Subject, input: Uint8Array): Promise<number> {
  const before = process.threadCpuUsage();
  const done = subject.take(Uint8Array.from(input));
  if (done !== undefined) await done;
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

/** Kinds are told apart by where they were thrown: messages may quote the input. */
export function findOf(error: unknown): Find {
  if (!(error instanceof Error)) return { kind: 'thrown', text: String(error) };
  const frame = /\n\s+at .*?([\w.-]+\.[cm]?[jt]s:\d+)/.exec(error.stack ?? '')?.[1] ?? 'nowhere';
  const place = error.name === 'BrokenLaw' ? error.message : `${error.name} at ${frame}`;
  return { kind: place, text: `${error.name}: ${error.message.slice(0, 300)} (${frame})` };
}

export function milliseconds(): number {
  return systemClock.monotonic();
}
