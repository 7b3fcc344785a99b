/** Why an outbound request has no answer. */
export type OutboundFailure =
  /** Not `https`, with credentials, or no URL at all. */
  | 'bad-url'
  /** Its name leads to no address, or to none that may be connected to. */
  | 'refused-address'
  | 'unresolved'
  /** The server's certificate is not trusted for its name. */
  | 'untrusted'
  | 'unreachable'
  | 'timeout'
  /** The answer is larger than asked for, or no HTTP. */
  | 'bad-answer';

/** Its message names the host and the reason; never the path, the query or a header. */
export class OutboundError extends Error {
  readonly failure: OutboundFailure;

  constructor(failure: OutboundFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutboundError';
    this.failure = failure;
  }
}
