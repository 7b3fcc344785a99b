import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { syncFolder } from '../lib/sync-folder.ts';
import { FileNotWritten, writePrivateFile } from './private-file.ts';
import { RefusedStart } from './refused-start.ts';

export const installationFileName = 'installation.json';

const sealPlace = v.variant('kind', [
  v.object({ kind: v.literal('file'), path: v.string() }),
  /** In the data folder. */
  v.object({
    kind: v.literal('passphrase'),
    name: v.pipe(v.string(), v.regex(/^[a-z0-9-]+\.seal$/)),
  }),
]);
export type SealPlace = v.InferOutput<typeof sealPlace>;

const description = v.object({
  format: v.literal(1),
  installationId: v.pipe(v.string(), v.uuid()),
  /** Hex; tells the right seal from a wrong one. */
  sealCheck: v.pipe(v.string(), v.hexadecimal()),
  /** The seal in force; a file in its usual place when absent. */
  seal: v.optional(sealPlace),
  /** Of a re-sealing that has not ended: the seal that was, or the one that did not come to be. */
  uselessSeal: v.optional(sealPlace),
});
export type Description = v.InferOutput<typeof description>;

/** Undefined in a folder that was never founded. @throws RefusedStart if it is damaged */
export function readDescription(dataDirectory: string): Description | undefined {
  const file = join(dataDirectory, installationFileName);
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

/** Replaced as a whole, durable when this returns. @throws RefusedStart */
export function writeDescription(dataDirectory: string, content: Description): void {
  const file = join(dataDirectory, installationFileName);
  try {
    writePrivateFile(file, `${JSON.stringify(content, null, 2)}\n`);
  } catch (error) {
    if (!(error instanceof FileNotWritten)) throw error;
    throw new RefusedStart(error.message, { cause: error });
  }
}

/** Durable when this returns. @throws the system's error */
export function forgetDescription(dataDirectory: string): void {
  const file = join(dataDirectory, installationFileName);
  for (const each of [file, `${file}.new`]) rmSync(each, { force: true });
  syncFolder(dataDirectory);
}
