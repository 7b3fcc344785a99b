/**
 * An error that a client may see. Rooms subclass it, a class for each modelled exception; the pipeline
 * alone turns it into an answer. Anything else that is thrown becomes `InternalFailure`.
 */
export class AwsError extends Error {
  /** AWS's code as it stands on the wire, for example `ResourceNotFoundException`. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  /** Modelled members besides the message; only these are sent. */
  readonly members: Readonly<Record<string, unknown>>;
  /** The member that carries the text: KMS and ACM spell it `Message` for AccessDeniedException. */
  readonly messageMember: 'message' | 'Message';

  constructor(
    code: string,
    message: string | undefined,
    options: {
      status?: number;
      members?: Readonly<Record<string, unknown>>;
      messageMember?: 'message' | 'Message';
      cause?: unknown;
    } = {},
  ) {
    super(message ?? '', options.cause === undefined ? undefined : { cause: options.cause });
    this.name = code;
    this.code = code;
    this.status = options.status ?? 400;
    this.members = options.members ?? {};
    this.messageMember = options.messageMember ?? 'message';
  }
}

/**
 * Errors that every service knows, under a name that is not yet any protocol's: each protocol has its own
 * code and status for them (JSON `AccessDeniedException` 400, query `AccessDenied` 403, …).
 */
export type CommonErrorKind =
  | 'missing-authentication'
  | 'incomplete-signature'
  | 'unknown-key'
  | 'invalid-signature'
  | 'expired-token'
  | 'request-expired'
  | 'access-denied'
  | 'throttled'
  | 'unknown-operation'
  | 'validation'
  | 'serialization'
  | 'too-large'
  | 'internal'
  | 'unavailable';

export class CommonError extends Error {
  readonly kind: CommonErrorKind;

  constructor(kind: CommonErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommonError';
    this.kind = kind;
  }
}

/** The vault is being restarted, or the store is busy: the client's own retry will succeed. */
export function unavailable(message: string, cause?: unknown): CommonError {
  return new CommonError('unavailable', message, { cause });
}
