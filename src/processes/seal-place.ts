import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Description, SealPlace } from './installation-file.ts';
import { RefusedStart } from './refused-start.ts';
import type { SealChoice } from './settings.ts';

/** Where a seal of this kind would be made: never where the one in force is. */
export function newPlace(
  choice: SealChoice | undefined,
  installationId: string,
  current?: SealPlace,
): SealPlace {
  if (choice?.kind !== 'passphrase')
    return { kind: 'file', path: choice?.path ?? usualSealFile(installationId) };
  const isFirst = current?.kind === 'passphrase' && current.name === 'passphrase-1.seal';
  return { kind: 'passphrase', name: isFirst ? 'passphrase-2.seal' : 'passphrase-1.seal' };
}

/** The seal in force. @throws RefusedStart if the operator says that it is of another kind */
export function placeInForce(
  { seal, uselessSeal, installationId }: Description,
  choice: SealChoice | undefined,
): SealPlace {
  const place = seal ?? { kind: 'file', path: usualSealFile(installationId) };
  if (choice !== undefined && choice.kind !== place.kind) {
    throw new RefusedStart(
      `the data folder is sealed with a ${place.kind}, not a ${choice.kind}: holdfast reseal changes that`,
    );
  }
  if (choice?.kind !== 'file') return place;
  if (uselessSeal?.kind === 'file' && uselessSeal.path === choice.path)
    throw new RefusedStart(
      `the seal ${choice.path} is not the one in force: the folder was re-sealed`,
    );
  return choice;
}

/** Where the seal of an installation is unless `--seal` says otherwise: outside the data folder. */
function usualSealFile(installationId: string): string {
  return join(homedir(), '.holdfast', `${installationId}.seal`);
}
