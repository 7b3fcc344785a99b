import type { RecordType } from 'dns-packet';
import { liesUnder, parentOf, selfAndAbove } from '../lib/domain-name.ts';
import type { DnsSource, ResourceRecord } from './source.ts';

/** Records by name; every zone has an SOA besides. */
export type TestZone = Readonly<Record<string, readonly (readonly [RecordType, unknown])[]>>;

/** A source for tests, read from an object of zones. */
export function zonesOf(zones: Readonly<Record<string, TestZone>>): DnsSource {
  const recordsOf = (zone: string): TestZone => zones[zone] ?? {};
  return {
    async zoneFor(name) {
      const found = selfAndAbove(name).find((each) => zones[each] !== undefined);
      return found === undefined ? undefined : { name: found, soa: async () => soa };
    },
    async closestEncloser(zone, name) {
      const names = [zone.name, ...Object.keys(recordsOf(zone.name))];
      let encloser = name;
      while (!names.some((each) => liesUnder(each, encloser))) encloser = parentOf(encloser);
      return encloser;
    },
    async lookup(zone, names) {
      const all = new Map<string, readonly ResourceRecord[]>();
      for (const name of names) {
        const found = recordsOf(zone.name)[name] ?? [];
        const records = found.map(([type, data]) => ({ type, ttl: 60, data }));
        if (name === zone.name) all.set(name, [soa, ...records]);
        else if (records.length > 0) all.set(name, records);
      }
      return all;
    },
  };
}

export function soaOf(serial: number): ResourceRecord {
  return {
    type: 'SOA',
    ttl: 900,
    data: {
      mname: 'ns.test',
      rname: 'hostmaster.test',
      serial,
      refresh: 7200,
      retry: 900,
      expire: 1_209_600,
      minimum: 300,
    },
  };
}

const soa = soaOf(1);
