import type { Armed } from './control.ts';
import { Database } from './database.ts';
import { Installation } from './installation.ts';
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
