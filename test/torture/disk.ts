import { setTimeout as sleep } from 'node:timers/promises';
import { changes, type FaultyDisk, type Fault } from '../faulty-disk/faulty-disk.ts';
import { torn } from '../faulty-disk/power-cut.ts';

const troubles: readonly Pick<Fault, 'error' | 'calls'>[] = [
  { error: 'ENOSPC', calls: ['write'] },
  { error: 'EIO', calls: ['write', 'truncate'] },
  { error: 'EIO', calls: ['sync'] },
  { error: 'EROFS', calls: changes.filter((each) => each !== 'sync') },
];
/** A commit of one change makes about ten calls. */
const callsOfACommit = 10;
const mostFailures = 4;
/** Some wait for nobody, others are longer than the store's probe takes. */
const mostMilliseconds = 1_500;

/** The disk fails once or a few times, from the next commits on, or all the time for a while. */
export async function trouble(disk: FaultyDisk, random: () => number): Promise<void> {
  const below = (count: number): number => Math.floor(random() * count);
  const kind = troubles[below(troubles.length)]!;
  const isShort = random() < 0.5;
  const passes = below(2 * callsOfACommit);
  disk.fail({ ...kind, passes, ...(isShort ? { failures: 1 + below(mostFailures) } : {}) });
  await sleep(below(mostMilliseconds));
  disk.heal();
}

/** So long somebody may write nothing. */
const quietMilliseconds = 3_000;

/** Everything ends in the middle of one of the next commits, and each sector that no sync made durable is kept or lost. */
export async function powerCut(disk: FaultyDisk, random: () => number): Promise<void> {
  const passes = Math.floor(random() * 3 * callsOfACommit);
  disk.fail({ error: 'power-off', calls: changes, passes });
  for (let waited = 0; waited < quietMilliseconds && !disk.isOff; waited += 5) await sleep(5);
  await disk.cutPower(torn(random));
}
