import { createHmac } from 'node:crypto';

interface Scope {
  readonly accessKeyId: string;
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** Derived signing keys of the last callers; what leaves is overwritten. A key is good for one day and scope. */
export class SigningKeys implements Disposable {
  readonly #keys = new Map<string, Buffer>();
  readonly #capacity: number;

  constructor(capacity = 1000) {
    this.#capacity = capacity;
  }

  /** The signing key of `scope`: stays this object's, and is not to be kept. */
  of(scope: Scope, secretAccessKey: Uint8Array): Uint8Array {
    const name = `${scope.accessKeyId}/${scope.date}/${scope.region}/${scope.service}`;
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = derive(scope, secretAccessKey);
      const [oldest] = this.#keys;
      if (oldest !== undefined && this.#keys.size >= this.#capacity) this.#forget(...oldest);
    } else {
      this.#keys.delete(name);
    }
    this.#keys.set(name, key);
    return key;
  }

  [Symbol.dispose](): void {
    for (const entry of this.#keys) this.#forget(...entry);
  }

  #forget(name: string, key: Buffer): void {
    key.fill(0);
    this.#keys.delete(name);
  }
}

function derive(scope: Scope, secretAccessKey: Uint8Array): Buffer {
  let key = Buffer.alloc(4 + secretAccessKey.length);
  key.write('AWS4', 'latin1');
  key.set(secretAccessKey, 4);
  for (const part of [scope.date, scope.region, scope.service, 'aws4_request']) {
    const next = createHmac('sha256', key).update(part, 'latin1').digest();
    key.fill(0);
    key = next;
  }
  return key;
}
