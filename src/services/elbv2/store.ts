import type { Kysely } from 'kysely';
import type { Authority } from '../../aws/authority/authority.ts';
import {
  balancerSet,
  ownedBy,
  tagSet,
  targetGroupSet,
  type BalancerSet,
  type TargetGroupSet,
} from './authority-sets.ts';
import type { Listener } from './domain/listener.ts';
import type { LoadBalancer } from './domain/load-balancer.ts';
import type { TargetGroup } from './domain/target-group.ts';
import type { Page } from './markers.ts';
import { listenerOf, loadBalancerOf, targetGroupOf } from './rows.ts';
import type {
  Elbv2Tables,
  ListenerTable,
  LoadBalancerTable,
  TargetGroupTable,
  TargetTable,
} from './schema.ts';

export interface Place {
  readonly account: string;
  readonly region: string;
}

/**
 * This room's queries. Lists are in the order of the ARNs, and those of a page have one item more if there is a next page.
 * What is found is told as the authenticated sets have it, with what the gateway reported.
 */
export class Elbv2Reader {
  readonly #db: Kysely<Elbv2Tables>;
  readonly #authority: Authority;

  constructor(db: Kysely<Elbv2Tables>, authority: Authority) {
    this.#db = db;
    this.#authority = authority;
  }

  async loadBalancer(place: Place, arn: string): Promise<LoadBalancer | undefined> {
    return (await this.loadBalancersByArn(place, [arn]))[0];
  }

  async loadBalancersByArn(place: Place, arns: readonly string[]): Promise<LoadBalancer[]> {
    const rows = await this.#loadBalancers(place).where('arn', 'in', arns).execute();
    return this.#authenticBalancers(rows);
  }

  async loadBalancersByName(place: Place, names: readonly string[]): Promise<LoadBalancer[]> {
    const rows = await this.#loadBalancers(place).where('name', 'in', names).execute();
    return this.#authenticBalancers(rows);
  }

  async loadBalancers(place: Place, page: Page): Promise<LoadBalancer[]> {
    let query = this.#loadBalancers(place).limit(page.size + 1);
    if (page.after !== undefined) query = query.where('arn', '>', page.after);
    return this.#authenticBalancers(await query.execute());
  }

  /** Those of `addresses` that load balancers of any account have. */
  async takenAddresses(addresses: readonly string[]): Promise<Set<string>> {
    const rows = await this.#db
      .selectFrom('elbv2_load_balancer')
      .select('address')
      .where('address', 'in', addresses)
      .execute();
    return new Set(rows.map(({ address }) => address));
  }

  async listener(place: Place, arn: string): Promise<Listener | undefined> {
    return (await this.listenersByArn(place, [arn]))[0];
  }

  async listenersByArn(place: Place, arns: readonly string[]): Promise<Listener[]> {
    const rows = await this.#listeners(place).where('arn', 'in', arns).execute();
    return this.#authenticListeners(rows);
  }

  /** At most `TooManyListeners` allows: all of them fit into memory. */
  async listeners(place: Place, loadBalancerArn: string, page?: Page): Promise<Listener[]> {
    let query = this.#listeners(place).where('load_balancer_arn', '=', loadBalancerArn);
    if (page !== undefined) query = query.limit(page.size + 1);
    if (page?.after !== undefined) query = query.where('arn', '>', page.after);
    return this.#authenticListeners(await query.execute());
  }

  /** Reasons of the listeners that could not be opened, by load balancer. */
  async failures(
    place: Place,
    loadBalancerArns: readonly string[],
  ): Promise<Map<string, (string | undefined)[]>> {
    const failures = new Map<string, (string | undefined)[]>();
    if (loadBalancerArns.length === 0) return failures;
    const rows = await this.#db
      .selectFrom('elbv2_listener')
      .select(['load_balancer_arn', 'state_reason'])
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where('load_balancer_arn', 'in', loadBalancerArns)
      .where('state', '=', 'failed')
      .orderBy('arn')
      .execute();
    for (const row of rows) {
      const reasons = failures.get(row.load_balancer_arn) ?? [];
      failures.set(row.load_balancer_arn, [...reasons, row.state_reason ?? undefined]);
    }
    return failures;
  }

  async targetGroup(place: Place, arn: string): Promise<TargetGroup | undefined> {
    return (await this.targetGroupsByArn(place, [arn]))[0];
  }

  async targetGroupsByArn(place: Place, arns: readonly string[]): Promise<TargetGroup[]> {
    if (arns.length === 0) return [];
    const rows = await this.#targetGroups(place).where('arn', 'in', arns).execute();
    return this.#authenticGroups(rows);
  }

