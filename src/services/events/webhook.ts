import { createHmac } from 'node:crypto';
import { reveal, Secret } from '../../lib/secret.ts';
import { EventTargetRefused } from './errors.ts';
import type { WebhookHttp } from './ports.ts';
import type { DeliveryTable } from './schema.ts';

const timeoutMilliseconds = 10_000;
/** Answers are not looked at. */
const maxBytes = 64 * 1024;
const secretBytes = { least: 24, most: 64 };

/** The receiver did not say that it took the event. */
export class NotTaken extends Error {}

/**
 * Reads a secret as Standard Webhooks writes it: `whsec_` and base64 of 24 to 64 bytes.
 * @throws EventTargetRefused
 */
export function webhookSecret(text: string): Secret {
  const [, base64] = /^whsec_([A-Za-z0-9+/]{32,88}={0,2})$/.exec(text) ?? [];
  const decoded = Buffer.from(base64 ?? '', 'base64');
  try {
    if (decoded.length < secretBytes.least || decoded.length > secretBytes.most)
      throw new EventTargetRefused('a secret is whsec_ and base64 of 24 to 64 random bytes');
    const bytes = new Uint8Array(new ArrayBuffer(decoded.length));
    bytes.set(decoded);
    return new Secret(bytes);
  } finally {
    decoded.fill(0);
  }
}

/**
 * Delivers one event, signed with each of the secrets: HMAC-SHA-256 over its id, the time and the body.
 * @see Standard Webhooks, "Signature scheme"
 * @throws NotTaken, or what `http` throws
 */
export async function post(
  http: WebhookHttp,
  url: string,
  { event_id: id, body }: Pick<DeliveryTable, 'event_id' | 'body'>,
  signing: { readonly secrets: readonly Secret[]; readonly at: Temporal.Instant },
): Promise<void> {
  const timestamp = String(Math.floor(signing.at.epochMilliseconds / 1_000));
  const signatures = signing.secrets.map((secret) =>
    signature(secret, `${id}.${timestamp}.${body}`),
  );
  const { status } = await http.send({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signatures.join(' '),
    },
    body: Buffer.from(body),
    maxBytes,
    timeoutMilliseconds,
  });
  if (status < 200 || status > 299) throw new NotTaken(`the receiver answered ${status}`);
}

function signature(secret: Secret, signed: string): string {
  return `v1,${createHmac('sha256', reveal(secret)).update(signed).digest('base64')}`;
}
