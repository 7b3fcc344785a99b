import { isIPv6 } from 'node:net';

/** An address as others know it: IPv4 in IPv6's dress (`::ffff:192.0.2.1`) is IPv4. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '');
}

/** The /56 of an IPv6 address, which is what one customer of a provider has; undefined for others. */
export function ipv6Network(address: string): string | undefined {
  if (!isIPv6(address)) return undefined;
  const [zoneless = ''] = address.split('%');
  const [head = [], tail = []] = zoneless.split('::').map(groupsOf);
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  const [a, b, c, d = ''] = [...head, ...zeros, ...tail];
  return [a, b, c, d.padStart(4, '0').slice(0, 2)].join(':');
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}
