import type { Kysely } from 'kysely';
import type { Listener } from './domain/listener.ts';
import type { LoadBalancer } from './domain/load-balancer.ts';
import type { TargetGroup } from './domain/target-group.ts';
import type { Page } from './markers.ts';
import { listenerOf, loadBalancerOf, targetGroupOf } from './rows.ts';
import type { Elbv2Tables, TargetTable } from './schema.ts';

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** This room's queries. Lists are in the order of the ARNs, and those of a page have one item more if there is a next page. */
export class Elbv2Reader {
  readonly #db: Kysely<Elbv2Tables>;

  constructor(db: Kysely<Elbv2Tables>) {
    this.#db = db;
  }

  async loadBalancer(place: Place, arn: string): Promise<LoadBalancer | undefined> {
    return (await this.loadBalancersByArn(place, [arn]))[0];
  }

  async loadBalancersByArn(place: Place, arns: readonly string[]): Promise<LoadBalancer[]> {
    const rows = await this.#loadBalancers(place).where('arn', 'in', arns).execute();
    return rows.map(loadBalancerOf);
  }

  async loadBalancersByName(place: Place, names: readonly string[]): Promise<LoadBalancer[]> {
    const rows = await this.#loadBalancers(place).where('name', 'in', names).execute();
    return rows.map(loadBalancerOf);
  }

  async loadBalancers(place: Place, page: Page): Promise<LoadBalancer[]> {
    let query = this.#loadBalancers(place).limit(page.size + 1);
    if (page.after !== undefined) query = query.where('arn', '>', page.after);
    return (await query.execute()).map(loadBalancerOf);
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
    return rows.map(listenerOf);
  }

  /** At most `TooManyListeners` allows: all of them fit into memory. */
  async listeners(place: Place, loadBalancerArn: string, page?: Page): Promise<Listener[]> {
    let query = this.#listeners(place).where('load_balancer_arn', '=', loadBalancerArn);
    if (page !== undefined) query = query.limit(page.size + 1);
    if (page?.after !== undefined) query = query.where('arn', '>', page.after);
    return (await query.execute()).map(listenerOf);
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
    return rows.map(targetGroupOf);
  }

  async targetGroupsByName(place: Place, names: readonly string[]): Promise<TargetGroup[]> {
    const rows = await this.#targetGroups(place).where('name', 'in', names).execute();
    return rows.map(targetGroupOf);
  }

  async targetGroups(place: Place, page: Page): Promise<TargetGroup[]> {
    let query = this.#targetGroups(place).limit(page.size + 1);
    if (page.after !== undefined) query = query.where('arn', '>', page.after);
    return (await query.execute()).map(targetGroupOf);
  }

  async targetGroupsOf(place: Place, loadBalancerArn: string, page?: Page): Promise<TargetGroup[]> {
    let query = this.#targetGroups(place).where('load_balancer_arn', '=', loadBalancerArn);
    if (page !== undefined) query = query.limit(page.size + 1);
    if (page?.after !== undefined) query = query.where('arn', '>', page.after);
    return (await query.execute()).map(targetGroupOf);
  }

  /** In the order of address and port. */
  targets(place: Place, targetGroupArns: readonly string[]): Promise<TargetTable[]> {
    if (targetGroupArns.length === 0) return Promise.resolve([]);
    return this.#db
      .selectFrom('elbv2_target')
      .select(targetColumns)
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where('target_group_arn', 'in', targetGroupArns)
      .orderBy('target_group_arn')
      .orderBy('id')
      .orderBy('port')
      .execute();
  }

  async tags(place: Place, arn: string): Promise<Map<string, string>> {
    const rows = await this.#db
      .selectFrom('elbv2_tag')
      .select(['key', 'value'])
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where('resource_arn', '=', arn)
      .orderBy('key')
      .execute();
    return new Map(rows.map((row) => [row.key, row.value]));
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
