import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { Call } from '../../aws/call.ts';
import type { Elbv2Ports } from './ports.ts';

/** Where load balancers listen themselves: 127.0.1.0 to 127.0.255.255. A target there could make a loop. */
const ownSubnets = { first: 1, last: 255 };

/** A list for each family: Node's compares an IPv4-mapped IPv6 address with IPv4 rules too. */
const allowed = { ipv4: new BlockList(), ipv6: new BlockList() };
allowed.ipv4.addSubnet('10.0.0.0', 8);
allowed.ipv4.addSubnet('100.64.0.0', 10);
allowed.ipv4.addSubnet('127.0.0.0', 8);
allowed.ipv4.addSubnet('172.16.0.0', 12);
allowed.ipv4.addSubnet('192.168.0.0', 16);
allowed.ipv6.addAddress('::1', 'ipv6');
allowed.ipv6.addSubnet('fc00::', 7, 'ipv6');

/** Inside of what is allowed, but other than a customer's machine. */
const refused = { ipv4: new BlockList(), ipv6: new BlockList() };
refused.ipv4.addRange(`127.0.${ownSubnets.first}.0`, `127.0.${ownSubnets.last}.255`);
// Instance metadata: of Alibaba Cloud, EC2 and Google Cloud.
refused.ipv4.addAddress('100.100.100.200');
refused.ipv6.addAddress('fd00:ec2::254', 'ipv6');
refused.ipv6.addAddress('fd20:ce::254', 'ipv6');

/**
 * Whether requests may be sent there: loopback and private addresses (RFC 1918, 4193 and 6598). Link-local
 * ones (metadata), multicast, public ones and those that embed another address are not among them.
 */
export function isTargetAddress(address: string, family: 'ipv4' | 'ipv6'): boolean {
  // Strict: the four decimal numbers that everybody reads alike, no zone, no embedded IPv4 address.
  const isWritten =
    family === 'ipv4' ? isIPv4(address) : isIPv6(address) && /^[0-9a-f:]+$/i.test(address);
  return (
    isWritten && allowed[family].check(address, family) && !refused[family].check(address, family)
  );
}

/** Whether any of the ports at the address, however it is written, is one where holdfast itself listens. */
export function isOwn(
  { isOwnListener }: Pick<Elbv2Ports, 'isOwnListener'>,
  address: string,
  ports: readonly number[],
): boolean {
  const canonical = address.includes(':')
    ? new URL(`http://[${address}]`).hostname.slice(1, -1)
    : address;
  return ports.some((port) => isOwnListener(canonical, port));
}

/** Addresses of which a new load balancer takes the first that is free. */
export function candidateAddresses({ random }: Pick<Call, 'random'>): string[] {
  const count = 16;
  const bytes = random.bytes(2 * count);
  const within = (n: number, byte = 0): number => 1 + (byte % n);
  return Array.from({ length: count }, (_, n) => {
    const subnet = within(ownSubnets.last - ownSubnets.first + 1, bytes[2 * n]);
    return `127.0.${subnet}.${within(254, bytes[2 * n + 1])}`;
  });
}
