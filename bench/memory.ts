/**
 * Memory of all processes together, as the sum of their proportional set sizes: idle on a new folder, and with 10,000
 * certificates in the account after all of them were listed and described. Beside it as many node processes that do
 * nothing but listen. Linux only; the package must be built. `node bench/memory.ts`
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { DescribeCertificateCommand, paginateListCertificates } from '@aws-sdk/client-acm';
import { clientsOf } from '../test/sdk-clients.ts';
import { startWorld, type World } from '../test/world.ts';
import { builtHoldfast } from './built.ts';
import { seedCertificates } from './certificates-in-bulk.ts';
import { processesUnder } from './cpu-time.ts';
import { row, rowText, type Row } from './row.ts';

const goalMegabytes = 250;
const certificates = 10_000;
/** Long enough for what is loaded lazily after the start, and for the garbage of the start to go. */
const settlingMilliseconds = 10_000;

export async function memory(): Promise<Row[]> {
  await using world = await startWorld({}, builtHoldfast());
  await wait(settlingMilliseconds);
  const idle = setSizes(world);
  const bare = await bareProcesses(idle.size);
  await seedCertificates(world, certificates);
  await readAll(world);
  const used = setSizes(world);
  const baseline = { baselineName: `${idle.size} bare node processes`, baselineFigure: bare };
  return [
    row({
      name: 'Memory, idle (sum of PSS)',
      unit: 'MB',
      figure: sum(idle),
      ...baseline,
      goal: { of: 'figure', atMost: goalMegabytes },
      raw: Object.fromEntries(idle),
    }),
    row({
      name: 'Memory at 10,000 certificates, all described',
      unit: 'MB',
      figure: sum(used),
      ...baseline,
      raw: Object.fromEntries(used),
    }),
  ];
}

/** MB (10⁶ bytes) of each process. @see proc_pid_smaps(5) */
function setSizes(world: World): ReadonlyMap<string, number> {
  const pids = new Map([['supervisor', world.pid], ...processesUnder(world.pid)]);
  return new Map([...pids].map(([name, pid]) => [name, proportionalSetSize(pid)]));
}

function proportionalSetSize(pid: number): number {
  const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  return (Number(kibibytes?.[1]) * 1_024) / 1_000_000;
}

async function bareProcesses(count: number): Promise<number> {
  const code = "require('node:https').createServer().listen(0, () => console.log('listens'))";
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  await Promise.all(children.map(({ stdout }) => once(stdout, 'data')));
  const total = children.reduce((all, { pid = 0 }) => all + proportionalSetSize(pid), 0);
  for (const child of children) child.kill('SIGKILL');
  return total;
}

async function readAll(world: World): Promise<void> {
  using clients = clientsOf(world);
  const { acm } = clients;
  const pages = paginateListCertificates({ client: acm, pageSize: 100 }, {});
  for await (const { CertificateSummaryList = [] } of pages) {
    await Promise.all(
      CertificateSummaryList.map(({ CertificateArn }) =>
        acm.send(new DescribeCertificateCommand({ CertificateArn })),
      ),
    );
  }
}

function sum(sizes: ReadonlyMap<string, number>): number {
  return [...sizes.values()].reduce((all, each) => all + each, 0);
}

if (import.meta.main) {
  for (const each of await memory()) process.stdout.write(`${rowText(each)}\n`);
}
