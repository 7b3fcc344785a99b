import { join } from 'node:path';
import type { Secret } from '../lib/secret.ts';
import { FileSeal } from '../seals/file.ts';
import { PassphraseSeal, type Argon2Cost } from '../seals/passphrase.ts';
import { destroySealFile } from '../seals/seal-file.ts';
import type { Seal } from '../seals/seal.ts';
import type { SealPlace } from './installation-file.ts';

/**
 * @param passphrase asked for when a passphrase is needed
 * @param cost of a new seal of a passphrase
 */
export function sealAt(
  place: SealPlace,
  dataDirectory: string,
  installationId: string,
  passphrase: () => Promise<Secret>,
  cost?: Argon2Cost,
): Seal {
  return place.kind === 'file'
    ? new FileSeal(place.path, installationId)
    : new PassphraseSeal(join(dataDirectory, place.name), installationId, passphrase, { cost });
}

/** @throws SealError */
export function destroySeal(place: SealPlace, dataDirectory: string, installationId: string): void {
  const path = place.kind === 'file' ? place.path : join(dataDirectory, place.name);
  destroySealFile(path, installationId);
}
