import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../lib/sync-folder.ts';

/** Replaces a file as a whole, readable for its owner only, durable when this returns. */
export function writePrivateFile(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.new`;
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
}

/** The same, but what is there already is not written again: a process that is started anew on a full disk needs no room. */
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
