import { lookup } from 'node:dns/promises';
import * as net from 'node:net';
import { RefusedStart } from './installation.ts';
import { hostInUrl, type Endpoint } from './settings.ts';

/** A bound TCP socket, to be handed to a child among its descriptors. */
export type HeldSocket = net.Socket;

interface BoundHandle {
  getsockname(name: { port?: number }): number;
}

/**
 * Binds an address for a process that will listen on it. Kept here while that process is started again, it lets
 * connections wait in the system's queue where they would be refused.
 * @param option as the operator typed it, for the message
 * @throws RefusedStart when the address cannot be bound
 */
export async function holdSocket(option: string, { host, port }: Endpoint): Promise<HeldSocket> {
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
  const place = `${option}: ${hostInUrl(host)}:${port}`;
  if (typeof handle === 'number')
    throw new RefusedStart(`${place} cannot be bound on this machine`);
  const name: { port?: number } = {};
  handle.getsockname(name);
  // That a port is taken is only told by listening; the socket is then bound to nothing.
  if (port !== 0 && name.port !== port)
    throw new RefusedStart(`${place} is in use by another process`);
  return handle as unknown as HeldSocket;
}
