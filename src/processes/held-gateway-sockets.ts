import type { ListenOptions } from 'node:net';
import type { ListeningSockets } from '../dataplane/gateway/listening-sockets.ts';
import type { GatewaySocket, MessageFromGateway } from '../lib/gateway-control.ts';

/** The sockets that the supervisor holds for the gateway, as the gateway asks for them. */
export class HeldGatewaySockets implements ListeningSockets {
  readonly #tell: (message: MessageFromGateway) => void;
  readonly #asked = new Map<number, PromiseWithResolvers<ListenOptions>>();
  #requests = 0;

  constructor(tell: (message: MessageFromGateway) => void) {
    this.#tell = tell;
  }

  take(host: string, port: number): Promise<ListenOptions> {
    const id = ++this.#requests;
    const asked = Promise.withResolvers<ListenOptions>();
    this.#asked.set(id, asked);
    this.#tell({ type: 'bind', id, host, port });
    return asked.promise;
  }

  release(host: string, port: number): void {
    this.#tell({ type: 'release', host, port });
  }

  /** The supervisor's answer. @param socket what node:net takes in the place of options */
  answer({ id, error }: GatewaySocket, socket: unknown): void {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (error === undefined) asked?.resolve(socket as ListenOptions);
    else asked?.reject(Object.assign(new Error(`bind ${error}`), { code: error }));
  }
}