  async targetGroupsByName(place: Place, names: readonly string[]): Promise<TargetGroup[]> {
    const rows = await this.#targetGroups(place).where('name', 'in', names).execute();
    return this.#authenticGroups(rows);
  }

  async targetGroups(place: Place, page: Page): Promise<TargetGroup[]> {
    let query = this.#targetGroups(place).limit(page.size + 1);
    if (page.after !== undefined) query = query.where('arn', '>', page.after);
    return this.#authenticGroups(await query.execute());
  }

  async targetGroupsOf(place: Place, loadBalancerArn: string, page?: Page): Promise<TargetGroup[]> {
    let query = this.#targetGroups(place).where('load_balancer_arn', '=', loadBalancerArn);
    if (page !== undefined) query = query.limit(page.size + 1);
    if (page?.after !== undefined) query = query.where('arn', '>', page.after);
    return this.#authenticGroups(await query.execute());
  }

  /** In the order of address and port. */
  async targets(place: Place, targetGroupArns: readonly string[]): Promise<TargetTable[]> {
    if (targetGroupArns.length === 0) return [];
    const rows = await this.#db
      .selectFrom('elbv2_target')
      .select(targetColumns)
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where('target_group_arn', 'in', targetGroupArns)
      .orderBy('target_group_arn')
      .orderBy('id')
      .orderBy('port')
      .execute();
    return this.#found(rows, async (row) => {
      const set = await this.#group(row, row.target_group_arn);
      const target = set?.targets.find(({ id, port }) => id === row.id && port === row.port);
      return target && { ...row, ...target };
    });
  }

  /** In the order of the keys. */
  async tags(place: Place, arn: string): Promise<Map<string, string>> {
    const tags = (await this.#authority.load(tagSet, ownedBy(place, arn))) ?? [];
    return new Map([...tags].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #authenticBalancers(rows: readonly LoadBalancerTable[]): Promise<LoadBalancer[]> {
    return this.#found(rows, async (row) => {
      const balancer = (await this.#balancer(row, row.arn))?.balancer;
      return balancer && loadBalancerOf({ ...row, ...balancer });
    });
  }

  #authenticListeners(rows: readonly ListenerTable[]): Promise<Listener[]> {
    return this.#found(rows, async (row) => {
      const set = await this.#balancer(row, row.load_balancer_arn);
      const listener = set?.listeners.find(({ arn }) => arn === row.arn);
      return listener && listenerOf({ ...row, ...listener });
    });
  }

  #authenticGroups(rows: readonly TargetGroupTable[]): Promise<TargetGroup[]> {
    return this.#found(rows, async (row) => {
      const group = (await this.#group(row, row.arn))?.group;
      return group && targetGroupOf(group);
    });
  }

  /** What is there of all that rows name, in their order. */
  async #found<Row, Found>(
    rows: readonly Row[],
    find: (row: Row) => Promise<Found | undefined>,
  ): Promise<Found[]> {
    return (await Promise.all(rows.map(find))).filter((each) => each !== undefined);
  }

  async #balancer(place: Place, arn: string): Promise<BalancerSet | undefined> {
    return this.#authority.load(balancerSet, ownedBy(place, arn));
  }

  async #group(place: Place, arn: string): Promise<TargetGroupSet | undefined> {
    return this.#authority.load(targetGroupSet, ownedBy(place, arn));
  }

  #loadBalancers(place: Place) {
    return this.#db
      .selectFrom('elbv2_load_balancer')
      .select(loadBalancerColumns)
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .orderBy('arn');
  }

  #listeners(place: Place) {
    return this.#db
      .selectFrom('elbv2_listener')
      .select(listenerColumns)
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .orderBy('arn');
  }

  #targetGroups(place: Place) {
    return this.#db
      .selectFrom('elbv2_target_group')
      .select(targetGroupColumns)
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .orderBy('arn');
  }
}

const loadBalancerColumns = [
  'account',
  'region',
  'arn',
  'name',
  'dns_name',
  'address',
  'created_at',
  'version',
  'feed_sequence',
  'detail',
] as const;
const listenerColumns = [
  'account',
  'region',
  'arn',
  'load_balancer_arn',
  'port',
  'state',
  'state_reason',
  'detail',
] as const;
const targetGroupColumns = [
  'account',
  'region',
  'arn',
  'name',
  'load_balancer_arn',
  'version',
  'detail',
] as const;
const targetColumns = [
  'account',
  'region',
  'target_group_arn',
  'id',
  'port',
  'availability_zone',
  'health',
  'health_reason',
  'health_description',
] as const;
