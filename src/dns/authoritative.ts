import { BlockList, isIP } from 'node:net';
import { parentOf, plainName } from '../lib/domain-name.ts';
import type { NameServer } from './exchange.ts';
import type { LookUp, Question } from './look-up.ts';

/** A name server of a zone, with the address at which it is asked. */
interface ZoneServer extends NameServer {
  readonly name: string;
}

export interface ZoneServers {
  /** Plain. */
  readonly zone: string;
  readonly servers: readonly ZoneServer[];
}

/** A customer's zone may name any number. */
const maxServers = 8;

/**
 * The name servers of the zone that holds `name`, as a resolver tells them: the closest name upwards that has NS
 * records. Names of one label are nobody's zone: there, what is served inside only would be asked of the world's TLDs.
 * @param ask a resolver
 * @param mayAsk whether an address may be asked: the zone's owner chose it
 * @returns undefined when no such zone is found
 */
export async function zoneServers(
  name: string,
  ask: (question: Question) => Promise<LookUp>,
  { mayAsk, port }: { readonly mayAsk: (address: string) => boolean; readonly port: number },
): Promise<ZoneServers | undefined> {
  for (let zone = name; zone.includes('.'); zone = parentOf(zone)) {
    const { records } = await ask({ name: zone, type: 'NS' });
    const hosts = records
      .filter((record) => record.type === 'NS' && record.name === zone)
      .map(({ data }) => plainName(String(data)))
      .slice(0, maxServers);
    if (hosts.length === 0) continue;
    const servers = await Promise.all(hosts.map((host) => addressOf(host, ask)));
    return {
      zone,
      servers: servers.flatMap((server) =>
        server !== undefined && mayAsk(server.host) ? [{ ...server, port }] : [],
      ),
    };
  }
  return undefined;
}

async function addressOf(
  name: string,
  ask: (question: Question) => Promise<LookUp>,
): Promise<{ name: string; host: string } | undefined> {
  for (const type of ['A', 'AAAA'] as const) {
    const { records } = await ask({ name, type });
    const found = records.find((record) => record.type === type);
    if (found !== undefined && isIP(String(found.data)) !== 0)
      return { name, host: String(found.data) };
  }
  return undefined;
}

/** Where a zone's owner may not send us: to this machine, or to what is reachable from its own link only. */
const here = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  here.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 96],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  here.addSubnet(network, bits, 'ipv6');

/** Private networks may be asked: zones that are served inside only have their servers there. */
export function isElsewhere(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !here.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
