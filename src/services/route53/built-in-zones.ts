import { isIP } from 'node:net';
import { isRegion } from '../../aws/arn.ts';
import { liesUnder, parentOf } from '../../lib/domain-name.ts';
import { soaValue } from './domain/hosted-zone.ts';
import { parseRecordData } from './domain/record-data.ts';
import { addressRecords, type ServedRecord, type ServedZone } from './served-zone.ts';
import type { ChallengesPort, LoadBalancersPort, Route53Options } from './ports.ts';

/** Seconds; as long as Route 53 has it for load balancers. */
const addressTtl = 60;
const nameServerTtl = 172_800;
/** Also of what is not there (RFC 2308 §5): what a CA looks for is another thing in each order. */
const validationTtl = 10;

/** What NS and SOA of a zone say. @param servers those of hosted zones when absent */
export function nameServersOf(
  options: Route53Options,
  servers = options.nameServers,
): { names: string[]; mailbox: string } {
  return {
    names: servers.map(({ name }) => name),
    mailbox: `hostmaster.${options.zones.nameServers}`,
  };
}

/** Zones that are not made by anybody: they answer from rules. */
export function builtInZones(
  options: Route53Options,
  loadBalancers: LoadBalancersPort,
  challenges: ChallengesPort,
): ServedZone[] {
  const { zones } = options;
  const nameServers = [...options.ownNameServers, ...options.nameServers];
  return [
    zoneOf(
      options,
      zones.validation,
      (labels) => validationName(labels, zones.validation, challenges),
      validationTtl,
    ),
    zoneOf(options, zones.loadBalancers, async (labels) => {
      const [region = '', name, dualstack, ...more] = labels.toReversed();
      if (name === undefined) return isRegion(region) ? [] : undefined;
      if (more.length > 0 || (dualstack ?? 'dualstack') !== 'dualstack') return undefined;
      const addresses = await loadBalancers.loadBalancerAddresses(
        `${name}.${region}.${zones.loadBalancers}`,
      );
      return addresses.length === 0 ? undefined : addressRecords(addresses, addressTtl);
    }),
    zoneOf(options, zones.nameServers, async (labels) => {
      const name = [...labels, zones.nameServers].join('.');
      const server = nameServers.find((each) => each.name === name);
      return server && addressRecords(server.addresses.filter(isReachable), nameServerTtl);
    }),
  ];
}

/** A server that listens on all addresses, or at a name, has no address that could be told. */
function isReachable(address: string): boolean {
  return isIP(address) !== 0 && address !== '0.0.0.0' && address !== '::';
}

/**
 * The values of validation records exist: whoever follows a validation CNAME meets an ordinary end of the chain, and not
 * a name that is missing. While a CA is about to look, it finds there what it is to find.
 */
async function validationName(
  labels: readonly string[],
  zone: string,
  challenges: ChallengesPort,
): Promise<readonly ServedRecord[] | undefined> {
  const [label, value, ...more] = labels.toReversed();
  const exists =
    /^[a-z]{10}$/.test(label ?? '') &&
    (value === undefined || /^_?[0-9a-f]{32}$/.test(value)) &&
    more.length === 0;
  if (!exists || value === undefined) return exists ? [] : undefined;
  // A record may lead to the value without its underscore, as ACM takes it.
  const name = `_${value.replace(/^_/, '')}.${label}.${zone}`;
  const found = await challenges.valuesAt(name);
  return found.map((text) => ({ type: 'TXT', ttl: validationTtl, data: [text] }));
}

/** @param recordsAt what a name under the zone has, given its labels without the zone's; undefined when it does not exist */
function zoneOf(
  options: Route53Options,
  name: string,
  recordsAt: (labels: readonly string[]) => Promise<readonly ServedRecord[] | undefined>,
  soaTtl = 900,
): ServedZone {
  const nameServers = nameServersOf(options, options.ownNameServers);
  const soa: ServedRecord = {
    type: 'SOA',
    ttl: soaTtl,
    data: parseRecordData('SOA', soaValue(nameServers)),
  };
  const apex: readonly ServedRecord[] = [
    soa,
    ...nameServers.names.map((data) => ({ type: 'NS' as const, ttl: nameServerTtl, data })),
  ];
  const at = async (full: string): Promise<readonly ServedRecord[] | undefined> =>
    full === name ? apex : recordsAt(full.slice(0, -name.length - 1).split('.'));
  return {
    name,
    soa: async () => soa,
    account: undefined,
    async lookup(names) {
      const all = new Map<string, readonly ServedRecord[]>();
      for (const full of names) {
        const records = (await at(full)) ?? [];
        if (records.length > 0) all.set(full, records);
      }
      return all;
    },
    async closestEncloser(full) {
      let encloser = full;
      while (liesUnder(encloser, name) && (await at(encloser)) === undefined) {
        encloser = parentOf(encloser);
      }
      return encloser;
    },
  };
}
