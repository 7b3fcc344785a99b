import type { Readable } from 'node:stream';
import type { RawHeaders } from './headers.ts';
import type { Framing, RequestHead } from './request-head.ts';

/** One request of a client, whatever version of HTTP brought it, and the way to answer it. */
export interface Exchange {
  readonly request: RequestHead;
  /** Paused until it is resumed. */
  readonly body: Readable;
  /** The request's trailers; complete once `body` has ended. */
  readonly trailers: readonly string[];
  /** Once `body` has ended: whether its client has sent it to its end, or has gone or cancelled before. */
  readonly isWhole: boolean;
  readonly client: ClientAddress;
  /** True once the head of the answer is sent. */
  readonly hasBegun: boolean;
  /** True once nothing of the answer can be sent any more. */
  readonly isOver: boolean;

  /** Sends an interim answer (1xx, but not 101); not once the answer has begun. */
  inform(status: number, headers: RawHeaders): void;
  /**
   * Sends the head of the answer, which says how long a `sized` body is.
   * @throws Error when a status or a field is none that HTTP allows
   */
  begin(status: number, phrase: string, headers: RawHeaders, framing: Framing): void;
  /** False when the client should read first: wait for `onDrain`. */
  write(chunk: Uint8Array): boolean;
  end(trailers?: RawHeaders): void;
  /** Ends the answer so that the client sees that it is not whole. */
  abort(): void;
  /** After this answer nobody may guess where the next request begins, or the connection is to end. */
  closeAfter(): void;
  onDrain(listener: () => void): void;
  /** Called once, when the answer is complete or the client has gone. */
  onClose(listener: () => void): void;
}

export interface ClientAddress {
  readonly address: string;
  readonly port: number;
}
