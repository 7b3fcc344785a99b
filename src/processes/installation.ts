import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { systemRandom } from '../lib/random.ts';
import type { Secret } from '../lib/secret.ts';
import { createSealFile, openSealFile } from '../seals/file.ts';
import { checkSeal, makeSealCheck } from '../seals/seal-check.ts';
import { SealError } from '../seals/seal-error.ts';
import { FolderInUse, lockFolder } from '../store/sqlite/index.ts';
import { writePrivateFile } from './private-file.ts';
import { usualSealFile, type Settings } from './settings.ts';

/** The server does not start, and has changed nothing. One line for the operator. */
export class RefusedStart extends Error {}

/** A data folder that is ours alone until this is disposed, and the seal that belongs to it. */
export interface Installation extends AsyncDisposable {
  /** UUID, made once. */
  readonly installationId: string;
  readonly sealFile: string;
  /** Reads the seal. @throws SealError */
  rootKey(): Secret;
}

const descriptionName = 'installation.json';
const description = v.object({
  format: v.literal(1),
  installationId: v.pipe(v.string(), v.uuid()),
  /** Hex; tells the right seal from a wrong one. */
  sealCheck: v.pipe(v.string(), v.hexadecimal()),
});
type Description = v.InferOutput<typeof description>;

/** Opens the data folder, or makes it with a new seal. @throws RefusedStart */
export async function openInstallation(settings: Settings): Promise<Installation> {
  const { dataDirectory } = settings;
  makeFolder(dataDirectory);
  refuseStrangers(dataDirectory);
  closeToOthers(dataDirectory);
  let lock: Disposable | undefined;
  try {
    lock = lockFolder(dataDirectory);
    const known = readDescription(dataDirectory) ?? foundInstallation(settings);
    const sealFile = settings.sealFile ?? usualSealFile(known.installationId);
    const rootKey = (): Secret => openSealFile(sealFile, known.installationId);
    using key = rootKey();
    checkSeal(key, Buffer.from(known.sealCheck, 'hex'));
    const held = lock;
    return {
      installationId: known.installationId,
      sealFile,
      rootKey,
      async [Symbol.asyncDispose]() {
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

/** The seal comes first: a crash between the two leaves a seal of nothing, never data without a seal. */
function foundInstallation({ dataDirectory, sealFile }: Settings): Description {
  const installationId = systemRandom.uuid();
  using key = createSealFile(sealFile ?? usualSealFile(installationId), installationId);
  const made: Description = {
    format: 1,
    installationId,
    sealCheck: Buffer.from(makeSealCheck(key)).toString('hex'),
  };
  writePrivateFile(descriptionFile(dataDirectory), `${JSON.stringify(made, null, 2)}\n`);
  return made;
}

function readDescription(dataDirectory: string): Description | undefined {
  const file = descriptionFile(dataDirectory);
  if (!existsSync(file)) {
    // What a crash between the two steps of a file's replacement leaves.
    rmSync(`${file}.new`, { force: true });
    return undefined;
  }
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new RefusedStart(`${file} cannot be read, or is damaged`);
  }
  const result = v.safeParse(description, content);
  if (result.success) return result.output;
  const isNewer = v.is(v.object({ format: v.pipe(v.number(), v.minValue(2)) }), content);
  throw new RefusedStart(
    isNewer ? `${dataDirectory} was made by a newer version of holdfast` : `${file} is damaged`,
  );
}

function makeFolder(path: string): void {
  orRefuse(path, () => mkdirSync(path, { recursive: true, mode: 0o700 }));
}

/** Before anything is changed: what was typed by mistake may be anybody's folder. */
function refuseStrangers(path: string): void {
  const names = orRefuse(path, () => readdirSync(path));
  // A first start that was cut short leaves no more than these.
  const isBegun = names.every((name) => ['lock', `${descriptionName}.new`].includes(name));
  if (!isBegun && !names.includes(descriptionName))
    throw new RefusedStart(`${path} is not empty and is no data folder of holdfast`);
}

function closeToOthers(path: string): void {
  orRefuse(path, () => chmodSync(path, 0o700));
}

function orRefuse<T>(path: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new RefusedStart(`the data folder ${path} cannot be made or opened (${code})`);
  }
}

function descriptionFile(dataDirectory: string): string {
  return join(dataDirectory, descriptionName);
}
