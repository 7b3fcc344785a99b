import type { Duplex } from 'node:stream';
import type { RawHeaders } from './headers.ts';
import type { Framing, RequestHead } from './request-head.ts';

/** A request as a target gets it. */
export interface TargetRequest {
  readonly method: RequestHead['method'];
  readonly target: RequestHead['target'];
  readonly authority: RequestHead['authority'];
  /** Without Host, Content-Length and what concerns a connection. */
  readonly headers: RawHeaders;
  readonly framing: Framing;
  readonly contentLength: string | undefined;
  readonly expectsContinue: boolean;
  /** Whether it asks for a WebSocket. */
  readonly isWebSocket: boolean;
}

/** The way to one target: of HTTP/1.1 or HTTP/2, new or kept from before. */
export interface TargetCall {
  /** False when the target should read first: wait for `onDrain`. */
  write(chunk: Uint8Array): boolean;
  end(trailers: RawHeaders): void;
  pause(): void;
  resume(): void;
  /** Gives up: nothing more is heard of the target. */
  abandon(): void;
}

export interface TargetAnswer {
  readonly status: number;
  readonly phrase: string;
  readonly headers: RawHeaders;
  readonly framing: Framing;
}

/** Hears what a target says. After `onEnd`, `onFailure` or `onUpgrade` nothing more comes. */
export interface TargetListener {
  /** 1xx, but not 101. */
  onInform(status: number, headers: RawHeaders): void;
  onAnswer(answer: TargetAnswer): void;
  onBody(bytes: Buffer): void;
  onEnd(trailers: RawHeaders): void;
  /** Only when the request asked for it: the target's bytes from here on. */
  onUpgrade(answer: TargetAnswer, socket: Duplex, rest: Buffer): void;
  onDrain(): void;
  onFailure(failure: TargetFailure): void;
}

/**
 * `stale`: a kept connection was closed before a byte of an answer came, so that the request may be repeated if that
 * is safe. `late`: not connected in time, or silent for too long. `broken`: anything else.
 */
export type TargetFailure = 'stale' | 'late' | 'broken';
