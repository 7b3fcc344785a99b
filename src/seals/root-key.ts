import type { Random } from '../lib/random.ts';
import { copyOutsideHeap, reveal, Secret } from '../lib/secret.ts';

export const rootKeyBytes = 32;

export function newRootKey(random: Random): Secret {
  return new Secret(random.bytes(rootKeyBytes));
}

/** Another one with the same bytes, to be disposed by itself. */
export function copyOf(secret: Secret): Secret {
  return new Secret(copyOutsideHeap(reveal(secret)));
}
