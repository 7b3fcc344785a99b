/** Why the root key cannot be had. The message is one line for the operator, and holds no part of the key. */
export class SealError extends Error {
  /** There is nothing where the seal should be. */
  readonly isMissing: boolean;

  constructor(message: string, isMissing = false) {
    super(message);
    this.name = 'SealError';
    this.isMissing = isMissing;
  }
}
