import { liesUnder } from '../../../lib/domain-name.ts';
import { escapeName, formatName, Unreadable } from './names.ts';
import { parseRecordData } from './record-data.ts';
import { isSame, type RecordSet } from './record-set.ts';

export interface RecordChange {
  readonly action: 'CREATE' | 'DELETE' | 'UPSERT';
  readonly set: RecordSet;
}

/** What a batch does to a zone, or why it does nothing. */
export type Outcome =
  | { readonly written: readonly RecordSet[]; readonly deleted: readonly RecordSet[] }
  | { readonly messages: readonly string[] };

export interface BatchZone {
  readonly id: string;
  readonly name: string;
  /** Zone of our load balancers' names, and the id under which aliases name it. */
  readonly loadBalancers: { readonly zone: string; readonly hostedZoneId: string };
}

/**
 * Does the changes one after the other to `current`, which holds all sets of the names that they touch, then
 * looks at what came out. All messages are AWS's.
 */
export function applyBatch(
  zone: BatchZone,
  current: readonly RecordSet[],
  changes: readonly RecordChange[],
): Outcome {
  const before = new Map(current.map((set) => [keyOf(set), set]));
  const after = new Map(before);
  const messages = changes.flatMap(({ action, set }) => {
    const wrong = action === 'DELETE' ? [] : faultsOf(zone, set);
    return wrong.length > 0 ? wrong : step(after, action, set);
  });
  messages.push(...repeated(changes));
  if (messages.length === 0) messages.push(...conflicts(zone, [...after.values()], changes));
  if (messages.length > 0) return { messages: [...new Set(messages)] };
  return {
    written: [...after].filter(([key, set]) => before.get(key) !== set).map(([, set]) => set),
    deleted: [...before].filter(([key]) => !after.has(key)).map(([, set]) => set),
  };
}

function step(
  sets: Map<string, RecordSet>,
  action: RecordChange['action'],
  set: RecordSet,
): string[] {
  const key = keyOf(set);
  const there = sets.get(key);
  if (action === 'DELETE') {
    if (there === undefined) return [`Tried to delete ${called(set)} but it was not found`];
    if (!isSame(there, set)) {
      return [
        `Tried to delete ${called(set)} but the values provided do not match the current values`,
      ];
    }
    sets.delete(key);
    return [];
  }
  if (action === 'CREATE' && there !== undefined) {
    return [`Tried to create ${called(set)} but it already exists`];
  }
  sets.set(key, set);
  return [];
}

/** What is wrong with a set by itself. */
function faultsOf(zone: BatchZone, set: RecordSet): string[] {
  if (!liesUnder(set.name, zone.name)) {
    return [
      `RRSet with DNS name ${formatName(set.name)} is not permitted in zone ${formatName(zone.name)}`,
    ];
  }
  if ('alias' in set) return aliasFaults(zone, set);
  const faults: string[] = [];
  for (const value of set.values) {
    try {
      parseRecordData(set.type, value);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      faults.push(`Invalid Resource Record: '${error.message}'`);
    }
  }
  const twice = set.values.find((value, at) => set.values.indexOf(value) < at);
  if (twice !== undefined) faults.push(`Duplicate Resource Record: '${twice.slice(0, 100)}'`);
  if (set.type === 'CNAME' && set.values.length > 1) {
    faults.push(
      `Invalid Resource Record: 'FATAL problem: CNAMERRDATAMultiple (Number of CNAME records must be one) encountered with '${formatName(set.name)}''`,
    );
  }
  return faults;
}

function aliasFaults(
  { id, name, loadBalancers }: BatchZone,
  set: Extract<RecordSet, { alias: unknown }>,
): string[] {
  const { hostedZoneId, dnsName } = set.alias;
  const target = `Tried to create an alias that targets ${formatName(dnsName)}, type ${set.type} in zone ${hostedZoneId}`;
  if (hostedZoneId !== id && hostedZoneId !== loadBalancers.hostedZoneId) {
    return [`${target}, but that target was not found`];
  }
  const zone = hostedZoneId === id ? name : loadBalancers.zone;
  if (!liesUnder(dnsName, zone)) {
    return [`${target}, but the alias target name does not lie within the target zone`];
  }
  const isAddress = set.type === 'A' || set.type === 'AAAA';
  if (hostedZoneId !== id && !isAddress) return [`${target}, but that target was not found`];
  const isFixed = set.type === 'NS' || set.type === 'SOA';
  if (isFixed) return [`${target}, but alias records of type ${set.type} are not permitted`];
  if (dnsName === set.name) return [`${target}, but it targets itself`];
  return [];
}

/** A batch sets each record set once, except that it may delete the old one first. */
function repeated(changes: readonly RecordChange[]): string[] {
  const seen = new Set<string>();
  return changes.flatMap(({ action, set }) => {
    const key = `${action === 'DELETE' ? 'delete' : 'set'} ${keyOf(set)}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [
      `The request contains an invalid set of changes for a resource record set '${set.type} ${formatName(set.name)}'`,
    ];
  });
}

/** What is wrong with the zone after the changes. @see RFC 1034 §3.6.2 (CNAME) */
function conflicts(
  zone: BatchZone,
  sets: readonly RecordSet[],
  changes: readonly RecordChange[],
): string[] {
  const zoneName = formatName(zone.name);
  const types = Map.groupBy(sets, (set) => set.name);
  const messages: string[] = [];
  for (const { set } of changes.filter((change) => change.action !== 'DELETE')) {
    const name = formatName(set.name);
    const rrset = `RRSet of type ${set.type} with DNS name ${name} is not permitted`;
    const others = (types.get(set.name) ?? []).filter((other) => other.type !== set.type);
    if (set.type === 'CNAME' && set.name === zone.name) {
      messages.push(`${rrset} at apex in zone ${zoneName}`);
    } else if (set.type === 'CNAME' && others.length > 0) {
      messages.push(
        `${rrset} as it conflicts with other records with the same DNS name in zone ${zoneName}`,
      );
    } else if (others.some((other) => other.type === 'CNAME')) {
      messages.push(
        `${rrset} because a conflicting RRSet of type CNAME with the same DNS name already exists in zone ${zoneName}`,
      );
    }
    const isSecondSoa = set.type === 'SOA' && 'values' in set && set.values.length > 1;
    if (isSecondSoa || (set.type === 'SOA' && set.name !== zone.name)) messages.push(oneSoa);
  }
  if (changes.some(({ set }) => set.name === zone.name)) {
    const apex = new Set((types.get(zone.name) ?? []).map((set) => set.type));
    if (!apex.has('SOA')) messages.push(oneSoa);
    if (!apex.has('NS')) {
      messages.push('A HostedZone must contain at least one NS record for the zone itself.');
    }
  }
  return messages;
}

const oneSoa = 'A HostedZone must contain exactly one SOA record.';

function keyOf(set: RecordSet): string {
  return `${set.type} ${set.name}`;
}

function called(set: RecordSet): string {
  return `resource record set [name='${escapeName(set.name)}.', type='${set.type}']`;
}
