import { isIP } from 'node:net';
import type { Endpoint, Settings } from './settings.ts';

/** Whether holdfast itself listens there: a target of a load balancer at its port would be a way around its own address. */
export function isOwnListener(
  { listen, dns, plain, metrics }: Pick<Settings, 'listen' | 'dns' | 'plain' | 'metrics'>,
  address: string,
  port: number,
): boolean {
  const all = [listen, dns, plain, ...(metrics === undefined ? [] : [metrics])];
  return all.some((own) => own.port === port && mayBeAt(own, address));
}

/** Of a host that was given by a name only the system knows the addresses, and they may change: then the port decides. */
function mayBeAt({ host }: Endpoint, address: string): boolean {
  const isEveryAddress = host === '0.0.0.0' || host === '::';
  return isIP(host) === 0 || isEveryAddress || canonical(host) === canonical(address);
}

/** `0:0:0:0:0:0:0:1` and `::1` are the same. */
function canonical(address: string): string {
  return address.includes(':') ? new URL(`http://[${address}]`).hostname : address;
}
