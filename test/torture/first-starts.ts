import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { changes, FaultyDisk } from '../faulty-disk/faulty-disk.ts';
import { torn } from '../faulty-disk/power-cut.ts';
import { clientsOf } from '../sdk-clients.ts';
import { startWorld } from '../world.ts';
import { Control, type Armed, type Mutation } from './control.ts';
import { Database } from './database.ts';
import { Installation } from './installation.ts';
import { seeded } from './seeded.ts';
import { Torture, type RoundReport } from './rounds.ts';

/** How often each place is reached in a first start. */
export async function placesOfFirstStart(): Promise<ReadonlyMap<string, number>> {
  await using installation = await Installation.startKilledAt(undefined);
  return installation.control.endCounting();
}

/**
 * A first start that is cut off at a place, and begun again: afterwards there is one of everything, and a certificate
 * lives as on any other installation.
 */
export async function firstStart(at: Armed): Promise<RoundReport> {
  const installation = await Installation.startKilledAt(at);
  await using torture = await Torture.of(installation);
  const hasFired = installation.control.hasFired;
  const report = await torture.round({});
  const wrong = [...wrongBeginnings(installation.world.dataDirectory), ...report.wrong];
  return { ...report, wrong, hasFired };
}

/**
 * A first start in which the power goes off after so many calls of the disk, and another one on what is left: whatever
 * that is, it comes to an installation with one of everything.
 * @returns what is wrong; undefined when the first one came to its end before
 */
export async function firstStartCut(
  passes: number,
  mutations: readonly Mutation[] = [],
): Promise<readonly string[] | undefined> {
  using disk = new FaultyDisk();
  const control = new Control(disk.home);
  control.mutate(mutations);
  const holdfast = disk.command(control.command);
  disk.fail({ error: 'power-off', calls: changes, passes });
  const first = startWorld(disk.options, holdfast).then(
    (world) => world[Symbol.asyncDispose](),
    () => {},
  );
  let hasEnded = false;
  void first.finally(() => (hasEnded = true));
  while (!disk.isOff && !hasEnded) await sleep(5);
  const wasCut = !hasEnded;
  await disk.cutPower(torn(seeded(passes)));
  await first;
  if (!wasCut) return undefined;
  // A seal that is there already is never overwritten: an operator who named it is told so, and takes it away.
  if (!existsSync(join(disk.dataDirectory, 'installation.json')))
    rmSync(disk.sealFile, { force: true });
  try {
    await using world = await startWorld(disk.options, holdfast);
    using clients = clientsOf(world);
    await clients.kms.send(new CreateKeyCommand({}));
    return wrongBeginnings(world.dataDirectory);
  } catch (error) {
    return [String(error)];
  }
}

const beginnings = {
  iam_account: 1,
  iam_user: 1,
  iam_access_key: 1,
  // A root, and an intermediate for each family of keys.
  ca_authority: 3,
};

function wrongBeginnings(dataDirectory: string): string[] {
  using database = new Database(dataDirectory);
  return Object.entries(beginnings).flatMap(([table, wanted]) => {
    const [row] = database.rows<{ n: number }>(`SELECT count(*) AS n FROM ${table}`);
    return row?.n === wanted ? [] : [`${row?.n} rows in ${table}, not ${wanted}`];
  });
}
