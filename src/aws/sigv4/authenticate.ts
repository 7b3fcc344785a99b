import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import { reveal } from '../../lib/secret.ts';
import { isRegion } from '../arn.ts';
import { canonicalRequest } from './canonical-request.ts';
import type { Credential, Directory } from '../directory.ts';
import { CommonError } from '../errors.ts';
import type { RequestHead } from '../http/messages.ts';
import { parseAuthorization, type Authorization } from './authorization.ts';
import { bounded } from './bounded.ts';
import type { SigningKeys } from './signing-keys.ts';
import { basicTimestamp, millisecondsOf } from './timestamp.ts';

/** Who signed, and for which service and Region. */
export interface Signer {
  readonly credential: Credential;
  readonly region: string;
  /** Signing name, for example `kms`. */
  readonly service: string;
}

const allowedSkewMinutes = 15;

const wrongSignature =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
/** Stands for the secret of an access key that is not known. */
const nobody = new Uint8Array(40);
const unknownKey = 'The security token included in the request is invalid.';

/**
 * Checks the Signature Version 4 of a request, be it in a header or in the query.
 * @param onCredential told of the credential as soon as it is found: what fails later is its account's affair
 * @throws CommonError missing-authentication, incomplete-signature, unknown-key, expired-token, request-expired,
 * invalid-signature
 * @see AWS "Create a signed AWS API request"; the errors and their texts as AWS's services send them
 */
export async function authenticate(
  head: RequestHead,
  body: Uint8Array,
  known: { readonly directory: Directory; readonly keys: SigningKeys; readonly clock: Clock },
  onCredential: (credential: Credential) => void = () => {},
): Promise<Signer> {
  const authorization = parseAuthorization(head);
  const credential = await known.directory.credential(
    authorization.accessKeyId,
    authorization.sessionToken,
  );
  if (credential === undefined) {
    // As much work as for a key that is known, so that the time does not tell.
    hasSigned(
      known.keys.of({ ...authorization, accessKeyId: '' }, nobody),
      authorization,
      head,
      body,
    );
    throw new CommonError('unknown-key', unknownKey);
  }
  onCredential(credential);
  const now = known.clock.now();
  checkExpiry(credential, now);
  checkScope(authorization);
  checkTime(authorization, now);
  const key = known.keys.of(authorization, reveal(credential.secretAccessKey));
  if (!hasSigned(key, authorization, head, body))
    throw new CommonError('invalid-signature', wrongSignature);
  return { credential, region: authorization.region, service: authorization.service };
}

function checkExpiry({ session }: Credential, now: Temporal.Instant): void {
  if (session !== undefined && Temporal.Instant.compare(session.expiresAt, now) <= 0)
    throw new CommonError('expired-token', 'The security token included in the request is expired');
}

function checkScope({ date, region, terminator, timestamp }: Authorization): void {
  if (terminator !== 'aws4_request') {
    throw new CommonError(
      'invalid-signature',
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${bounded(terminator)}'.`,
    );
  }
  if (!isRegion(region))
    throw new CommonError('invalid-signature', 'Credential should be scoped to a valid region.');
  if (date !== timestamp.slice(0, 8)) {
    throw new CommonError(
      'invalid-signature',
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${bounded(date)}' != '${bounded(timestamp.slice(0, 8))}', from '${bounded(timestamp)}'.`,
    );
  }
}

function checkTime({ timestamp, expiresSeconds }: Authorization, now: Temporal.Instant): void {
  const ageMilliseconds = now.epochMilliseconds - millisecondsOf(timestamp);
  const allowedMilliseconds = allowedSkewMinutes * 60_000;
  if (ageMilliseconds < -allowedMilliseconds) {
    const latest = now.add({ minutes: allowedSkewMinutes });
    throw new CommonError(
      'invalid-signature',
      `Signature not yet current: ${timestamp} is still later than ${basicTimestamp(latest)} (${basicTimestamp(now)} + ${allowedSkewMinutes} min.)`,
    );
  }
  if (expiresSeconds !== undefined) {
    if (ageMilliseconds <= expiresSeconds * 1000) return;
    throw new CommonError('request-expired', 'Request has expired.');
  }
  if (ageMilliseconds <= allowedMilliseconds) return;
  const earliest = now.subtract({ minutes: allowedSkewMinutes });
  throw new CommonError(
    'invalid-signature',
    `Signature expired: ${timestamp} is now earlier than ${basicTimestamp(earliest)} (${basicTimestamp(now)} - ${allowedSkewMinutes} min.)`,
  );
}

function hasSigned(
  key: Uint8Array,
  authorization: Authorization,
  head: RequestHead,
  body: Uint8Array,
): boolean {
  const payloadHash = hash('sha256', body);
  // UNSIGNED-PAYLOAD and STREAMING-… are S3's: here they would leave the body open to change.
  if ((head.headers.get('x-amz-content-sha256') ?? payloadHash) !== payloadHash) return false;
  return authorization.signedQueries.some((query) => {
    const request = canonicalRequest(head, authorization.signedHeaders, payloadHash, query);
    return request !== undefined && isSignatureOf(request, key, authorization);
  });
}

function isSignatureOf(
  request: string,
  key: Uint8Array,
  { timestamp, date, region, service, signature }: Authorization,
): boolean {
  const stringToSign = [
    'AWS4-HMAC-SHA256',
    timestamp,
    `${date}/${region}/${service}/aws4_request`,
    hash('sha256', Buffer.from(request, 'latin1')),
  ].join('\n');
  const expected = createHmac('sha256', key).update(stringToSign, 'latin1').digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}
