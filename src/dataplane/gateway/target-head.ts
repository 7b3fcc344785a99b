import type { ServingAttributes } from './attributes.ts';
import type { ClientAddress } from './exchange.ts';
import type { RawHeaders } from './headers.ts';
import type { RequestHead } from './request-head.ts';

/**
 * The headers that a target gets: the client's own, and who the client is.
 * @see AWS "HTTP headers and Application Load Balancers"
 */
export function headersForTarget(
  { headers, forwardedFor }: RequestHead,
  client: ClientAddress,
  front: {
    readonly protocol: 'HTTP' | 'HTTPS';
    readonly port: number;
    readonly attributes: ServingAttributes;
  },
): RawHeaders {
  const claimed = claimedBefore(front.attributes, forwardedFor);
  const forwarded = [...headers];
  const forValue = [...claimed, ...own(front.attributes, client)].join(', ');
  if (forValue !== '') forwarded.push('X-Forwarded-For', forValue);
  forwarded.push(
    'X-Forwarded-Proto',
    front.protocol === 'HTTPS' ? 'https' : 'http',
    'X-Forwarded-Port',
    String(front.port),
  );
  return forwarded;
}

/** What a client says of others is passed on only where the load balancer's owner asked for it. */
function claimedBefore(
  { forwardedFor }: ServingAttributes,
  claimed: readonly string[],
): readonly string[] {
  return forwardedFor === 'append' || forwardedFor === 'preserve' ? claimed : [];
}

function own(
  { forwardedFor, hasClientPort }: ServingAttributes,
  { address, port }: ClientAddress,
): readonly string[] {
  if (forwardedFor === 'preserve' || forwardedFor === 'remove') return [];
  if (!hasClientPort) return [address];
  return [address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`];
}
