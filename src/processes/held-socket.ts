import { lookup } from 'node:dns/promises';
import * as net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { getSystemErrorName } from 'node:util';
import { RefusedStart } from './refused-start.ts';
import { hostInUrl, type Endpoint } from './settings.ts';

/** A bound TCP socket, to be handed to a child among its descriptors. */
export type HeldSocket = net.Socket;

/** The children of a server that was killed a moment ago need another moment to end. */
const maxTries = 16;
const betweenTriesMilliseconds = 100;

interface BoundHandle {
  getsockname(name: { port?: number }): number;
  close(): void;
}

/**
 * Binds an address for a process that will listen on it. Kept here while that process is started again, it lets
 * connections wait in the system's queue where they would be refused.
 * @param option as the operator typed it, for the message
 * @throws RefusedStart when the address cannot be bound
 */
export async function holdSocket(option: string, endpoint: Endpoint): Promise<HeldSocket> {
  const place = `${option}: ${hostInUrl(endpoint.host)}:${endpoint.port}`;
  for (let tries = 1; ; tries += 1) {
    const bound = await bindSocket(endpoint);
    if (typeof bound !== 'string') return bound;
    if (bound !== 'EADDRINUSE') throw new RefusedStart(`${place} cannot be bound on this machine`);
    if (tries === maxTries) throw new RefusedStart(`${place} is in use by another process`);
    await sleep(betweenTriesMilliseconds);
  }
}

/** Binds an address without listening on it. @returns the name of the system's error when it cannot be bound */
export async function bindSocket({ host, port }: Endpoint): Promise<HeldSocket | string> {
  const { address, family } = await lookup(host).catch(() => ({ address: host, family: 4 }));
  // Node has no public way to bind without accepting: this is what its own cluster module binds with.
  const { _createServerHandle: bind } = net as unknown as {
    readonly _createServerHandle: (
      address: string,
      port: number,
      family: number,
    ) => BoundHandle | number;
  };
  const handle = bind(address, port, family);
  if (typeof handle === 'number') return getSystemErrorName(handle);
  const name: { port?: number } = {};
  handle.getsockname(name);
  if (port === 0 || name.port === port) return handle as unknown as HeldSocket;
  // That a port is taken is only told by listening; the socket is then bound to nothing.
  handle.close();
  return 'EADDRINUSE';
}

/** Those who were given it keep it. */
export function letGoOf(socket: HeldSocket): void {
  (socket as unknown as BoundHandle).close();
}
