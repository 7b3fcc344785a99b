import type { Random } from '../../lib/random.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** `Z` or `C` and twenty letters and digits, as Route 53's ids of zones and changes are. */
export function newId(prefix: 'Z' | 'C', random: Random): string {
  const letters = Array.from(random.bytes(20), (byte) => alphabet[byte % alphabet.length]);
  return prefix + letters.join('');
}

/** An id without the path before it, which clients may send or leave out. */
export function bareId(kind: 'hostedzone' | 'change', id: string): string {
  return id.replace(new RegExp(`^/?${kind}/`), '');
}

export function zoneArn(id: string): string {
  return `arn:aws:route53:::hostedzone/${id}`;
}

export function healthCheckArn(id: string): string {
  return `arn:aws:route53:::healthcheck/${id}`;
}

export function changeArn(id: string): string {
  return `arn:aws:route53:::change/${id}`;
}
