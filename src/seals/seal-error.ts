/** Why the root key cannot be had. The message is one line for the operator, and holds no part of the key. */
export class SealError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SealError';
  }
}
