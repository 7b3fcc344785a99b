import type { ListenOptions } from 'node:net';

/** Where a listener gets the socket on which it accepts connections. */
export interface ListeningSockets {
  /**
   * What `server.listen` takes: a socket that is bound already, or where to bind one.
   * @throws Error with the `code` of node:net when the address cannot be bound
   */
  take(host: string, port: number): Promise<ListenOptions>;
  /** The listener is gone: nobody is to wait in the socket's queue. */
  release(host: string, port: number): void;
}

/** Sockets of this process, which end with it. */
export const ownSockets: ListeningSockets = {
  take: async (host, port) => ({ host, port, exclusive: true }),
  release: () => {},
};
