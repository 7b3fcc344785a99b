import type { Random } from '../../lib/random.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Vault } from '../../vault-client/vault.ts';

/** What this room asks of the vault: secrets of webhooks are encrypted under a key of holdfast's own. */
export type EventsVault = Pick<Vault, 'createBackingKey' | 'encrypt' | 'decrypt'>;

/** Asks a server over HTTPS. */
export interface WebhookHttp {
  /** @throws when there is no answer; the message says why, without a secret */
  send(request: {
    readonly method: 'POST';
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
    readonly maxBytes: number;
    readonly timeoutMilliseconds: number;
  }): Promise<{ readonly status: number }>;
}

export interface EventsPorts {
  readonly vault: EventsVault;
  readonly http: WebhookHttp;
  /** Where the file of events is; undefined for none. */
  readonly file: string | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}
