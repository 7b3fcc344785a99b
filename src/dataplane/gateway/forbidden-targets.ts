import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** An address and port that this gateway must never connect to, whatever the control plane says. */
export type IsForbidden = (address: string, port: number) => boolean;

/** What answers here gives credentials to whoever asks, or is no single machine. */
const never = new BlockList();
never.addSubnet('169.254.0.0', 16, 'ipv4'); // link-local; instance and task metadata
never.addSubnet('fe80::', 10, 'ipv6');
never.addAddress('fd00:ec2::254', 'ipv6'); // instance metadata of AWS, and below of other clouds
never.addAddress('fd20:ce::254', 'ipv6');
never.addAddress('168.63.129.16', 'ipv4');
never.addAddress('100.100.100.200', 'ipv4');
never.addAddress('192.0.0.192', 'ipv4');
never.addSubnet('0.0.0.0', 8, 'ipv4'); // "this host": the loopback by another name
never.addAddress('::', 'ipv6');
never.addSubnet('224.0.0.0', 3, 'ipv4'); // multicast, reserved, broadcast
never.addSubnet('ff00::', 8, 'ipv6');
never.addSubnet('64:ff9b::', 96, 'ipv6'); // IPv4 by translation

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

export interface OwnListeners {
  /** Where the control plane listens. */
  readonly endpoint: Listening;
  /** What this gateway itself listens on; asked each time, since listeners come and go. */
  readonly listeners: () => Iterable<Listening>;
}

export interface Listening {
  readonly host: string;
  readonly port: number;
}

/** A target that is holdfast itself would give customers a way behind the control plane's door, or be a loop. */
export function forbiddenTargets(own: OwnListeners): IsForbidden {
  return (address, port) => {
    if (never.check(address, familyOf(address)) || isIpv4Compatible(address)) return true;
    if (isSame(own.endpoint, address, port) || isEndpointHere(own.endpoint, address, port))
      return true;
    for (const listening of own.listeners()) if (isSame(listening, address, port)) return true;
    return false;
  };
}

function isSame({ host, port: ownPort }: Listening, address: string, port: number): boolean {
  if (port !== ownPort) return false;
  return host === address || (isAnyAddress(host) && isOfThisMachine(address));
}

/** The endpoint may be bound to more addresses than the one by which it is known here. */
function isEndpointHere(
  { host, port: ownPort }: Listening,
  address: string,
  port: number,
): boolean {
  return port === ownPort && isIP(host) !== 0 && isOfThisMachine(host) && isOfThisMachine(address);
}

function isAnyAddress(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** RFC 4291 §2.5.5.1, deprecated: IPv4 in another dress. The loopback `::1` is written the same way. */
function isIpv4Compatible(address: string): boolean {
  return (
    familyOf(address) === 'ipv6' && ipv4Compatible.check(address, 'ipv6') && !isLoopback(address)
  );
}

const ipv4Compatible = new BlockList();
ipv4Compatible.addSubnet('::', 96, 'ipv6');

function isOfThisMachine(address: string): boolean {
  if (isLoopback(address)) return true;
  const own = new BlockList();
  for (const each of Object.values(networkInterfaces()).flat())
    if (each !== undefined) own.addAddress(each.address, familyOf(each.address));
  return own.check(address, familyOf(address));
}

function isLoopback(address: string): boolean {
  return loopback.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}
