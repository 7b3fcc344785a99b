import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Clock } from '../../lib/clock.ts';
import { Http1Target } from './http1-target.ts';

/** At a time; a target that is slower than its requests come in is not helped by more of them. */
const maxConnections = 4_096;
const maxFree = 256;

export interface TargetPoolOptions {
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
}

/** The HTTP/1.1 connections to one target. */
export class TargetPool {
  readonly #options: TargetPoolOptions;
  readonly #open = new Set<Http1Target>();
  /** The one freed last is used first, so that those not needed grow old and close. */
  readonly #free: { readonly connection: Http1Target; readonly until: number }[] = [];
  #isClosed = false;

  constructor(options: TargetPoolOptions) {
    this.#options = options;
  }

  /** A connection that was kept, or a new one; undefined when there are too many. */
  take(): Http1Target | undefined {
    for (let kept = this.#free.pop(); kept !== undefined; kept = this.#free.pop()) {
      if (kept.connection.isOpen && this.#options.clock.monotonic() < kept.until)
        return kept.connection;
      kept.connection.abandon();
    }
    return this.takeNew();
  }

  /** A new connection; undefined when there are too many. */
  takeNew(): Http1Target | undefined {
    if (this.#open.size >= maxConnections) return undefined;
    const { protocol, host, port } = this.#options;
    const connection =
      protocol === 'HTTPS'
        ? // As AWS does: the network to the target is trusted, its certificate is not looked at.
          new Http1Target(
            connectTls({ host, port, rejectUnauthorized: false }),
            'secureConnect',
            this.#events,
          )
        : new Http1Target(connectTcp({ host, port }), 'connect', this.#events);
    this.#open.add(connection);
    return connection;
  }

  /** Closes what is idle; requests in flight go on. */
  close(): void {
    this.#isClosed = true;
    for (const { connection } of this.#free.splice(0)) connection.abandon();
  }

  readonly #events = {
    onFree: (connection: Http1Target): void => {
      if (this.#isClosed || this.#free.length >= maxFree) return connection.abandon();
      const until = this.#options.clock.monotonic() + connection.keepMilliseconds;
      this.#free.push({ connection, until });
    },
    onClose: (connection: Http1Target): void => {
      this.#open.delete(connection);
      const at = this.#free.findIndex((free) => free.connection === connection);
      if (at >= 0) this.#free.splice(at, 1);
    },
  };
}
