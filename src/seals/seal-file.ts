import { createHash, timingSafeEqual } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../lib/sync-folder.ts';
import { uuidBytes } from '../lib/ciphertext-layout.ts';
import { joined } from '../lib/der-writer.ts';
import { makePrivateFolder } from '../lib/private-folder.ts';
import { copyOutsideHeap } from '../lib/secret.ts';
import { SealError } from './seal-error.ts';

/**
 * What the files of all seals have in common, see docs/formats.md:
 * magic (15 bytes) · version (1) · installation id (16) · body · SHA-256 of all before (32).
 */
const magic = new TextEncoder().encode('holdfast seal\r\n');
const checksumBytes = 32;
const headerBytes = magic.length + 1 + 16;
/** More than any seal has. */
const maxFileBytes = 1024;

/** The kind of a seal is its version; never reused. */
const sealVersions = { file: 1, passphrase: 2 } as const;
export type SealKind = keyof typeof sealVersions;

/** All before the body. */
export function sealHeader(kind: SealKind, installationId: string): Uint8Array {
  return joined([magic, Uint8Array.of(sealVersions[kind]), uuid(installationId)]);
}

/**
 * Exclusive, and on disk with its name when this returns. Folders that are missing are made (0700).
 * @param body the caller overwrites it
 * @throws SealError if the file exists already, or cannot be written
 */
export function createSealFile(
  path: string,
  kind: SealKind,
  installationId: string,
  body: Uint8Array,
): void {
  const header = sealHeader(kind, installationId);
  const content = joined([header, body, new Uint8Array(checksumBytes)]);
  const end = header.length + body.length;
  content.set(sha256(content.subarray(0, end)), end);
  try {
    makePrivateFolder(dirname(path));
    writeWhole(path, content);
  } catch (error) {
    const isThere = isCode(error, 'EEXIST') && existsSync(path);
    throw new SealError(
      `the seal ${path} ${isThere ? 'exists already' : `cannot be written${because(error)}`}`,
    );
  } finally {
    content.fill(0);
  }
}

/**
 * @returns the body, which the caller overwrites
 * @throws SealError if the file is missing, open to others, damaged, or another installation's
 */
export function readSealFile(
  path: string,
  kind: SealKind,
  installationId: string,
  bodyBytes: number,
): Uint8Array {
  const content = readPrivate(path);
  try {
    if (Buffer.compare(content.subarray(0, magic.length), magic) !== 0)
      throw new SealError(`${path} is not a seal of holdfast, or it is damaged`);
    const version = content[magic.length] ?? 0;
    if (version !== sealVersions[kind]) throw new SealError(otherVersion(path, version));
    const end = headerBytes + bodyBytes;
    const checksum = sha256(content.subarray(0, end));
    if (content.length !== end + checksumBytes || !timingSafeEqual(checksum, content.subarray(end)))
      throw new SealError(`the seal ${path} is damaged`);
    const id = content.subarray(magic.length + 1, headerBytes);
    if (Buffer.compare(id, uuid(installationId)) !== 0)
      throw new SealError(`the seal ${path} belongs to another installation`);
    return copyOutsideHeap(content.subarray(headerBytes, end));
  } finally {
    content.fill(0);
  }
}

/**
 * Overwrites and removes the file of a seal, also one that was cut off while it was written; gone on disk when this
 * returns. What is no seal of this installation is let be.
 * @throws SealError if the system does not allow it
 */
export function destroySealFile(path: string, installationId: string): void {
  const content = presentContent(path);
  if (content === undefined) return;
  const id = joined([magic, uuid(installationId)]);
  const known = joined([
    content.subarray(0, magic.length),
    content.subarray(magic.length + 1, headerBytes),
  ]);
  const isOurs = Buffer.compare(known, id.subarray(0, known.length)) === 0;
  const { length } = content;
  content.fill(0);
  if (!isOurs) return;
  try {
    const file = openSync(path, 'r+');
    try {
      writeFileSync(file, new Uint8Array(length));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    unlinkSync(path);
    syncFolder(dirname(path));
  } catch (error) {
    throw new SealError(
      `the seal ${path} is of no use any more, but cannot be removed${because(error)}`,
    );
  }
}

function presentContent(path: string): Uint8Array | undefined {
  try {
    return readPrivate(path);
  } catch (error) {
    if (error instanceof SealError && error.isMissing) return undefined;
    throw error;
  }
}

function otherVersion(path: string, version: number): string {
  const kind = Object.entries(sealVersions).find(([, known]) => known === version)?.[0];
  return kind === undefined
    ? `the seal ${path} is damaged, or was made by another version of holdfast`
    : `the seal ${path} is of another kind (${kind})`;
}

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
  syncFolder(dirname(path));
}

/** At most one byte more than a seal may have; the permissions are those of the very file that is read. */
function readPrivate(path: string): Uint8Array {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const { mode, uid } = fstatSync(file);
    if ((mode & 0o077) !== 0) throw new SealError(`others may read the seal ${path}: chmod 600 it`);
    if (uid !== 0 && uid !== process.getuid?.())
      throw new SealError(`the seal ${path} belongs to another user`);
    const room = new Uint8Array(maxFileBytes + 1);
    const content = room.slice(0, readSync(file, room, 0, room.length, 0));
    room.fill(0);
    return content;
  } catch (error) {
    if (error instanceof SealError) throw error;
    const isMissing = isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR');
    throw new SealError(
      `the seal ${path} ${isMissing ? 'is missing' : `cannot be read${because(error)}`}`,
      isMissing,
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
