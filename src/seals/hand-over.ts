import type { Writable } from 'node:stream';
import { reveal, type Secret } from '../lib/secret.ts';

/** Writes the root key into the pipe of the vault that is being started, and forgets it. */
export function handOver(rootKey: Secret, pipe: Writable): void {
  const bytes = Uint8Array.from(reveal(rootKey));
  rootKey[Symbol.dispose]();
  // A vault that dies at once is noticed by its end, not here.
  pipe.on('error', () => bytes.fill(0));
  pipe.end(bytes, () => bytes.fill(0));
}
