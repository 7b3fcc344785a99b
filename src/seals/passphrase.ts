import { argon2, createCipheriv, createDecipheriv } from 'node:crypto';
import { promisify } from 'node:util';
import { joined } from '../lib/der-writer.ts';
import { systemRandom, type Random } from '../lib/random.ts';
import { reveal, Secret } from '../lib/secret.ts';
import { copyOf, rootKeyBytes } from './root-key.ts';
import { SealError } from './seal-error.ts';
import { createSealFile, readSealFile, sealHeader } from './seal-file.ts';
import type { Seal } from './seal.ts';

/** What it costs to try one passphrase. @see RFC 9106 §3.1 */
export interface Argon2Cost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/**
 * RFC 9106 §4 recommends 3 passes over 64 MiB in 4 lanes where 2 GiB are not to be had. This is four times the memory,
 * which a machine of 1 GiB has at a start, and 1 to 2 seconds of one core.
 */
export const usualCost: Argon2Cost = { memory: 256 * 1024, passes: 3, parallelism: 4 };

/** Whoever can write the file could else let a start ask for all memory, or never end. */
const maxCost: Argon2Cost = { memory: 1024 * 1024, passes: 16, parallelism: 16 };

const argon2id13 = 1;
const offsets = { memory: 1, passes: 5, parallelism: 9, salt: 13, iv: 29, sealed: 41 } as const;
const tagBytes = 16;
const bodyBytes = offsets.sealed + rootKeyBytes + tagBytes;

const derive = promisify(argon2);

/**
 * The seal `passphrase`: the root key encrypted under a key that argon2id makes of a passphrase. Body of the file, see
 * docs/formats.md: KDF (1 byte) · memory (4) · passes (4) · parallelism (4) · salt (16) · IV (12) · AES-256-GCM (32 + 16).
 */
export class PassphraseSeal implements Seal {
  readonly path: string;
  readonly #installationId: string;
  readonly #passphrase: () => Promise<Secret>;
  readonly #cost: Argon2Cost;
  readonly #random: Random;
  #rootKey: Secret | undefined;

  /** @param passphrase asked for once by `keep`, once by `open`; disposed here */
  constructor(
    path: string,
    installationId: string,
    passphrase: () => Promise<Secret>,
    {
      cost = usualCost,
      random = systemRandom,
    }: { cost?: Argon2Cost | undefined; random?: Random } = {},
  ) {
    this.path = path;
    this.#installationId = installationId;
    this.#passphrase = passphrase;
    this.#cost = cost;
    this.#random = random;
  }

  async keep(rootKey: Secret): Promise<void> {
    const body = new Uint8Array(bodyBytes);
    writeCost(body, this.#cost);
    body.set(this.#random.bytes(offsets.sealed - offsets.salt), offsets.salt);
    const key = await this.#wrappingKey(body);
    try {
      const cipher = createCipheriv('aes-256-gcm', key, ivOf(body), { authTagLength: tagBytes });
      cipher.setAAD(this.#additionalData(body));
      body.set(cipher.update(reveal(rootKey)), offsets.sealed);
      cipher.final();
      body.set(cipher.getAuthTag(), offsets.sealed + rootKeyBytes);
    } finally {
      key.fill(0);
    }
    createSealFile(this.path, 'passphrase', this.#installationId, body);
  }

  async open(): Promise<Secret> {
    const body = readSealFile(this.path, 'passphrase', this.#installationId, bodyBytes);
    // What costs too much, or is made in a way that is not known, is found before anybody types.
    checkCost(this.path, body);
    const key = await this.#wrappingKey(body);
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, ivOf(body), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(this.#additionalData(body));
      decipher.setAuthTag(body.subarray(offsets.sealed + rootKeyBytes));
      const rootKey = decipher.update(body.subarray(offsets.sealed, offsets.sealed + rootKeyBytes));
      this.#take(rootKey, () => decipher.final());
    } finally {
      key.fill(0);
    }
    return this.reopen();
  }

  /** Of the key that `open` found: kept here until this is disposed, as nobody is there to type when a vault crashes. */
  reopen(): Secret {
    if (this.#rootKey === undefined) throw new TypeError('the seal was not opened');
    return copyOf(this.#rootKey);
  }

  [Symbol.dispose](): void {
    this.#rootKey?.[Symbol.dispose]();
    this.#rootKey = undefined;
  }

  /** The file is whole, as its checksum says: what is not authentic now is the passphrase. */
  #take(rootKey: Uint8Array, authenticate: () => void): void {
    const secret = new Secret(Uint8Array.from(rootKey));
    rootKey.fill(0);
    try {
      authenticate();
    } catch {
      secret[Symbol.dispose]();
      throw new SealError(`the passphrase does not open the seal ${this.path}`);
    }
    this[Symbol.dispose]();
    this.#rootKey = secret;
  }

  async #wrappingKey(body: Uint8Array): Promise<Uint8Array> {
    using passphrase = await this.#passphrase();
    try {
      return await derive('argon2id', {
        ...readCost(body),
        message: reveal(passphrase),
        nonce: body.subarray(offsets.salt, offsets.iv),
        tagLength: 32,
      });
    } catch {
      throw new SealError(`the machine has too little memory to open the seal ${this.path}`);
    }
  }

  #additionalData(body: Uint8Array): Uint8Array {
    const header = sealHeader('passphrase', this.#installationId);
    return joined([header, body.subarray(0, offsets.sealed)]);
  }
}

function ivOf(body: Uint8Array): Uint8Array {
  return body.subarray(offsets.iv, offsets.sealed);
}

function writeCost(body: Uint8Array, { memory, passes, parallelism }: Argon2Cost): void {
  const view = new DataView(body.buffer, body.byteOffset);
  body[0] = argon2id13;
  view.setUint32(offsets.memory, memory);
  view.setUint32(offsets.passes, passes);
  view.setUint32(offsets.parallelism, parallelism);
}

function readCost(body: Uint8Array): Argon2Cost {
  const view = new DataView(body.buffer, body.byteOffset);
  return {
    memory: view.getUint32(offsets.memory),
    passes: view.getUint32(offsets.passes),
    parallelism: view.getUint32(offsets.parallelism),
  };
}

function checkCost(path: string, body: Uint8Array): void {
  if (body[0] !== argon2id13)
    throw new SealError(`the seal ${path} was made by another version of holdfast`);
  const { memory, passes, parallelism } = readCost(body);
  const isBounded =
    parallelism >= 1 &&
    parallelism <= maxCost.parallelism &&
    passes >= 1 &&
    passes <= maxCost.passes &&
    memory >= 8 * parallelism &&
    memory <= maxCost.memory;
  if (!isBounded) throw new SealError(`the seal ${path} asks for more memory or time than it may`);
}
