import type { RefusalReason } from '../lib/vault-protocol.ts';

/** The vault says no. The message goes to the asking process: it is for people, and holds no input. */
export class Refusal extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.name = 'Refusal';
    this.reason = reason;
  }
}

/** The vault cannot do it now, and another try may succeed. */
export class Busy extends Error {}
