import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Repeats `ask` until it answers, at most `seconds`: how long is no matter of what is proved, and 120 leave room for a
 * machine whose cores are busy.
 */
export async function until<T>(
  what: string,
  seconds: number,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await sleep(20);
  }
}
