import { createHash, createHmac } from 'node:crypto';

export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface RequestToSign {
  readonly method: 'POST';
  /** With port, as it will stand in the `host` header. */
  readonly host: string;
  /** Signed besides `host`, `x-amz-date` and the session token; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * The headers of `request` to `/` with its Signature Version 4.
 * @param service signing name, for example `kms`
 * @see AWS "Create a signed AWS API request"
 */
export function signRequest(
  request: RequestToSign,
  scope: { readonly region: string; readonly service: string },
  credentials: SigningCredentials,
  now: Temporal.Instant,
): Record<string, string> {
  const timestamp = now.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');
  const date = timestamp.slice(0, 8);
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.host,
    'x-amz-date': timestamp,
  };
  if (credentials.sessionToken !== undefined)
    headers['x-amz-security-token'] = credentials.sessionToken;
  const names = Object.keys(headers).toSorted();
  const signedHeaders = names.join(';');
  const canonicalRequest = [
    request.method,
    '/',
    '',
    ...names.map((name) => `${name}:${headers[name]?.trim().replaceAll(/ +/g, ' ')}`),
    '',
    signedHeaders,
    sha256(request.body),
  ].join('\n');
  const scopeText = `${date}/${scope.region}/${scope.service}/aws4_request`;
  const stringToSign = ['AWS4-HMAC-SHA256', timestamp, scopeText, sha256(canonicalRequest)].join(
    '\n',
  );
  const key = [date, scope.region, scope.service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${credentials.secretAccessKey}`,
  );
  const signature = hmac(key, stringToSign).toString('hex');
  headers['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scopeText}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return headers;
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
