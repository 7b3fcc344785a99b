import type { Duplex } from 'node:stream';
import type { Random } from '../lib/random.ts';
import {
  answered,
  encodeFrame,
  FrameReader,
  FrameSender,
  operationNames,
  ProtocolError,
  refusalReasons,
  type FieldReader,
  type Frame,
  type OperationName,
} from '../lib/vault-protocol.ts';
import { VaultRefusal, VaultUnavailable } from './vault.ts';

/** Requests that wait for their answers; more are turned away, so that memory stays bounded. */
const maxInFlight = 4096;

interface Waiting {
  resolve(fields: FieldReader): void;
  reject(error: Error): void;
}

/** The requests over one pipe to the vault, as long as the pipe lives. */
export class VaultChannel {
  readonly #channel: Duplex;
  readonly #sender: FrameSender;
  /** Tells the answers to this channel from those to whoever used the pipe before. */
  readonly #generation: number;
  readonly #waiting = new Map<number, Waiting>();
  #lastRequest = 0;
  #isOpen = true;

  constructor(channel: Duplex, random: Random) {
    this.#channel = channel;
    this.#sender = new FrameSender(channel);
    this.#generation = new DataView(random.bytes(4).buffer).getUint32(0);
    const reader = new FrameReader((frame) => this.#settle(frame));
    channel.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch {
        this.close();
      } finally {
        chunk.fill(0);
      }
    });
    channel.on('error', () => this.close());
    channel.on('end', () => this.close());
    channel.on('close', () => this.close());
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /**
   * @param fields copied before this returns
   * @returns the fields of the answer; the caller wipes them
   */
  ask(operation: OperationName, fields: readonly Uint8Array[]): Promise<FieldReader> {
    return new Promise((resolve, reject) => {
      if (!this.#isOpen) throw new VaultUnavailable();
      if (this.#waiting.size >= maxInFlight)
        throw new VaultUnavailable('too many requests wait for the vault');
      const request = this.#nextRequest();
      this.#send(request, operation, fields);
      this.#waiting.set(request, { resolve, reject });
    });
  }

  /** Says what has no answer; without effect once the channel is gone. */
  tell(operation: OperationName, fields: readonly Uint8Array[]): void {
    if (this.#isOpen) this.#send(0, operation, fields);
  }

  /** Whoever waits is told that nothing is known of the request. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#channel.destroy();
    for (const waiting of this.#waiting.values()) waiting.reject(new VaultUnavailable());
    this.#waiting.clear();
  }

  #send(request: number, operation: OperationName, fields: readonly Uint8Array[]): void {
    const code = operationNames.indexOf(operation);
    try {
      this.#sender.send(encodeFrame({ generation: this.#generation, request, code }, fields));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      throw new VaultRefusal('malformed-request', 'the request is too long');
    }
  }

  #settle({ generation, request, code, fields }: Frame): void {
    const waiting = generation === this.#generation ? this.#waiting.get(request) : undefined;
    if (waiting === undefined) return fields.wipe();
    this.#waiting.delete(request);
    if (code === answered) return waiting.resolve(fields);
    const reason = refusalReasons[code];
    const message = fields.text();
    waiting.reject(
      reason === undefined ? new VaultUnavailable(message) : new VaultRefusal(reason, message),
    );
  }

  #nextRequest(): number {
    do this.#lastRequest = (this.#lastRequest % 0xffff_ffff) + 1;
    while (this.#waiting.has(this.#lastRequest));
    return this.#lastRequest;
  }
}
