/** How long `holdfast serve` takes from the command to "is ready": on a new folder, then on the existing one. */
import { startWorld } from '../test/world.ts';

const starts = Number(process.argv[2] ?? 9);

await using world = await startWorld();
process.stdout.write(`a new folder        ${world.startMilliseconds.toFixed(0)} ms\n`);
const times: number[] = [];
for (let n = 0; n < starts; n++) {
  await world.restart();
  times.push(world.startMilliseconds);
}
times.sort((a, b) => a - b);
const [least, median, most] = [times[0], times[times.length >> 1], times.at(-1)].map(
  (each = 0) => `${each.toFixed(0)} ms`,
);
process.stdout.write(
  `an existing folder  median ${median} of ${starts}, from ${least} to ${most}\n`,
);
