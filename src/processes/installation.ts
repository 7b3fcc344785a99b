import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder } from '../lib/private-folder.ts';
import { systemRandom } from '../lib/random.ts';
import type { Secret } from '../lib/secret.ts';
import { askPassphrase } from '../seals/ask-passphrase.ts';
import { ChosenPassphrase } from '../seals/chosen-passphrase.ts';
import type { Argon2Cost } from '../seals/passphrase.ts';
import { newRootKey } from '../seals/root-key.ts';
import { checkSeal, makeSealCheck } from '../seals/seal-check.ts';
import { SealError } from '../seals/seal-error.ts';
import type { Seal } from '../seals/seal.ts';
import { FolderInUse, lockFolder } from '../store/sqlite/folder-lock.ts';
import {
  forgetDescription,
  installationFileName,
  readDescription,
  writeDescription,
  type Description,
  type SealPlace,
} from './installation-file.ts';
import { destroySeal, sealAt } from './installation-seal.ts';
import { newPlace, placeInForce } from './seal-place.ts';
import { RefusedStart } from './refused-start.ts';
import type { Settings } from './settings.ts';

/** What says where an installation is, and how its seal is opened. */
export type InstallationSettings = Pick<
  Settings,
  'dataDirectory' | 'seal' | 'passphraseDescriptor'
>;

/** A data folder that is ours alone until this is disposed, and the seal that belongs to it, opened. */
export interface Installation extends AsyncDisposable {
  /** UUID, made once. */
  readonly installationId: string;
  readonly sealCheck: Uint8Array;
  /** Of the seal in force. */
  readonly place: SealPlace;
  readonly sealFile: string;
  /** Why a seal that is of no use any more could not be removed. */
  readonly warning: string | undefined;
  /** At each start of the vault. @throws SealError */
  rootKey(): Secret;
}

export interface OpeningOptions {
  /** Ends the wait for a passphrase. */
  readonly stop?: AbortSignal;
  /** Of a new seal of a passphrase. */
  readonly cost?: Argon2Cost;
}

/** Opens the data folder, or makes it with a new seal. @throws RefusedStart */
export async function openInstallation(
  settings: InstallationSettings,
  options: OpeningOptions = {},
): Promise<Installation> {
  const { dataDirectory } = settings;
  orRefuse(dataDirectory, () => makePrivateFolder(dataDirectory));
  refuseStrangers(dataDirectory);
  orRefuse(dataDirectory, () => chmodSync(dataDirectory, 0o700));
  return lockedInstallation(settings, async () => {
    const description = readDescription(dataDirectory);
    if (description === undefined) return found(settings, options);
    return openKnown(settings, description, options);
  });
}

/** Opens a data folder that is there already. @throws RefusedStart */
export async function openFoundInstallation(settings: InstallationSettings): Promise<Installation> {
  const { dataDirectory } = settings;
  const description =
    orRefuse(dataDirectory, () => readdirSync(dataDirectory)) && readDescription(dataDirectory);
  if (description === undefined)
    throw new RefusedStart(`${dataDirectory} is no data folder of holdfast`);
  return lockedInstallation(settings, async () =>
    openKnown(settings, readDescription(dataDirectory) ?? description, {}),
  );
}

interface Opened {
  readonly description: Description;
  /** Of the seal in force. */
  readonly place: SealPlace;
  readonly seal: Seal;
}

async function lockedInstallation(
  { dataDirectory }: InstallationSettings,
  open: () => Promise<Opened>,
): Promise<Installation> {
  let lock: Disposable | undefined;
  try {
    lock = lockFolder(dataDirectory);
    const held = lock;
    const { description, place, seal } = await open();
    return {
      installationId: description.installationId,
      sealCheck: Buffer.from(description.sealCheck, 'hex'),
      place,
      sealFile: seal.path,
      warning: endResealing(dataDirectory, description),
      rootKey: () => seal.reopen(),
      async [Symbol.asyncDispose]() {
        seal[Symbol.dispose]();
        held[Symbol.dispose]();
      },
    };
  } catch (error) {
    lock?.[Symbol.dispose]();
    if (error instanceof SealError || error instanceof FolderInUse)
      throw new RefusedStart(error.message, { cause: error });
    throw error;
  }
}

async function openKnown(
  settings: InstallationSettings,
  description: Description,
  { stop }: OpeningOptions,
): Promise<Opened> {
  const place = placeInForce(description, settings.seal);
  const ask = (): Promise<Secret> =>
    askPassphrase({
      descriptor: settings.passphraseDescriptor,
      prompt: 'Passphrase of the seal',
      isNew: false,
      stop,
    });
  const seal = sealAt(place, settings.dataDirectory, description.installationId, ask);
  using rootKey = await seal.open();
  checkSeal(rootKey, Buffer.from(description.sealCheck, 'hex'));
  return { description, place, seal };
}

/** The seal comes first: a crash between the two leaves a seal of nothing, never data without a seal. */
async function found(
  settings: InstallationSettings,
  { stop, cost }: OpeningOptions,
): Promise<Opened> {
  const { dataDirectory } = settings;
  const installationId = systemRandom.uuid();
  const place = newPlace(settings.seal, installationId);
  // Of a first start that was cut short: nothing was ever kept under it.
  if (place.kind === 'passphrase') rmSync(join(dataDirectory, place.name), { force: true });
  using passphrase = new ChosenPassphrase({ descriptor: settings.passphraseDescriptor, stop });
  const seal = sealAt(place, dataDirectory, installationId, () => passphrase.ask(), cost);
  using rootKey = newRootKey(systemRandom);
  await seal.keep(rootKey);
  // Read again: what was written is what opens from now on.
  using kept = await seal.open();
  const description: Description = {
    format: 1,
    installationId,
    sealCheck: Buffer.from(makeSealCheck(kept)).toString('hex'),
    ...(place.kind === 'passphrase' ? { seal: place } : {}),
  };
  try {
    writeDescription(dataDirectory, description);
  } catch (error) {
    takeBack(seal.path, dataDirectory);
    throw error;
  }
  return { description, place, seal };
}

/** Takes a seal away that was just made, and seals nothing: it would stand in the way of the next first start. */
function takeBack(sealFile: string, dataDirectory: string): void {
  try {
    // Never a description without its seal, wherever this is cut short.
    forgetDescription(dataDirectory);
    rmSync(sealFile);
  } catch {
    // What stood in the way of the description does so here, and is told.
  }
}

/** Does what a re-sealing that was cut short left to do. @returns why it could not */
function endResealing(dataDirectory: string, description: Description): string | undefined {
  const { uselessSeal, ...rest } = description;
  if (uselessSeal === undefined) return undefined;
  try {
    destroySeal(uselessSeal, dataDirectory, description.installationId);
  } catch (error) {
    if (error instanceof SealError) return error.message;
    throw error;
  }
  writeDescription(dataDirectory, rest);
  return undefined;
}

/** Before anything is changed: what was typed by mistake may be anybody's folder. */
function refuseStrangers(path: string): void {
  const names = orRefuse(path, () => readdirSync(path));
  // A first start that was cut short leaves no more than these.
  const begun = ['lock', `${installationFileName}.new`, 'passphrase-1.seal'];
  if (!names.every((name) => begun.includes(name)) && !names.includes(installationFileName))
    throw new RefusedStart(`${path} is not empty and is no data folder of holdfast`);
}

function orRefuse<T>(path: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new RefusedStart(`the data folder ${path} cannot be made or opened (${code})`);
  }
}
