import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../lib/clock.ts';
import { SealError } from '../seals/seal-error.ts';
import {
  acceptMissingCommits,
  checkDatabase,
  commitNumbers,
  CommitsMissing,
} from '../store/sqlite/index.ts';
import { migrations } from './data-store.ts';
import { openFoundInstallation } from './installation.ts';
import { RefusedStart } from './refused-start.ts';
import { descriptor, sealChoice } from './settings.ts';
import { storeFileOf } from './store-file.ts';

const help = `Usage: holdfast check [options]

Reads a whole data folder: whether the seal is the right one, every page of the database, and whether commits are
missing in it. The server must not run. No data is changed. Exit status 0 when all is sound, else 1.

  --data DIR               data folder (./holdfast-data)
  --seal file:PATH         where the seal is, when it was moved
  --passphrase-fd N        read the passphrase from descriptor N (the terminal)
  --accept-lost-commits    go on without the commits that are missing; the next start puts it on record
`;

/** The command `holdfast check`. Resolves with the exit status. */
export async function check(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      seal: { type: 'string' },
      'passphrase-fd': { type: 'string' },
      'accept-lost-commits': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const dataDirectory = resolve(values.data ?? 'holdfast-data');
  process.umask(0o077);
  try {
    await using _installation = await openFoundInstallation({
      dataDirectory,
      seal: values.seal === undefined ? undefined : sealChoice('--seal', values.seal),
      passphraseDescriptor: descriptor('--passphrase-fd', values['passphrase-fd']),
    });
    const file = storeFileOf({ dataDirectory });
    const findings = await findingsOf(file, values['accept-lost-commits']);
    for (const each of findings) process.stderr.write(`holdfast: ${file}: ${each}\n`);
    if (findings.length === 0) process.stdout.write(`${dataDirectory} is sound.\n`);
    return findings.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof RefusedStart || error instanceof SealError)) throw error;
    process.stderr.write(`holdfast: ${error.message}\n`);
    return 1;
  }
}

async function findingsOf(file: string, acceptsLoss: boolean): Promise<readonly string[]> {
  if (!isThere(file)) return ['the database is missing or empty'];
  const findings = checkDatabase(file);
  // What is damaged is not gone on with.
  if (findings.length > 0) return findings;
  const numbers = commitNumbers(file);
  if (numbers.counted >= numbers.marked) return [];
  if (!acceptsLoss) return [new CommitsMissing(numbers).message];
  await acceptMissingCommits({ file, migrations, now: systemClock.now() });
  process.stdout.write(`${numbers.marked - numbers.counted} commits are given up.\n`);
  return [];
}

function isThere(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
}
