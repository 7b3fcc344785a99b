import { signRequest } from '../src/aws/sigv4/sign.ts';
import { systemClock } from '../src/lib/clock.ts';
import type { World } from '../test/world.ts';

/** Whom requests are signed for, and where they go. */
export type Signing = Pick<World, 'endpoint' | 'region' | 'credentials'>;

/** A whole request of an awsJson service as it goes over the wire, signed now: good for 15 minutes. */
export function signedRequest(
  { endpoint, region, credentials }: Signing,
  service: string,
  target: string,
  input: object,
): string {
  const body = JSON.stringify(input);
  const headers = signRequest(
    {
      method: 'POST',
      host: new URL(endpoint).host,
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
      body: Buffer.from(body),
    },
    { region, service },
    credentials,
    systemClock.now(),
  );
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body) }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return ['POST / HTTP/1.1', ...lines, '', body].join('\r\n');
}
