import { processNames } from '../process-table.ts';
import { parsePlace, type Victim } from './control.ts';
import type { Fault, Kill } from './fault.ts';
import { steps } from './life.ts';
import { faultAfterKill, placesAfterKills } from './points.ts';
import { seeded } from './seeded.ts';

const victims: readonly Victim[] = [...processNames, 'supervisor'];

/** Of the faults at places so many come together with a kill at some moment. */
const shareOfDoubles = 0.2;

export interface Choice {
  readonly point?: string | undefined;
  readonly process?: string | undefined;
}

/**
 * Every fault of one seed, in an order of its own: each place, at a hit and, now and then, with another kill that the seed
 * chooses; and each process, at moments that the seed chooses.
 * @param places how often each is reached in a life
 */
export function matrix(
  seed: number,
  places: ReadonlyMap<string, number>,
  { point, process }: Choice = {},
): Fault[] {
  const random = seeded(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const moment = (): Omit<Kill, 'victim'> => ({
    step: steps[below(steps.length)] ?? 'request',
    milliseconds: below(60),
  });
  const kill = (victim: Victim): Kill => ({ victim, ...moment() });
  const atPlaces = [...places].map(([name, count]): Fault => ({
    at: { ...parsePlace(name), hit: 1 + below(count) },
    ...(random() < shareOfDoubles ? { kill: kill(victims[below(victims.length)] ?? 'api') } : {}),
  }));
  const afterKills = placesAfterKills().map((place) => faultAfterKill(place, moment()));
  const atMoments = victims.flatMap((victim) =>
    Array.from({ length: steps.length }, (): Fault => ({ kill: kill(victim) })),
  );
  const shuffled = [...atPlaces, ...afterKills, ...atMoments]
    .map((fault) => ({ fault, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ fault }) => fault);
  return shuffled.filter(
    ({ at, kill: killed }) =>
      (point === undefined || at?.point === point || at?.next?.point === point) &&
      (process === undefined || (at?.process ?? killed?.victim) === process),
  );
}

/** For each step trouble with the disk and then a power cut, at moments that the seed chooses. */
export function diskFaults(seed: number): Fault[] {
  const random = seeded(seed);
  return steps.flatMap((step) =>
    (['disk', 'power'] as const).map((victim) => ({
      kill: { victim, step, milliseconds: Math.floor(random() * 300) },
    })),
  );
}
