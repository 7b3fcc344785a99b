import { ipv6Network, plainAddress } from '../../lib/ip-network.ts';

/**
 * What each client holds of something that all share, so that one alone cannot have it all. Clients are told apart by
 * their addresses: before a signature is checked nothing else is known of them.
 */
export class ClientShares {
  readonly #most: number;
  readonly #held = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** False, and nothing is taken, when the client would hold too much. */
  take(address: string, amount = 1): boolean {
    const client = clientOf(address);
    const held = (this.#held.get(client) ?? 0) + amount;
    if (held > this.#most) return false;
    this.#held.set(client, held);
    return true;
  }

  give(address: string, amount = 1): void {
    const client = clientOf(address);
    const held = (this.#held.get(client) ?? 0) - amount;
    if (held > 0) this.#held.set(client, held);
    else this.#held.delete(client);
  }
}

function clientOf(address: string): string {
  // IPv4, as most are: there is nothing to take off.
  if (!address.includes(':')) return address;
  const plain = plainAddress(address);
  return ipv6Network(plain) ?? plain;
}
