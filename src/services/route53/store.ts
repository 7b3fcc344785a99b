import { sql, type Kysely } from 'kysely';
import type { Authority } from '../../aws/authority/authority.ts';
import type { Soon } from '../../lib/soon.ts';
import { repeatedQuery } from '../../store/repeated-query.ts';
import { parentOf, selfAndAbove } from '../../lib/domain-name.ts';
import { zoneOwner, zoneSet, zoneTagSet } from './authority-sets.ts';
import { servedSerial, type HostedZone } from './domain/hosted-zone.ts';
import { orderOf } from './domain/names.ts';
import type { RecordSet } from './domain/record-set.ts';
import { recordSetFromRow, zoneFromRow } from './rows.ts';
import type { ChangeTable, HostedZoneTable, RecordSetTable, Route53Tables } from './schema.ts';

type ZoneKey = Pick<HostedZone, 'account' | 'id'>;
/** Which zone, and over which names it decides. */
export type ZoneName = Pick<HostedZone, 'account' | 'id' | 'name'>;

export class Route53Reader {
  readonly #db: Kysely<Route53Tables>;
  readonly #authority: Authority | undefined;
  readonly #zonesNamed: (wanted: { names: readonly string[] }) => Soon<ZoneName[]>;
  readonly #versionOf: (wanted: ZoneKey) => Soon<VersionRow[]>;
  readonly #recordSetsAt: (
    wanted: ZoneKey & { orders: readonly string[] },
  ) => Soon<Pick<RecordSetTable, 'name_order' | 'type' | 'detail'>[]>;

  /** @param authority absent where the DNS is answered, which confers no right */
  constructor(db: Kysely<Route53Tables>, authority?: Authority) {
    this.#db = db;
    this.#authority = authority;
    this.#zonesNamed = repeatedQuery(db, ({ names }: { names: readonly string[] }) =>
      db
        .selectFrom('route53_hosted_zone')
        .select(['account', 'id', 'name'])
        .where('name', 'in', names),
    );
    this.#versionOf = repeatedQuery(db, ({ account, id }: ZoneKey) =>
      db
        .selectFrom('route53_hosted_zone')
        .select(['name', 'created_at', 'version'])
        .where('account', '=', account)
        .where('id', '=', id),
    );
    this.#recordSetsAt = repeatedQuery(
      db,
      ({ orders, ...zone }: ZoneKey & { orders: readonly string[] }) =>
        this.#recordSets(zone).where('name_order', 'in', orders),
    );
  }

  async zone(account: string, id: string): Promise<HostedZone | undefined> {
    const row = await this.#db
      .selectFrom('route53_hosted_zone')
      .select(zoneColumns)
      .where('account', '=', account)
      .where('id', '=', id)
      .executeTakeFirst();
    // Throws unless it is authentic that there is such a zone, or none.
    await this.#authority?.load(zoneSet, zoneOwner({ account, id }));
    return row && zoneFromRow(row);
  }

  async zoneOfReference(account: string, callerReference: string): Promise<HostedZone | undefined> {
    const row = await this.#db
      .selectFrom('route53_hosted_zone')
      .select(zoneColumns)
      .where('account', '=', account)
      .where('caller_reference', '=', callerReference)
      .executeTakeFirst();
    return row && zoneFromRow(row);
  }

  /** At most `limit` zones of an account, from the id `from` on. */
  async zones(account: string, from: string, limit: number): Promise<HostedZone[]> {
    const rows = await this.#db
      .selectFrom('route53_hosted_zone')
      .select(zoneColumns)
      .where('account', '=', account)
      .where('id', '>=', from)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(zoneFromRow);
  }

  /** At most `limit` zones of an account in the order of names, from a name on. See `orderOf`. */
  async zonesByName(account: string, fromOrder: string, limit: number): Promise<HostedZone[]> {
    const rows = await this.#db
      .selectFrom('route53_zone_order as place')
      .innerJoin('route53_hosted_zone as zone', (join) =>
        join.onRef('zone.account', '=', 'place.account').onRef('zone.id', '=', 'place.id'),
      )
      .select(zoneColumns.map((column) => `zone.${column}` as const))
      .where('place.account', '=', account)
      .where('place.name_order', '>=', fromOrder)
      .orderBy('place.name_order')
      .limit(limit)
      .execute();
    return rows.map(zoneFromRow);
  }

  async zoneCount(account: string): Promise<number> {
    const row = await this.#db
      .selectFrom('route53_hosted_zone')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('account', '=', account)
      .executeTakeFirstOrThrow();
    return Number(row.count);
  }

  /** The tags of a zone in the order of their keys; none where there is no such zone. @throws TamperedSet */
  async tags(zone: ZoneKey): Promise<ReadonlyMap<string, string>> {
    const tags = (await this.#authority?.load(zoneTagSet, zoneOwner(zone))) ?? [];
    return new Map([...tags].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The zone of any account that decides about a plain name: the longest one that holds it. */
  async zoneHolding(name: string): Promise<ZoneName | undefined> {
    const names = selfAndAbove(name);
    if (names.length === 0) return undefined;
    const find = async (): Promise<ZoneName | undefined> =>
      (await this.#zonesNamed({ names })).toSorted((a, b) => b.name.length - a.name.length)[0];
    return this.#authority === undefined
      ? find()
      : this.#authority.lookUp(zoneSet, `holding ${name}`, find);
  }

  /** @throws TamperedSet when somebody gave the zone to the account behind holdfast's back */
  async hasZone(account: string, id: string): Promise<boolean> {
    return (await this.#authority?.load(zoneSet, zoneOwner({ account, id }))) !== undefined;
  }

  /** See `servedSerial`. Undefined when the zone is gone. */
  async serial({ account, id }: ZoneKey): Promise<number | undefined> {
    const [row] = await this.#versionOf({ account, id });
    return row && serialOf(row);
  }

  /** Names and serials of at most `limit` zones of all accounts, in the order of names, after one. */
  async serials(after: string, limit: number): Promise<{ name: string; serial: number }[]> {
    const rows = await this.#db
      .selectFrom('route53_hosted_zone')
      .select(['name', 'created_at', 'version'])
      .where('name', '>', after)
      .orderBy('name')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ name: row.name, serial: serialOf(row) }));
  }

  /** All sets at these plain names. */
  async recordSetsAt(zone: ZoneKey, names: readonly string[]): Promise<RecordSet[]> {
    if (names.length === 0) return [];
    const { account, id } = zone;
    const rows = await this.#recordSetsAt({ account, id, orders: names.map(orderOf) });
    return rows.map(recordSetFromRow);
  }

  /** At most `limit` sets in the order of names, then types. */
  async recordSets(
    zone: ZoneKey,
    from: { readonly nameOrder: string; readonly type: string },
    limit: number,
  ): Promise<RecordSet[]> {
    const rows = await this.#recordSets(zone)
      .where(sql<boolean>`(name_order, type) >= (${from.nameOrder}, ${from.type})`)
      .orderBy('name_order')
      .orderBy('type')
      .limit(limit)
      .execute();
    return rows.map(recordSetFromRow);
  }

  /**
   * The longest name that exists in the zone among a plain name and those above it. In the order of names
   * all that lies under one stands together, so the two neighbours of a name tell what it has above it.
   */
  async closestEncloser(zone: ZoneKey & { readonly name: string }, name: string): Promise<string> {
    const order = orderOf(name);
    const sets = this.#recordSets(zone).limit(1);
    const [after, before] = await Promise.all([
      sets.where('name_order', '>=', order).orderBy('name_order').executeTakeFirst(),
      sets.where('name_order', '<', order).orderBy('name_order', 'desc').executeTakeFirst(),
    ]);
    const neighbours = [after?.name_order ?? '', before?.name_order ?? ''];
    let encloser = name;
    while (
      encloser !== zone.name &&
      !neighbours.some((each) => each.startsWith(orderOf(encloser)))
    ) {
      encloser = parentOf(encloser);
    }
    return encloser;
  }

  change(
    account: string,
    id: string,
  ): Promise<Pick<ChangeTable, 'submitted_at' | 'comment'> | undefined> {
    return this.#db
      .selectFrom('route53_change')
      .select(['submitted_at', 'comment'])
      .where('account', '=', account)
      .where('id', '=', id)
      .executeTakeFirst();
  }

  #recordSets(zone: ZoneKey) {
    return this.#db
      .selectFrom('route53_record_set')
      .select(['name_order', 'type', 'detail'])
      .where('account', '=', zone.account)
      .where('zone_id', '=', zone.id);
  }
}

type VersionRow = Pick<HostedZoneTable, 'name' | 'created_at' | 'version'>;

function serialOf({ created_at, version }: VersionRow): number {
  const createdAt = Temporal.Instant.fromEpochMilliseconds(Number(created_at));
  return servedSerial({ createdAt, version });
}

const zoneColumns = [
  'account',
  'id',
  'name',
  'caller_reference',
  'comment',
  'created_at',
  'record_set_count',
  'version',
] as const;
