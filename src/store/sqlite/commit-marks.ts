import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { syncFolder } from '../../lib/sync-folder.ts';
import { StoreUnavailable } from '../store.ts';

const version = 1;
const markBytes = 16;
const slots = 16;
const checkedBytes = 12;

/**
 * Says beside the database how many commits there are in it, after each, and without waiting for the disk. A database that
 * has fewer at a start has lost some. A mark never says too much: at worst it is old, or torn and says nothing.
 */
export class CommitMarks implements Disposable {
  readonly #descriptor: number;
  readonly #offset: number;
  readonly #mark = Buffer.alloc(markBytes);

  /** @param file as `makeMarks` left it. @throws the system's error */
  constructor(file: string) {
    this.#descriptor = openSync(file, 'r+');
    // Two processes that share a slot hide each other's last commit, which is why there are more slots than processes.
    this.#offset = (process.pid % slots) * markBytes;
    this.#mark.writeUInt8(version);
  }

  /** @throws the system's error */
  write(commits: number): void {
    this.#mark.writeBigUInt64BE(BigInt(commits), checkedBytes - 8);
    this.#mark.writeUInt32BE(crc32(this.#mark.subarray(0, checkedBytes)), checkedBytes);
    writeSync(this.#descriptor, this.#mark, 0, markBytes, this.#offset);
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
  }
}

/** The marks of the database `file`. */
export function marksFile(file: string): string {
  return `${file.replace(/\.db$/, '')}.commits`;
}

/** Makes the file with room for all marks, so that a full disk keeps nobody from writing one. @throws StoreUnavailable */
export function makeMarks(file: string): void {
  try {
    const missing = slots * markBytes - read(file).length;
    if (missing > 0) append(file, missing);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new StoreUnavailable(`${basename(file)} cannot be made (${code})`, { cause });
  }
}

function append(file: string, zeros: number): void {
  const descriptor = openSync(file, 'a', 0o600);
  try {
    writeSync(descriptor, Buffer.alloc(zeros));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  syncFolder(dirname(file));
}

/** How many commits there have been at least; 0 when nobody knows. @throws the system's error */
export function markedCommits(file: string): number {
  const content = read(file);
  let most = 0;
  for (let at = 0; at + markBytes <= content.length; at += markBytes) {
    const mark = content.subarray(at, at + markBytes);
    const isWhole = mark.readUInt32BE(checkedBytes) === crc32(mark.subarray(0, checkedBytes));
    if (isWhole && mark.readUInt8() === version)
      most = Math.max(most, Number(mark.readBigUInt64BE(checkedBytes - 8)));
  }
  return most;
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return Buffer.alloc(0);
    throw error;
  }
}
