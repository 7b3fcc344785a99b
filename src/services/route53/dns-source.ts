import type { Kysely } from 'kysely';
import { liesUnder } from '../../lib/domain-name.ts';
import { builtInZones } from './built-in-zones.ts';
import { parseRecordData } from './domain/record-data.ts';
import { orderOf } from './domain/names.ts';
import type { PlainRecords, RecordSet } from './domain/record-set.ts';
import type { ChallengesPort, LoadBalancersPort, Route53Options } from './ports.ts';
import { addressRecords, type ServedRecord, type ServedZone } from './served-zone.ts';
import type { Route53Tables } from './schema.ts';
import { Route53Reader, type ZoneName } from './store.ts';

/** Who decides what the DNS says about a name. */
export type Decider =
  /** No zone served here holds it. */
  | { readonly by: 'others' }
  /** A zone of holdfast itself. */
  | { readonly by: 'holdfast' }
  | { readonly by: 'account'; readonly account: string; readonly zoneId: string };

export interface Authority {
  /** @param name plain */
  over(name: string): Promise<Decider>;
}

/** Aliases that lead to aliases in the same zone. */
const maxAliases = 4;
/** Seconds; as long as Route 53 has it for aliases to load balancers. */
const aliasTtl = 60;

/** Rows that are read at a time. */
const pageSize = 1000;
/** So often a zone may change while it is read. */
const maxReads = 5;

interface OwnedRecord extends ServedRecord {
  readonly name: string;
}

interface Contents {
  readonly soa: OwnedRecord;
  readonly records: readonly OwnedRecord[];
}

/** A door of its own, for the process that answers the DNS and has no operations in it. */
export function createDnsSource(
  db: Kysely<Route53Tables>,
  options: Route53Options,
  loadBalancers: LoadBalancersPort,
  challenges: ChallengesPort,
): ZoneSource {
  return new ZoneSource(new Route53Reader(db), options, loadBalancers, challenges);
}

/** All zones served here: the built-in ones and those that accounts made. Fills the DNS server's port. */
export class ZoneSource implements Authority {
  readonly #reader: Route53Reader;
  readonly #loadBalancers: LoadBalancersPort;
  readonly #builtIn: readonly ServedZone[];

  constructor(
    reader: Route53Reader,
    options: Route53Options,
    loadBalancers: LoadBalancersPort,
    challenges: ChallengesPort,
  ) {
    this.#reader = reader;
    this.#loadBalancers = loadBalancers;
    this.#builtIn = builtInZones(options, loadBalancers, challenges);
  }

  async zoneFor(name: string): Promise<ServedZone | undefined> {
    // No hosted zone lies under a built-in one: CreateHostedZone refuses it.
    const builtIn = this.#builtIn.find((zone) => liesUnder(name, zone.name));
    if (builtIn !== undefined) return builtIn;
    const hosted = await this.#reader.zoneHolding(name);
    return hosted && this.#served(hosted);
  }

  closestEncloser(zone: ServedZone, name: string): Promise<string> {
    return zone.closestEncloser(name);
  }

  lookup(
    zone: ServedZone,
    names: readonly string[],
  ): Promise<ReadonlyMap<string, readonly ServedRecord[]>> {
    return zone.lookup(names);
  }

  /** Read again while it changes: a secondary gets the zone as it was at one moment. */
  async transferOf(name: string): Promise<Contents | undefined> {
    for (let reads = 0; reads < maxReads; reads++) {
      const zone = await this.#reader.zoneHolding(name);
      if (zone?.name !== name) return undefined;
      const serial = await this.#reader.serial(zone);
      const contents = await this.#contents(zone);
      if (serial !== undefined && serial === (await this.#reader.serial(zone))) return contents;
    }
    throw new Error('a zone is changed faster than it can be read');
  }

  async serials(): Promise<ReadonlyMap<string, number>> {
    const all = new Map<string, number>();
    for (let after = ''; ;) {
      const page = await this.#reader.serials(after, pageSize);
      for (const { name, serial } of page) all.set(name, serial);
      const last = page.at(-1);
      if (last === undefined || page.length < pageSize) return all;
      after = last.name;
    }
  }

  async over(name: string): Promise<Decider> {
    if (this.#builtIn.some((zone) => liesUnder(name, zone.name))) return { by: 'holdfast' };
    const hosted = await this.#reader.zoneHolding(name);
    return hosted === undefined
      ? { by: 'others' }
      : { by: 'account', account: hosted.account, zoneId: hosted.id };
  }

  #served(hosted: ZoneName): ServedZone {
    const lookup = async (names: readonly string[]) => {
      const all = new Map<string, readonly ServedRecord[]>();
      for (const set of await this.#reader.recordSetsAt(hosted, names)) {
        const records = await this.#records(hosted, set);
        if (records.length > 0) all.set(set.name, [...(all.get(set.name) ?? []), ...records]);
      }
      return all;
    };
    return {
      name: hosted.name,
      async soa() {
        const apex = (await lookup([hosted.name])).get(hosted.name);
        const soa = apex?.find((record) => record.type === 'SOA');
        if (soa === undefined) throw new Error('the zone was deleted meanwhile');
        return soa;
      },
      account: hosted.account,
      lookup,
      closestEncloser: (name) => this.#reader.closestEncloser(hosted, name),
    };
  }

  async #contents(zone: ZoneName): Promise<Contents> {
    const all: OwnedRecord[] = [];
    let from = { nameOrder: '', type: '' };
    for (;;) {
      const page = await this.#reader.recordSets(zone, from, pageSize + 1);
      for (const set of page.slice(0, pageSize)) {
        const records = await this.#records(zone, set);
        all.push(...records.map((record) => ({ ...record, name: set.name })));
      }
      const next = page[pageSize];
      if (next === undefined) break;
      from = { nameOrder: orderOf(next.name), type: next.type };
    }
    const soa = all.find(({ type }) => type === 'SOA');
    if (soa === undefined) throw new Error('the zone was deleted meanwhile');
    return { soa, records: all.filter((record) => record !== soa) };
  }

  async #records(zone: ZoneName, set: RecordSet, aliases = 0): Promise<ServedRecord[]> {
    const { type } = set;
    if (!('alias' in set)) {
      if (type === 'SOA') return this.#soa(zone, set);
      return set.values.map((value) => ({
        type,
        ttl: set.ttl,
        data: parseRecordData(type, value),
      }));
    }
    const { hostedZoneId, dnsName } = set.alias;
    if (hostedZoneId !== zone.id) {
      const name = dnsName.replace(/^dualstack\./, '');
      const addresses = await this.#loadBalancers.loadBalancerAddresses(name);
      return addressRecords(addresses, aliasTtl).filter((record) => record.type === type);
    }
    if (aliases === maxAliases) return [];
    const targets = await this.#reader.recordSetsAt(zone, [dnsName]);
    const target = targets.find((each) => each.type === type);
    return target === undefined ? [] : this.#records(zone, target, aliases + 1);
  }

  /** With a serial that grows, which its owner need not see to. */
  async #soa(zone: ZoneName, { ttl, values }: PlainRecords): Promise<ServedRecord[]> {
    const serial = await this.#reader.serial(zone);
    if (serial === undefined) return [];
    return values.map((value) => {
      const data = parseRecordData('SOA', value) as object;
      return { type: 'SOA', ttl, data: { ...data, serial } };
    });
  }
}
