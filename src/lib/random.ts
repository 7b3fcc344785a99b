import { randomFillSync, randomUUID } from 'node:crypto';

/** Where chance comes from. Tests hand in their own, so that a run can be repeated. */
export interface Random {
  /** `count` unpredictable bytes in memory of their own (never from Buffer's shared pool). */
  bytes(count: number): Uint8Array;
  /** A version 4 UUID, lower case. */
  uuid(): string;
}

export const systemRandom: Random = {
  // An ArrayBuffer that is asked for by name never lies in V8's own heap, where a copy of a small array may stay.
  bytes: (count) => randomFillSync(new Uint8Array(new ArrayBuffer(count))),
  uuid: () => randomUUID(),
};

/** `bytes` random bytes as lower-case hex. */
export function randomHex(random: Random, bytes: number): string {
  return Buffer.from(random.bytes(bytes)).toString('hex');
}
