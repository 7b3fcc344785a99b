import type { ChildProcess } from 'node:child_process';
import type {
  GatewaySocketRelease,
  GatewaySocketRequest,
  MessageToGateway,
} from '../lib/gateway-control.ts';
import { bindSocket, letGoOf, type HeldSocket } from './held-socket.ts';

interface Held {
  readonly socket: HeldSocket;
  /** The gateways that listen on it, or did when they ended. */
  readonly users: Set<ChildProcess>;
}

/**
 * The sockets on which gateways listen, bound here: while a gateway that died is started again connections wait in
 * the system's queue where they would be refused, and one that takes another's place accepts on the same sockets.
 */
export class GatewaySockets {
  readonly #held = new Map<string, Held>();
  #turn: Promise<void> = Promise.resolve();

  /** Gives a gateway a socket of that address, or tells it the name of the system's error. */
  give(child: ChildProcess, request: GatewaySocketRequest): Promise<void> {
    return (this.#turn = this.#turn.then(async () => {
      const { id } = request;
      const given = await this.#heldFor(child, request);
      if (!child.connected) return;
      if (typeof given === 'string')
        child.send({ type: 'bound', id, error: given } satisfies MessageToGateway);
      else child.send({ type: 'bound', id } satisfies MessageToGateway, given);
    }));
  }

  /** A gateway listens there no more. */
  release(child: ChildProcess, { host, port }: GatewaySocketRelease): void {
    const key = keyOf(host, port);
    const held = this.#held.get(key);
    held?.users.delete(child);
    if (held?.users.size === 0) this.#close(key, held);
  }

  /** Once one of `living` serves, nobody is to wait where none of them listens. */
  closeUnused(living: readonly ChildProcess[]): void {
    for (const [key, held] of this.#held) {
      for (const user of held.users) if (!living.includes(user)) held.users.delete(user);
      if (held.users.size === 0) this.#close(key, held);
    }
  }

  async #heldFor(child: ChildProcess, { host, port }: GatewaySocketRequest) {
    const key = keyOf(host, port);
    const held = this.#held.get(key);
    if (held === undefined) {
      const socket = await bindSocket({ host, port });
      if (typeof socket !== 'string') this.#held.set(key, { socket, users: new Set([child]) });
      return socket;
    }
    // Two listeners of one gateway on one socket would take each other's connections.
    if (held.users.has(child)) return 'EADDRINUSE';
    held.users.add(child);
    return held.socket;
  }

  #close(key: string, { socket }: Held): void {
    this.#held.delete(key);
    letGoOf(socket);
  }
}

function keyOf(host: string, port: number): string {
  return `${host} ${port}`;
}
