import type { Authority } from '../../aws/authority/authority.ts';
import type { AuditNotes, Call } from '../../aws/call.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Vault } from '../../vault-client/vault.ts';

/** What an order needs of a call. A whole `Call` fits. */
export type AcmeCall = Pick<Call, 'account' | 'principal' | 'clock' | 'random' | 'change'> & {
  readonly audit: Pick<AuditNotes, 'receipt'>;
};

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Of the answer's body. */
  readonly maxBytes: number;
  readonly timeoutMilliseconds: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** How a CA is asked: over https only, within the operator's bounds, and without following redirects. */
export interface Http {
  send(request: HttpRequest): Promise<HttpAnswer>;
}

export interface AcmePorts {
  readonly vault: Pick<Vault, 'generateCaKey' | 'signJws'>;
  /** Of the rows of issuers. */
  readonly authority: Authority;
  readonly http: Http;
  readonly clock: Clock;
  readonly log: Log;
  /**
   * What is done for a CA and not on a call: runs `work`, and commits its Change with an audit record that holds the
   * receipts.
   */
  readonly run: (eventName: string, work: (call: AcmeCall) => Promise<void>) => Promise<void>;
}
