import { closeSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import { systemClock } from '../lib/clock.ts';
import { createLog } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import { VaultCore } from '../vault/core.ts';
import type { Role } from '../vault/operations.ts';
import { serveChannel } from '../vault/server.ts';

/**
 * The vault's process, started by vault-process.ts with everything that it will ever reach: the root key on one
 * pipe, the supervisor on a second, a client on each further one. It ends with the supervisor.
 */
const rootKeyDescriptor = 3;
const controlDescriptor = 5;
const rootKeyBytes = 32;

const log = createLog('vault');

// Messages of unexpected errors may quote what came in: only their names are told.
process.on('uncaughtException', (error: unknown) => {
  log.error('the vault ends', { error: error instanceof Error ? error.name : typeof error });
  process.exit(1);
});
process.once('disconnect', () => process.exit(0));
// Ctrl-C, or a service manager's stop, may reach the whole group: the vault ends last, when the supervisor says so.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});

const vault = new VaultCore(readRootKey(), systemClock, systemRandom);
serve({ fd: controlDescriptor }, 'control');
for (const [place] of clientNames().entries()) {
  serve({ fd: controlDescriptor + 1 + place }, 'client');
}
process.on('message', (message, handle) => {
  const isChannel = (message as { type?: unknown } | null)?.type === 'channel';
  if (isChannel && handle instanceof Socket) serve(handleOf(handle), 'client');
});
log.info('the vault is open', { epoch: vault.receipts.epoch.toHex() });

/**
 * What arrives is read into one buffer of ours, which its reader overwrites. Node would read into a fresh one, cut a
 * smaller one from it, and give the first back to the system's allocator as it is.
 */
function serve(source: ConstructorParameters<typeof Socket>[0], role: Role): void {
  const buffer = Buffer.alloc(64 * 1024);
  const callback = (length: number): boolean => channel.emit('data', buffer.subarray(0, length));
  const channel: Socket = new Socket({ ...source, onread: { buffer, callback } });
  serveChannel(channel, role, vault, log);
}

/** Takes the pipe from a socket that came over IPC: it has begun to read, and has had nothing yet. */
function handleOf(socket: Socket): object {
  const owner = socket as unknown as { _handle: { readStop(): void; reading: boolean } };
  const { _handle: handle } = owner;
  handle.readStop();
  handle.reading = false;
  Object.assign(owner, { _handle: null });
  return { handle };
}

/** One descriptor each; the names are for who reads the list of processes. */
function clientNames(): string[] {
  const option = process.argv.find((argument) => argument.startsWith('--channels='));
  return option?.slice('--channels='.length).split(',').filter(Boolean) ?? [];
}

/** Exactly the key, then the end: a longer or shorter one is a mistake of whoever started us. */
function readRootKey(): Uint8Array {
  const room = new Uint8Array(rootKeyBytes + 1);
  let length = 0;
  for (let count = -1; count !== 0 && length < room.length; length += count) {
    count = readSync(rootKeyDescriptor, room, length, room.length - length, null);
  }
  closeSync(rootKeyDescriptor);
  if (length !== rootKeyBytes) throw new RangeError('the root key has another length');
  const rootKey = room.slice(0, rootKeyBytes);
  room.fill(0);
  return rootKey;
}
