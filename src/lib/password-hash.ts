import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Random } from './random.ts';

/** What it costs to try one password. @see RFC 9106 §4, the second recommended option */
const cost = { memory: 64 * 1024, passes: 3, parallelism: 4 } as const;
const saltBytes = 16;
const tagBytes = 32;
/** Each needs 64 MiB while it is made. */
const atOnce = 2;

const derive = promisify(argon2);
const waiting: (() => void)[] = [];
let running = 0;

/**
 * argon2id, in the form `$argon2id$v=19$m=65536,t=3,p=4$salt$tag` that password hashes are kept in everywhere.
 * @param password overwritten by the caller
 */
export async function hashPassword(password: Uint8Array, random: Random): Promise<string> {
  const salt = random.bytes(saltBytes);
  const tag = await hashed(password, { ...cost, salt });
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
}

/** Whether the hash is of this password. @throws TypeError when it is no hash of ours */
export async function isPasswordOf(hash: string, password: Uint8Array): Promise<boolean> {
  const [, memory, passes, parallelism, salt = '', tag = ''] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash) ??
    [];
  if (memory === undefined) throw new TypeError('not a password hash');
  const found = await hashed(password, {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
  });
  return timingSafeEqual(found, Buffer.from(tag, 'base64'));
}

async function hashed(
  message: Uint8Array,
  {
    salt,
    ...parameters
  }: { memory: number; passes: number; parallelism: number; salt: Uint8Array },
): Promise<Uint8Array> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await derive('argon2id', { ...parameters, message, nonce: salt, tagLength: tagBytes });
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}
