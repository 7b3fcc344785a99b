import { closeSync, fsyncSync, openSync, unlinkSync, writeFileSync } from 'node:fs';
import { OperatorError } from './operator-client.ts';

/**
 * Fills a file that must not exist yet, and that only its owner may read, with what `make` gives: the file is there
 * before anything is made, so that no secret gets lost for want of a place, and goes when nothing was made.
 * @throws OperatorError, or what `make` throws
 */
export async function fillNewPrivateFile<Made>(
  file: string,
  make: () => Promise<{ readonly text: string; readonly made: Made }>,
): Promise<Made> {
  const descriptor = openNew(file);
  try {
    const { text, made } = await make().catch((error: unknown) => {
      unlinkSync(file);
      throw error;
    });
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
    return made;
  } finally {
    closeSync(descriptor);
  }
}

function openNew(file: string): number {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new OperatorError(
      reason === 'EEXIST' ? `${file} exists already` : `${file} cannot be made (${reason})`,
    );
  }
}
