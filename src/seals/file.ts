import { createHash, timingSafeEqual } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { uuidBytes } from '../lib/ciphertext-layout.ts';
import { joined } from '../lib/der-writer.ts';
import { systemRandom, type Random } from '../lib/random.ts';
import { Secret } from '../lib/secret.ts';
import { SealError } from './seal-error.ts';

/**
 * The seal `file`: the root key in a file that only its owner may read, kept apart from the data folder.
 * Layout, see docs/formats.md: magic (15 bytes) · version (1) · installation id (16) · root key (32) · SHA-256 of all before (32).
 */
const magic = new TextEncoder().encode('holdfast seal\r\n');
const version = 1;
const idOffset = magic.length + 1;
const keyOffset = idOffset + 16;
const keyBytes = 32;
const checksumOffset = keyOffset + keyBytes;
const fileBytes = checksumOffset + 32;

/**
 * Makes a new root key, and the file that keeps it: when this returns the file is on disk, whole.
 * @param path its folder is made (0700) if it is missing
 * @throws SealError if the file exists already, or cannot be written
 */
export function createSealFile(
  path: string,
  installationId: string,
  random: Random = systemRandom,
): Secret {
  const rootKey = random.bytes(keyBytes);
  const body = joined([magic, Uint8Array.of(version), uuid(installationId), rootKey]);
  const content = joined([body, sha256(body)]);
  body.fill(0);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeWhole(path, content);
    return new Secret(rootKey);
  } catch (error) {
    rootKey.fill(0);
    throw new SealError(
      `the seal ${path} ${isCode(error, 'EEXIST') ? 'exists already' : `cannot be written${because(error)}`}`,
    );
  } finally {
    content.fill(0);
  }
}

/**
 * Reads the root key of this installation.
 * @throws SealError if the file is missing, open to others, damaged, or another installation's
 */
export function openSealFile(path: string, installationId: string): Secret {
  const content = readWhole(path);
  try {
    if (
      content.length !== fileBytes ||
      Buffer.compare(content.subarray(0, magic.length), magic) !== 0
    ) {
      throw new SealError(`${path} is not a seal of holdfast, or it is damaged`);
    }
    if (content[magic.length] !== version) {
      throw new SealError(`the seal ${path} was made by another version of holdfast`);
    }
    const checksum = sha256(content.subarray(0, checksumOffset));
    if (!timingSafeEqual(checksum, content.subarray(checksumOffset))) {
      throw new SealError(`the seal ${path} is damaged`);
    }
    const id = content.subarray(idOffset, keyOffset);
    if (Buffer.compare(id, uuid(installationId)) !== 0) {
      throw new SealError(`the seal ${path} belongs to another installation`);
    }
    return new Secret(content.slice(keyOffset, checksumOffset));
  } finally {
    content.fill(0);
  }
}

/** Exclusive, and on disk with its name before this returns. */
function writeWhole(path: string, content: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    // All of it, or an error: a single write to a disk that is nearly full may take a part.
    writeFileSync(file, content);
    fsyncSync(file);
  } catch (error) {
    unlinkSync(path);
    throw error;
  } finally {
    closeSync(file);
  }
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** At most one byte more than a seal has; the permissions are those of the very file that is read. */
function readWhole(path: string): Uint8Array {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const { mode, uid } = fstatSync(file);
    if ((mode & 0o077) !== 0) throw new SealError(`others may read the seal ${path}: chmod 600 it`);
    if (uid !== 0 && uid !== process.getuid?.()) {
      throw new SealError(`the seal ${path} belongs to another user`);
    }
    const room = new Uint8Array(fileBytes + 1);
    const content = room.slice(0, readSync(file, room, 0, room.length, 0));
    room.fill(0);
    return content;
  } catch (error) {
    if (error instanceof SealError) throw error;
    const isMissing = isCode(error, 'ENOENT');
    throw new SealError(
      `the seal ${path} ${isMissing ? 'is missing' : `cannot be read${because(error)}`}`,
    );
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function uuid(text: string): Uint8Array {
  const bytes = uuidBytes(text);
  if (bytes === undefined) throw new TypeError('an installation id is a UUID');
  return bytes;
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function because(error: unknown): string {
  return error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
}
