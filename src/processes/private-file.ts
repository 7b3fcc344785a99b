import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../lib/sync-folder.ts';

/** A file of the data folder that the system did not take: a full disk, missing rights. Names it in one line. */
export class FileNotWritten extends Error {
  /** The system's, for example ENOSPC. */
  readonly code: string;

  constructor(path: string, cause: unknown) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    super(`${path} cannot be written (${code})`, { cause });
    this.name = 'FileNotWritten';
    this.code = code;
  }
}

/** Replaces a file as a whole, readable for its owner only, durable when this returns. @throws FileNotWritten */
export function writePrivateFile(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.new`;
  try {
    const descriptor = openSync(temporary, 'w', 0o600);
    try {
      // All of it, or an error: a single write to a disk that is nearly full may take a part.
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
    syncFolder(dirname(path));
  } catch (cause) {
    throw new FileNotWritten(path, cause);
  }
}

/** Gives a file that was written its place. @throws FileNotWritten */
export function movePrivateFile(from: string, to: string): void {
  try {
    renameSync(from, to);
    syncFolder(dirname(to));
  } catch (cause) {
    throw new FileNotWritten(to, cause);
  }
}

/**
 * The same as `writePrivateFile`, but what is there already is not written again: a process that is started anew on a full
 * disk needs no room. @throws FileNotWritten
 */
export function keepPrivateFile(path: string, content: string): void {
  if (!holds(path, content)) writePrivateFile(path, content);
}

function holds(path: string, content: string): boolean {
  try {
    return readFileSync(path, 'utf8') === content;
  } catch {
    return false;
  }
}
