import type { Writable } from 'node:stream';
import { copyOutsideHeap, reveal, type Secret } from '../lib/secret.ts';

/** Writes the root key into the pipe of the vault that is being started, and forgets it. */
export function handOver(rootKey: Secret, pipe: Writable): void {
  const bytes = copyOutsideHeap(reveal(rootKey));
  rootKey[Symbol.dispose]();
  // A vault that dies at once is noticed by its end, not here.
  pipe.on('error', () => bytes.fill(0));
  pipe.end(bytes, () => bytes.fill(0));
}
