import type { Duplex } from 'node:stream';
import { faultPoint } from '../lib/fault-points.ts';
import type { Log } from '../lib/log.ts';
import {
  answered,
  encodeFrame,
  FrameReader,
  FrameSender,
  operationNames,
  ProtocolError,
  refusalReasons,
  textField,
  unavailable,
  type Frame,
} from '../lib/vault-protocol.ts';
import type { VaultCore } from './core.ts';
import { operate, type Role } from './operations.ts';
import { Busy, Refusal } from './refusal.ts';

/** What a channel may have in work or unread by its client, before nothing more is read from it. */
const maxBytesInWork = 4 * 1024 * 1024;
const maxRequestsInWork = 8192;

/** Answers the frames that come over a channel until it ends, or until they are no frames. */
export function serveChannel(channel: Duplex, role: Role, vault: VaultCore, log: Log): void {
  const served = new ServedChannel(channel, role, vault, log);
  channel.on('data', (chunk: Buffer) => served.read(chunk));
  channel.on('drain', () => served.resume());
  channel.on('error', () => channel.destroy());
  channel.on('end', () => channel.destroy());
  channel.on('close', () => served.end());
}

class ServedChannel {
  readonly #channel: Duplex;
  readonly #role: Role;
  readonly #vault: VaultCore;
  readonly #log: Log;
  readonly #reader = new FrameReader((frame) => void this.#answer(frame));
  readonly #sender: FrameSender;
  #requestsInWork = 0;
  #bytesInWork = 0;

  constructor(channel: Duplex, role: Role, vault: VaultCore, log: Log) {
    this.#channel = channel;
    this.#role = role;
    this.#vault = vault;
    this.#log = log;
    this.#sender = new FrameSender(channel);
  }

  read(chunk: Buffer): void {
    try {
      this.#reader.push(chunk);
    } catch (error) {
      this.#close(error);
    } finally {
      chunk.fill(0);
    }
    if (this.#isFull()) this.#channel.pause();
  }

  resume(): void {
    if (this.#channel.isPaused() && !this.#isFull()) this.#channel.resume();
  }

  end(): void {
    this.#reader.wipe();
    this.#vault.receipts.askerIsGone(this);
  }

  async #answer(frame: Frame): Promise<void> {
    const { generation, request, code, fields } = frame;
    this.#requestsInWork += 1;
    this.#bytesInWork += fields.frameBytes;
    const send = (outcome: number, answer: readonly Uint8Array[]): void => {
      const bytes = encodeFrame({ generation, request, code: outcome }, answer);
      if (!this.#channel.destroyed) this.#sender.send(bytes);
      for (const field of answer) field.fill(0);
    };
    try {
      const operation = operationNames[code];
      if (operation === undefined) throw new ProtocolError('an unknown operation');
      faultPoint('vault.asked', operation);
      const answer = operate(this.#vault, operation, fields, { role: this.#role, asker: this });
      // What is done already must not wait for a turn of its own.
      const done = answer instanceof Promise ? await answer : answer;
      if (operation !== 'confirm') faultPoint('vault.used', operation);
      if (operation !== 'confirm') send(answered, done);
    } catch (error) {
      if (error instanceof ProtocolError) this.#close(error);
      else send(outcomeOf(error), [textField(this.#publicMessage(error))]);
    } finally {
      this.#requestsInWork -= 1;
      this.#bytesInWork -= fields.frameBytes;
      fields.wipe();
      this.resume();
    }
  }

  #publicMessage(error: unknown): string {
    if (error instanceof Refusal || error instanceof Busy) return error.message;
    // Messages of other errors may quote what came in.
    this.#log.error('a request failed', {
      error: error instanceof Error ? error.name : typeof error,
    });
    return 'the vault failed';
  }

  #isFull(): boolean {
    const bytes = this.#bytesInWork + this.#channel.writableLength;
    return this.#requestsInWork >= maxRequestsInWork || bytes >= maxBytesInWork;
  }

  #close(error: unknown): void {
    const reason = error instanceof ProtocolError ? error.message : 'the reader failed';
    this.#log.warn('a channel is closed', { reason });
    this.#channel.destroy();
  }
}

function outcomeOf(error: unknown): number {
  return error instanceof Refusal ? refusalReasons.indexOf(error.reason) : unavailable;
}
