/**
 * How long `holdfast serve` takes, as it is published, from the command to "is ready": on the existing folder, median of
 * five. Beside it a node process that listens for HTTPS and says so. `node bench/start.ts`; the package must be built.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startWorld } from '../test/world.ts';
import { builtHoldfast } from './built.ts';
import { median, row, rowText, type Row } from './row.ts';

const starts = 5;
const goalMilliseconds = 1_000;

export async function start(): Promise<Row[]> {
  await using world = await startWorld({}, builtHoldfast());
  const first = world.startMilliseconds;
  const ours: number[] = [];
  const bare: number[] = [];
  for (let n = 0; n < starts; n++) {
    await world.restart();
    ours.push(world.startMilliseconds);
    bare.push(await bareStart());
  }
  return [
    row({
      name: `Start to ready, existing folder, median of ${starts}`,
      unit: 'ms',
      figure: median(ours, (each) => each),
      baselineName: 'bare node:https server',
      baselineFigure: median(bare, (each) => each),
      goal: { of: 'figure', atMost: goalMilliseconds },
      raw: { ours, bare, newFolder: first },
    }),
  ];
}

async function bareStart(): Promise<number> {
  const code = "require('node:https').createServer().listen(0, () => console.log('is ready'))";
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  const elapsed = performance.now() - startedAt;
  child.kill('SIGKILL');
  return elapsed;
}

if (import.meta.main) {
  for (const each of await start()) process.stdout.write(`${rowText(each)}\n`);
}
