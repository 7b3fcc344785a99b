import { BlockList, isIP } from 'node:net';

/**
 * What is not the public Internet: IANA's special-purpose addresses, with multicast and what was never given out. Those
 * that stand for another address (NAT64, 6to4, Teredo) are in it too: they could lead to any. An IPv4 address in IPv6's
 * dress (`::ffff:10.0.0.1`) is judged as the IPv4 address.
 * @see IANA "IPv4 Special-Purpose Address Registry", "IPv6 Special-Purpose Address Registry"; RFC 6890
 */
const notPublic: readonly string[] = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // shared, behind a carrier's NAT
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local, and with it the clouds' metadata services
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
  '2001::/23', // protocol assignments, Teredo
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
];

/** All that is given out of IPv6. */
const globalUnicast = '2000::/3';

/** Addresses that may be connected to: public ones, and those that the operator has allowed besides. */
export class Addresses {
  readonly #refused = listOf(notPublic);
  readonly #global = listOf([globalUnicast]);
  readonly #allowed: BlockList;

  /** @param allowed CIDR ranges, as `isCidr` takes them */
  constructor(allowed: readonly string[]) {
    this.#allowed = listOf(allowed);
  }

  mayReach(address: string): boolean {
    const family = isIP(address);
    if (family === 0) return false;
    const type = family === 4 ? 'ipv4' : 'ipv6';
    if (this.#allowed.check(address, type)) return true;
    if (this.#refused.check(address, type)) return false;
    return family === 4 || isMapped(address) || this.#global.check(address, type);
  }
}

/** Whether `text` is a range like `10.0.0.0/8` or `fd00::/8`; a single address is one with all bits. */
export function isCidr(text: string): boolean {
  const [address = '', prefix = '', ...more] = text.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && /^[0-9]{1,3}$/.test(prefix) && Number(prefix) <= bits;
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    if (!isCidr(range)) throw new TypeError(`${range} is no range of addresses`);
    const [address = '', prefix] = range.split('/');
    list.addSubnet(address, Number(prefix), isIP(address) === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

const mapped = new BlockList();
mapped.addSubnet('::ffff:0:0', 96, 'ipv6');

function isMapped(address: string): boolean {
  return mapped.check(address, 'ipv6');
}
