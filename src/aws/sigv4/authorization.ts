import { CommonError } from '../errors.ts';
import { parseHttpDate } from '../http/http-date.ts';
import type { RequestHead } from '../http/messages.ts';
import { bounded } from './bounded.ts';
import { parsePresigned, presignedCredential } from './presigned.ts';
import type { StatedAuthorization } from './stated-authorization.ts';
import { basicTimestamp } from './timestamp.ts';

/** What a request says of its own signature; nothing of it is proved yet. */
export interface Authorization extends Omit<StatedAuthorization, 'credential' | 'signedHeaders'> {
  readonly accessKeyId: string;
  /** `YYYYMMDD`, as the credential scope has it. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
  /** In lower case, sorted, each once. */
  readonly signedHeaders: readonly string[];
  /** 64 digits, hex in lower case. */
  readonly signature: string;
}

/** @throws CommonError missing-authentication, incomplete-signature, invalid-signature */
export function parseAuthorization(head: RequestHead): Authorization {
  const stated = statedAuthorization(head);
  const scope = stated.credential.split('/');
  if (scope.length !== 5) {
    // AWS quotes it. Who took a secret for the id of its access key would find it in the records.
    throw new CommonError(
      'incomplete-signature',
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term',
    );
  }
  const [accessKeyId, date, region, service, terminator] = scope as [
    string,
    string,
    string,
    string,
    string,
  ];
  return {
    accessKeyId,
    date,
    region,
    service,
    terminator,
    signedHeaders: signedHeaderNames(stated.signedHeaders, head),
    signature: wellFormedSignature(stated.signature),
    timestamp: stated.timestamp,
    sessionToken: stated.sessionToken,
    expiresSeconds: stated.expiresSeconds,
    signedQueries: stated.signedQueries,
  };
}

/** The service that a request claims to be signed for, before anything is checked; for the shape of errors. */
export function claimedService({ headers, query }: RequestHead): string | undefined {
  const header = headers.get('authorization');
  const credential =
    header === undefined
      ? presignedCredential(query)
      : /Credential=([^,\s]{0,512})/.exec(header)?.[1];
  return /^[^/]{0,128}\/[^/]{0,32}\/[^/]{0,64}\/([a-z0-9-]{1,64})\//.exec(credential ?? '')?.[1];
}

function statedAuthorization(head: RequestHead): StatedAuthorization {
  const header = head.headers.get('authorization');
  const presigned = parsePresigned(head.query);
  if (header !== undefined && presigned !== undefined) {
    throw new CommonError(
      'incomplete-signature',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified',
    );
  }
  if (header !== undefined) return authorizationHeader(header, head);
  if (presigned !== undefined) return presigned;
  // Services of the JSON protocol, whose requests have a target, say it shorter.
  const isJson = head.headers.get('x-amz-target') !== undefined;
  throw new CommonError(
    'missing-authentication',
    isJson ? 'Missing Authentication Token' : 'Request is missing Authentication Token',
  );
}

function authorizationHeader(header: string, { headers, query }: RequestHead): StatedAuthorization {
  const parameters = parametersOf(header);
  const credential = parameters.get('Credential');
  const signature = parameters.get('Signature');
  const signedHeaders = parameters.get('SignedHeaders');
  const timestamp = headers.get('x-amz-date') ?? timestampOf(headers.get('date'));
  if (
    credential === undefined ||
    signature === undefined ||
    signedHeaders === undefined ||
    timestamp === undefined
  )
    throw incomplete({ credential, signature, signedHeaders, timestamp });
  return {
    credential,
    signature,
    signedHeaders,
    timestamp,
    sessionToken: headers.get('x-amz-security-token'),
    expiresSeconds: undefined,
    signedQueries: [query],
  };
}

/** A `Date` header in either form; what is none of them stays as it is, and is refused as a timestamp. */
function timestampOf(date: string | undefined): string | undefined {
  if (date === undefined) return undefined;
  const instant = parseHttpDate(date);
  return instant === undefined ? date : basicTimestamp(instant);
}

/** `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`; blanks after the commas are optional. */
function parametersOf(header: string): ReadonlyMap<string, string> {
  const [, algorithm, rest = ''] = /^(\S+)(?: +(.*))?$/.exec(header) ?? [];
  if (algorithm !== 'AWS4-HMAC-SHA256') return new Map();
  const parameters = new Map<string, string>();
  for (const part of rest.split(',')) {
    const [, name, value] = /^\s*([A-Za-z]+)=(\S*)\s*$/.exec(part) ?? [];
    if (name === undefined || value === undefined || parameters.has(name))
      throw new CommonError(
        'incomplete-signature',
        'Authorization header has a part that is not of the form name=value, or the same one twice.',
      );
    parameters.set(name, value);
  }
  return parameters;
}

function incomplete(parts: {
  readonly credential: string | undefined;
  readonly signature: string | undefined;
  readonly signedHeaders: string | undefined;
  readonly timestamp: string | undefined;
}): CommonError {
  const missing = [
    [parts.credential, "Authorization header requires 'Credential' parameter."],
    [parts.signature, "Authorization header requires 'Signature' parameter."],
    [parts.signedHeaders, "Authorization header requires 'SignedHeaders' parameter."],
    [
      parts.timestamp,
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    ],
  ];
  const texts = missing.filter(([value]) => value === undefined).map(([, text]) => text);
  return new CommonError('incomplete-signature', texts.join(' '));
}

/**
 * Besides `host`, everything named `x-amz-` must be signed: it says which operation is meant and when. The
 * session token alone need not be, as it is compared with the access key's own.
 */
function signedHeaderNames(text: string, { headers }: RequestHead): readonly string[] {
  const names = text.split(';');
  const signed = new Set(names);
  const isOrdered = names.every(
    (name, index) => /^[^A-Z\s]+$/.test(name) && (index === 0 || names[index - 1]! < name),
  );
  if (!isOrdered)
    throw new CommonError(
      'invalid-signature',
      "'SignedHeaders' must be in lower case, in alphabetical order and each once.",
    );
  if (!signed.has('host'))
    throw new CommonError(
      'invalid-signature',
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  for (const name of headers.names()) {
    if (name.startsWith('x-amz-') && name !== 'x-amz-security-token' && !signed.has(name))
      throw new CommonError(
        'invalid-signature',
        `'${bounded(name)}' must be a 'SignedHeader' in the AWS Authorization.`,
      );
  }
  return names;
}

function wellFormedSignature(signature: string): string {
  if (/^[0-9a-f]{64}$/.test(signature)) return signature;
  throw new CommonError('invalid-signature', "'Signature' must be 64 hexadecimal digits.");
}
