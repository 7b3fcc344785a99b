import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes the names in a folder durable, not only what they name. @throws the system's error */
export function syncFolder(path: string): void {
  syncFile(path);
}

/** Makes the bytes of a file durable, and its length. @throws the system's error */
export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
