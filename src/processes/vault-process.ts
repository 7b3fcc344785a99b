import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { extname, join } from 'node:path';
import type { Secret } from '../lib/secret.ts';
import { handOver } from '../seals/hand-over.ts';
import { connectVaultControl } from '../vault-client/client.ts';
import type { VaultControl } from '../vault-client/vault.ts';

const rootKeyDescriptor = 3;
const controlDescriptor = 5;

/**
 * OpenSSL keeps the numbers of private keys here: locked in memory, out of core dumps, and overwritten when freed.
 * Half of what an unprivileged process may lock on most systems. Requests in work are bounded so that it suffices;
 * when it is exhausted OpenSSL reports misleading decoder errors.
 */
const secureHeapBytes = 4 * 1024 * 1024;

/**
 * OpenSSL frees the DER of keys that it has parsed without overwriting it. Where the C library is glibc, that overwrites
 * whatever is freed; what it would put into caches of threads it would not, so there are none.
 */
const overwritesFreedMemory = 'glibc.malloc.perturb=85:glibc.malloc.tcache_count=0';

/**
 * A vault that runs. It has forgotten all holders: whoever starts it enrols them again. Its end is the child's `exit`:
 * `close` never comes while a pipe of it has gone to another process.
 */
export interface VaultProcess {
  readonly child: ChildProcess;
  readonly control: VaultControl;
  /** Our ends of the pipes named in `channels`: `readStop` them and send them to the processes that live already. */
  readonly channels: Readonly<Record<string, Socket>>;
  /**
   * Gives the vault its end of a pipe to a client that was started after it.
   * @param socket of which not a byte was read: `readStop` at once after the client was spawned
   */
  forward(role: 'api' | 'worker', socket: Socket): void;
}

export interface VaultProcessOptions {
  /** Disposed once it is handed over. */
  readonly rootKey: Secret;
  /** Names of the clients that are alive, as after a crash of the vault. */
  readonly channels?: readonly string[];
  /** Where the vault's log lines go; our own stderr when absent. */
  readonly stderr?: 'inherit' | 'pipe';
}

/** Starts a vault: a process that can reach nothing but the pipes that it is given here. */
export function spawnVault({
  rootKey,
  channels = [],
  stderr = 'inherit',
}: VaultProcessOptions): VaultProcess {
  const pipes = channels.map(() => 'pipe' as const);
  const child = spawn(
    process.execPath,
    [...vaultNodeOptions(), codeFile('processes', 'vault'), `--channels=${channels.join(',')}`],
    {
      stdio: ['ignore', 'ignore', stderr, 'pipe', 'ipc', 'pipe', ...pipes],
      // Nothing from outside may change how Node runs it: NODE_OPTIONS could load code or open an inspector.
      env: { GLIBC_TUNABLES: overwritesFreedMemory },
    },
  );
  // What cannot be sent to a vault that has just ended: its end is told by `exit`.
  child.on('error', () => {});
  // The types know of five descriptors only.
  const pipe = (descriptor: number): Socket => child.stdio.at(descriptor) as Socket;
  handOver(rootKey, pipe(rootKeyDescriptor));
  return {
    child,
    control: connectVaultControl(pipe(controlDescriptor)),
    channels: Object.fromEntries(
      channels.map((name, place) => [name, pipe(controlDescriptor + 1 + place)]),
    ),
    forward(role, socket) {
      child.send({ type: 'channel', role }, socket);
    },
  };
}

/** A seat belt: no network, no processes, no add-ons, no files but its own code. */
export function vaultNodeOptions(): string[] {
  const readable = [
    codeFile('processes', 'vault'),
    join(import.meta.dirname, '..', 'vault'),
    join(import.meta.dirname, '..', 'lib'),
    join(import.meta.dirname, '..', '..', 'package.json'),
  ];
  return [
    '--permission',
    ...readable.map((path) => `--allow-fs-read=${path}`),
    '--disallow-code-generation-from-strings',
    '--disable-proto=delete',
    '--no-addons',
    `--secure-heap=${secureHeapBytes}`,
  ];
}

/** From source or built: a neighbour of this file. */
function codeFile(folder: string, name: string): string {
  return join(import.meta.dirname, '..', folder, `${name}${extname(import.meta.filename)}`);
}
