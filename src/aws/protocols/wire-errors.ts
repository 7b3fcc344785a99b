import { StoreUnavailable } from '../../store/store.ts';
import { VaultUnavailable } from '../../vault-client/vault.ts';
import { AwsError, CommonError, type CommonErrorKind } from '../errors.ts';
import { withoutPrivateKeys } from '../hidden-keys.ts';
import type { ServiceModel } from '../model.ts';
import type { WireError } from './protocol.ts';

type Name = readonly [code: string, status: number];

/** What each protocol calls the errors that every service knows. @see AWS "Common Errors" of each service */
const names: Readonly<Record<CommonErrorKind, Record<ServiceModel['protocol'], Name>>> = {
  'missing-authentication': {
    json: ['MissingAuthenticationTokenException', 400],
    query: ['MissingAuthenticationToken', 403],
    'rest-xml': ['MissingAuthenticationToken', 403],
  },
  'incomplete-signature': {
    json: ['IncompleteSignatureException', 400],
    query: ['IncompleteSignature', 400],
    'rest-xml': ['IncompleteSignature', 400],
  },
  'unknown-key': {
    json: ['UnrecognizedClientException', 400],
    query: ['InvalidClientTokenId', 403],
    'rest-xml': ['InvalidClientTokenId', 403],
  },
  'invalid-signature': {
    json: ['InvalidSignatureException', 400],
    query: ['SignatureDoesNotMatch', 403],
    'rest-xml': ['SignatureDoesNotMatch', 403],
  },
  'expired-token': {
    json: ['ExpiredTokenException', 400],
    query: ['ExpiredToken', 403],
    'rest-xml': ['ExpiredToken', 403],
  },
  'request-expired': {
    json: ['RequestExpired', 400],
    query: ['RequestExpired', 400],
    'rest-xml': ['RequestExpired', 400],
  },
  'access-denied': {
    json: ['AccessDeniedException', 400],
    query: ['AccessDenied', 403],
    'rest-xml': ['AccessDenied', 403],
  },
  throttled: {
    json: ['ThrottlingException', 400],
    query: ['Throttling', 400],
    'rest-xml': ['Throttling', 400],
  },
  'unknown-operation': {
    json: ['UnknownOperationException', 400],
    query: ['InvalidAction', 400],
    'rest-xml': ['UnknownOperationException', 404],
  },
  validation: {
    json: ['ValidationException', 400],
    query: ['ValidationError', 400],
    'rest-xml': ['InvalidInput', 400],
  },
  serialization: {
    json: ['SerializationException', 400],
    query: ['MalformedQueryString', 400],
    'rest-xml': ['MalformedInput', 400],
  },
  'too-large': {
    json: ['RequestEntityTooLargeException', 413],
    query: ['RequestEntityTooLarge', 413],
    'rest-xml': ['RequestEntityTooLarge', 413],
  },
  internal: {
    json: ['InternalFailure', 500],
    query: ['InternalFailure', 500],
    'rest-xml': ['InternalFailure', 500],
  },
  unavailable: {
    json: ['ServiceUnavailable', 503],
    query: ['ServiceUnavailable', 503],
    'rest-xml': ['ServiceUnavailable', 503],
  },
};

/** KMS has its own codes for faults of the server; SDKs know them as retryable. */
const modelled = new Map<CommonErrorKind, Name>([
  ['internal', ['KMSInternalException', 500]],
  ['unavailable', ['DependencyTimeoutException', 500]],
]);

/** Whatever was thrown, as an error that may be told; undefined when nobody foresaw it. */
export function foreseen(error: unknown): AwsError | CommonError | undefined {
  if (error instanceof AwsError || error instanceof CommonError) return error;
  if (error instanceof VaultUnavailable || error instanceof StoreUnavailable)
    return new CommonError('unavailable', 'The request could not be completed now. Try again.', {
      cause: error,
    });
  return undefined;
}

/** The text of a fault that nobody foresaw: the reason stays in the log. */
export function internalFailure(): CommonError {
  return new CommonError(
    'internal',
    'The request processing has failed because of an unknown error, exception or failure.',
  );
}

/** An error under the name and status that it has on the wire of `model`'s protocol. */
export function wireError(
  error: AwsError | CommonError,
  protocol: ServiceModel['protocol'],
  model: ServiceModel | undefined,
): WireError {
  if (error instanceof AwsError) {
    const { code, status, members, messageMember } = error;
    return { code, status, message: told(error), members, messageMember };
  }
  const own = modelled.get(error.kind);
  const isModelled =
    own !== undefined && model !== undefined && Object.hasOwn(model.shapes, own[0]);
  const [code, status] = isModelled ? own : names[error.kind][protocol];
  return {
    code,
    status,
    message: told(error),
    members: {},
    messageMember: error.kind === 'access-denied' && protocol === 'json' ? 'Message' : 'message',
  };
}

function told({ message }: Error): string | undefined {
  return message === '' ? undefined : withoutPrivateKeys(message);
}
