import type { Kysely } from 'kysely';
import type { Authority } from '../../aws/authority/authority.ts';
import type { Change } from '../../store/change.ts';
import {
  assignmentOwner,
  assignmentSet,
  zoneOwner,
  zoneSet,
  zoneTagSet,
} from './authority-sets.ts';
import type { HostedZone } from './domain/hosted-zone.ts';
import { orderOf } from './domain/names.ts';
import type { RecordSet } from './domain/record-set.ts';
import { recordSetToRow, zoneToRow } from './rows.ts';
import type { HostedZoneTable, Route53Tables } from './schema.ts';

/** For how long GetChange knows of a change. */
const changeRetention = { hours: 7 * 24 };

/** Builds the statements of a Change. Everything about a zone holds only if the zone is still as it was read. */
export class Route53Writer {
  readonly #db: Kysely<Route53Tables>;
  readonly #authority: Authority;

  constructor(db: Kysely<Route53Tables>, authority: Authority) {
    this.#db = db;
    this.#authority = authority;
  }

  insertZone(change: Change, zone: HostedZone, sets: readonly RecordSet[]): void {
    const row = zoneToRow(zone);
    change.write(this.#db.insertInto('route53_hosted_zone').values(row));
    this.#authority.edit(change, zoneSet, zoneOwner(zone)).put('route53_hosted_zone', row);
    change.write(
      this.#db.insertInto('route53_zone_order').values({
        account: zone.account,
        name_order: orderOf(zone.name),
        id: zone.id,
      }),
    );
    for (const set of sets) this.#insertSet(change, zone, set);
  }

  setComment(change: Change, zone: HostedZone, comment: string | undefined): void {
    this.#ifUnchanged(change, zone, { comment: comment ?? null });
  }

  /** Holds only if the zone is as it was read; tags that others change meanwhile stay as they left them. */
  changeTags(
    change: Change,
    zone: HostedZone,
    tags: { readonly added: ReadonlyMap<string, string>; readonly removed: readonly string[] },
  ): void {
    const { account, id } = zone;
    this.#ifUnchanged(change, zone, { version: zone.version });
    const edits = this.#authority.edit(change, zoneTagSet, zoneOwner(zone));
    for (const key of tags.removed) {
      edits.remove('route53_zone_tag', { account, zone_id: id, key });
      change.write(
        this.#db
          .deleteFrom('route53_zone_tag')
          .where('account', '=', account)
          .where('zone_id', '=', id)
          .where('key', '=', key),
      );
    }
    for (const [key, value] of tags.added) {
      const row = { account, zone_id: id, key, value };
      edits.put('route53_zone_tag', row);
      change.write(
        this.#db
          .insertInto('route53_zone_tag')
          .values(row)
          .onConflict((conflict) =>
            conflict.columns(['account', 'zone_id', 'key']).doUpdateSet({ value }),
          ),
      );
    }
  }

  /** With the record sets that came with it: the caller has seen that it has no others. */
  deleteZone(change: Change, zone: HostedZone): void {
    change.write(
      this.#db
        .deleteFrom('route53_hosted_zone')
        .where('account', '=', zone.account)
        .where('id', '=', zone.id)
        .where('version', '=', zone.version),
      { rows: 1 },
    );
    this.#authority.drop(change, zoneSet, zoneOwner(zone));
    this.#authority.drop(change, zoneTagSet, zoneOwner(zone));
    for (const table of ['route53_record_set', 'route53_zone_tag'] as const) {
      change.write(
        this.#db
          .deleteFrom(table)
          .where('account', '=', zone.account)
          .where('zone_id', '=', zone.id),
      );
    }
    change.write(
      this.#db
        .deleteFrom('route53_zone_order')
        .where('account', '=', zone.account)
        .where('name_order', '=', orderOf(zone.name)),
    );
  }

  changeRecordSets(
    change: Change,
    zone: HostedZone,
    sets: { readonly written: readonly RecordSet[]; readonly deleted: readonly RecordSet[] },
    recordSetCount: number,
  ): void {
    this.#ifUnchanged(change, zone, {
      record_set_count: recordSetCount,
      version: zone.version + 1,
    });
    for (const set of sets.deleted) {
      change.write(
        this.#db
          .deleteFrom('route53_record_set')
          .where('account', '=', zone.account)
          .where('zone_id', '=', zone.id)
          .where('name_order', '=', orderOf(set.name))
          .where('type', '=', set.type),
        { rows: 1 },
      );
    }
    for (const set of sets.written) this.#upsertSet(change, zone, set);
  }

  /** Forgets what is too old at the same time. */
  insertChange(
    change: Change,
    made: { account: string; id: string; at: Temporal.Instant; comment: string | undefined },
  ): void {
    const { account, id, at, comment } = made;
    change.write(
      this.#db
        .deleteFrom('route53_change')
        .where('account', '=', account)
        .where('submitted_at', '<', at.subtract(changeRetention).epochMilliseconds),
    );
    change.write(
      this.#db
        .insertInto('route53_change')
        .values({ account, id, submitted_at: at.epochMilliseconds, comment: comment ?? null }),
    );
  }

  assign(change: Change, suffix: string, account: string): void {
    const row = { suffix, account };
    change.write(this.#db.insertInto('route53_domain_assignment').values(row));
    this.#authority
      .edit(change, assignmentSet, assignmentOwner)
      .put('route53_domain_assignment', row);
  }

  unassign(change: Change, suffix: string, account: string): void {
    change.write(
      this.#db
        .deleteFrom('route53_domain_assignment')
        .where('suffix', '=', suffix)
        .where('account', '=', account),
      { rows: 1 },
    );
    this.#authority
      .edit(change, assignmentSet, assignmentOwner)
      .remove('route53_domain_assignment', { suffix });
  }

  #ifUnchanged(
    change: Change,
    zone: HostedZone,
    values: Partial<Pick<HostedZoneTable, 'comment' | 'record_set_count' | 'version'>>,
  ): void {
    change.write(
      this.#db
        .updateTable('route53_hosted_zone')
        .set(values)
        .where('account', '=', zone.account)
        .where('id', '=', zone.id)
        .where('version', '=', zone.version),
      { rows: 1 },
    );
  }

  #insertSet(change: Change, zone: HostedZone, set: RecordSet): void {
    change.write(this.#db.insertInto('route53_record_set').values(recordSetToRow(zone, set)));
  }

  #upsertSet(change: Change, zone: HostedZone, set: RecordSet): void {
    const row = recordSetToRow(zone, set);
    change.write(
      this.#db
        .insertInto('route53_record_set')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .columns(['account', 'zone_id', 'name_order', 'type'])
            .doUpdateSet({ detail: row.detail }),
        ),
    );
  }
}
