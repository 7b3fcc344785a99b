import { STSClient } from '@aws-sdk/client-sts';
import type { HttpRequestLike } from './http/messages.ts';

export interface Presigning {
  readonly query: Readonly<Record<string, string>>;
  /** `GET` unless it is told. */
  readonly method?: 'GET' | 'POST';
  /** In seconds, 60 unless it is told. */
  readonly expiresIn?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `sts` unless it is told. */
  readonly service?: string;
}

/** What of the signer of the AWS SDK this needs: its own types hide it. */
interface Presigner {
  presign(
    request: object,
    options: object,
  ): Promise<{
    readonly query: Readonly<Record<string, string>>;
    readonly headers: Readonly<Record<string, string>>;
  }>;
}

/** A request that the presigner of the AWS SDK signs, as the server hands it over. */
export async function presign(
  { query, method = 'GET', expiresIn = 60, body = '', headers = {}, service = 'sts' }: Presigning,
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
  now: Temporal.Instant,
): Promise<HttpRequestLike> {
  const client = new STSClient({ region: 'eu-west-1', credentials });
  const signer = (await client.config.signer()) as unknown as Presigner;
  client.destroy();
  const request = {
    method,
    protocol: 'https:',
    hostname: 'localhost',
    path: '/',
    query,
    headers: { host: 'localhost:4566', ...headers },
    body,
  };
  const signed = await signer.presign(request, {
    expiresIn,
    // The signer takes no other time.
    // oxlint-disable-next-line no-restricted-globals
    signingDate: new Date(now.epochMilliseconds),
    signingRegion: 'eu-west-1',
    signingService: service,
    unhoistableHeaders: new Set(Object.keys(headers)),
  });
  const pairs = Object.entries(signed.query).map((pair) => pair.map(encodeURIComponent).join('='));
  return {
    method,
    target: `/?${pairs.join('&')}`,
    rawHeaders: Object.entries(signed.headers).flat(),
    body: Buffer.from(body),
    remoteAddress: '192.0.2.7',
    signal: new AbortController().signal,
  };
}
