import { isIP } from 'node:net';
import { liesUnder } from '../lib/domain-name.ts';
import { domainName, endpoint, type Endpoint } from './endpoint.ts';
import { UsageError } from './usage-error.ts';

/** A name, and the IP addresses that are told for it where it is one of our own. */
export interface NameServer {
  readonly name: string;
  readonly addresses: readonly string[];
}

interface NameServerSettings {
  readonly nameServers: readonly NameServer[];
  readonly ownNameServers: readonly NameServer[];
}

/**
 * The name servers of hosted zones, as they were given; else two names of this server, as delegations want two. This
 * server itself is those that have their names here and no secondary's address.
 * @param given each HOST or HOST=ADDRESS; a host may come with several addresses
 * @throws UsageError
 */
export function nameServers(
  given: readonly string[],
  {
    suffix,
    ownHost,
    secondaries,
  }: {
    readonly suffix: string;
    /** Where this server listens: the address of names that come without one. */
    readonly ownHost: string;
    readonly secondaries: readonly Endpoint[];
  },
): NameServerSettings {
  const zone = `dns.${suffix}`;
  if (given.length === 0) given = [`ns-1.${zone}`, `ns-2.${zone}`];
  const servers = new Map<string, string[]>();
  for (const each of given) {
    const [host = '', address, ...more] = each.split('=');
    const name = domainName('--name-server', host);
    if (more.length > 0 || (address !== undefined && isIP(address) === 0)) {
      throw new UsageError(`--name-server: '${each}' is neither HOST nor HOST=ADDRESS`);
    }
    refuseUnanswered(name, { zone, suffix, hasAddress: address !== undefined });
    servers.set(name, [...(servers.get(name) ?? []), ...(address === undefined ? [] : [address])]);
  }
  const all = [...servers].map(([name, addresses]) => ({
    name,
    addresses: addresses.length === 0 ? [ownHost] : addresses,
  }));
  const isSecondary = (address: string): boolean =>
    secondaries.some(({ host }) => host === address);
  const own = all.filter(
    ({ name, addresses }) => liesUnder(name, zone) && !addresses.some(isSecondary),
  );
  if (own.length > 0) return { nameServers: all, ownNameServers: own };
  const hidden = { name: `primary.${zone}`, addresses: [ownHost] };
  if (servers.has(hidden.name)) {
    throw new UsageError(`--name-server: '${hidden.name}' is this server itself`);
  }
  return { nameServers: all, ownNameServers: [hidden] };
}

/** Of names in the suffix holdfast answers those right under the zone of name servers; of others not the address. */
function refuseUnanswered(
  name: string,
  { zone, suffix, hasAddress }: { zone: string; suffix: string; hasAddress: boolean },
): void {
  const isOurs = liesUnder(name, zone);
  if (isOurs && name.split('.').length !== zone.split('.').length + 1) {
    throw new UsageError(`--name-server: '${name}' does not lie right under ${zone}`);
  }
  const isBuiltIn = ['elb', 'acm-validations'].some((each) => liesUnder(name, `${each}.${suffix}`));
  if (isBuiltIn) throw new UsageError(`--name-server: '${name}' is in a zone of other names`);
  if (hasAddress && !isOurs) {
    throw new UsageError(
      `--name-server: the address of '${name}' is told by its own zone: only names under ${zone} come with one`,
    );
  }
}

/** @throws UsageError */
export function secondary(given: string): Endpoint {
  const isBareIpv6 = isIP(given) === 6;
  const found = isBareIpv6 ? { host: given, port: 53 } : endpoint('--allow-transfer', given, 53);
  if (isIP(found.host) === 0) {
    throw new UsageError(`--allow-transfer: '${given}' is no IP address`);
  }
  return found;
}
