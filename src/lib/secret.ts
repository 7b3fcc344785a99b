import { inspect } from 'node:util';

const bytesOf = new WeakMap<Secret, Uint8Array>();

/**
 * Bytes that must not be seen: no view of the object (inspect, JSON, string) shows them, and disposing
 * it overwrites them. Only `reveal` gives them out, and the linter lists who may import that.
 */
export class Secret {
  /** Takes ownership of `bytes`: the caller keeps no other copy. */
  constructor(bytes: Uint8Array) {
    bytesOf.set(this, bytes);
  }

  /** How long it is: all that a constraint may know of it. 0 once disposed. */
  get byteLength(): number {
    return bytesOf.get(this)?.length ?? 0;
  }

  [inspect.custom](): string {
    return 'Secret {}';
  }

  toJSON(): string {
    return '[secret]';
  }

  toString(): string {
    return '[secret]';
  }

  /** Overwrites the bytes; a later `reveal` throws. */
  [Symbol.dispose](): void {
    bytesOf.get(this)?.fill(0);
    bytesOf.delete(this);
  }
}

/**
 * The bytes themselves, not a copy.
 * @throws TypeError once the secret was disposed
 */
export function reveal(secret: Secret): Uint8Array {
  const bytes = bytesOf.get(secret);
  if (bytes === undefined) throw new TypeError('the secret was already disposed');
  return bytes;
}

/**
 * A copy that overwriting really removes. V8 holds arrays of up to 64 bytes in its heap, and leaves one copy there once
 * Node or its collector has moved them; an `ArrayBuffer` that is asked for by name never lies there.
 */
export function copyOutsideHeap(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new ArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

declare const sealed: unique symbol;

/**
 * Ciphertext of something named by `What`. Stores take only this type, and only the vault's client
 * makes it, so that a plaintext cannot be stored by mistake.
 */
export type Sealed<What extends string> = Uint8Array & { readonly [sealed]: What };
