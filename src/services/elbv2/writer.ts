import type { Kysely } from 'kysely';
import type { Authority, SetEdits } from '../../aws/authority/authority.ts';
import type { ListenerStatus, TargetStatus } from '../../aws/gateway-feed.ts';
import type { Change } from '../../store/change.ts';
import { balancerSet, ownedBy, tagSet, targetGroupSet } from './authority-sets.ts';
import type { Listener } from './domain/listener.ts';
import type { LoadBalancer } from './domain/load-balancer.ts';
import type { TargetGroup } from './domain/target-group.ts';
import { listenerDetail, loadBalancerDetail, targetGroupDetail } from './rows.ts';
import type { Elbv2Tables } from './schema.ts';
import type { Place } from './store.ts';

type Named = Place & { readonly arn: string };

export interface Target {
  readonly id: string;
  readonly port: number;
  readonly availabilityZone: string | undefined;
}

/**
 * Builds the statements of a Change. A load balancer's version guards it with its listeners, a target group's
 * version the group with its targets: an operation that decided on either raises the version once.
 */
export class Elbv2Writer {
  readonly #db: Kysely<Elbv2Tables>;
  readonly #authority: Authority;

  constructor(db: Kysely<Elbv2Tables>, authority: Authority) {
    this.#db = db;
    this.#authority = authority;
  }

  /** Fails when the name, the DNS name or the address was taken meanwhile. */
  insertLoadBalancer(change: Change, balancer: LoadBalancer): void {
    const { account, region, arn, name, address, version } = balancer;
    const row = {
      account,
      region,
      arn,
      name,
      address,
      version,
      dns_name: balancer.dnsName,
      created_at: balancer.createdAt.epochMilliseconds,
      feed_sequence: 0,
      detail: loadBalancerDetail(balancer),
    };
    change.write(this.#db.insertInto('elbv2_load_balancer').values(row));
    this.#balancer(change, balancer).put('elbv2_load_balancer', row);
  }

  /** Holds only if the load balancer, its listeners and their tags are as they were read. */
  updateLoadBalancer(change: Change, before: LoadBalancer, after: LoadBalancer = before): void {
    const values = { version: before.version + 1, detail: loadBalancerDetail(after) };
    this.#balancer(change, before).update('elbv2_load_balancer', keyOf(before), values);
    change.write(
      this.#db
        .updateTable('elbv2_load_balancer')
        .set(values)
        .where('account', '=', before.account)
        .where('region', '=', before.region)
        .where('arn', '=', before.arn)
        .where('version', '=', before.version),
      { rows: 1 },
    );
  }

  deleteLoadBalancer(change: Change, balancer: LoadBalancer): void {
    this.#balancer(change, balancer).remove('elbv2_load_balancer', keyOf(balancer));
    change.write(
      this.#db
        .deleteFrom('elbv2_load_balancer')
        .where('account', '=', balancer.account)
        .where('region', '=', balancer.region)
        .where('arn', '=', balancer.arn)
        .where('version', '=', balancer.version),
      { rows: 1 },
    );
    this.#removeTags(change, balancer);
  }

  insertListener(change: Change, listener: Listener): void {
    const { account, region, arn, port } = listener;
    const row = {
      account,
      region,
      arn,
      port,
      load_balancer_arn: listener.loadBalancerArn,
      state: null,
      state_reason: null,
      detail: listenerDetail(listener),
    };
    change.write(this.#db.insertInto('elbv2_listener').values(row));
    this.#listeners(change, listener).put('elbv2_listener', row);
  }

  /** What the gateway reported stays until it reports again, unless the listener is opened anew. */
  updateListener(change: Change, before: Listener, after: Listener): void {
    const isReopened = before.port !== after.port || before.protocol !== after.protocol;
    const values = { port: after.port, detail: listenerDetail(after) };
    this.#listeners(change, before).update('elbv2_listener', keyOf(before), values);
    change.write(
      this.#db
        .updateTable('elbv2_listener')
        .set({
          ...values,
          ...(isReopened ? { state: null, state_reason: null } : {}),
        })
        .where('account', '=', before.account)
        .where('region', '=', before.region)
        .where('arn', '=', before.arn),
      { rows: 1 },
    );
  }

  deleteListener(change: Change, listener: Listener): void {
    this.#listeners(change, listener).remove('elbv2_listener', keyOf(listener));
    change.write(
      this.#db
        .deleteFrom('elbv2_listener')
        .where('account', '=', listener.account)
        .where('region', '=', listener.region)
        .where('arn', '=', listener.arn),
      { rows: 1 },
    );
    this.#removeTags(change, listener);
  }

  /** Fails when the name was taken meanwhile. */
  insertTargetGroup(change: Change, group: TargetGroup): void {
    const { account, region, arn, name, version } = group;
    const row = {
      account,
      region,
      arn,
      name,
      version,
      load_balancer_arn: group.loadBalancerArn ?? null,
      detail: targetGroupDetail(group),
    };
    change.write(this.#db.insertInto('elbv2_target_group').values(row));
    this.#group(change, group).put('elbv2_target_group', row);
  }

  /** Holds only if the group, its targets, its use and its tags are as they were read. */
  updateTargetGroup(change: Change, before: TargetGroup, after: TargetGroup = before): void {
    const values = {
      version: before.version + 1,
      load_balancer_arn: after.loadBalancerArn ?? null,
      detail: targetGroupDetail(after),
    };
    this.#group(change, before).update('elbv2_target_group', keyOf(before), values);
    change.write(
      this.#db
        .updateTable('elbv2_target_group')
        .set(values)
        .where('account', '=', before.account)
        .where('region', '=', before.region)
        .where('arn', '=', before.arn)
        .where('version', '=', before.version),
      { rows: 1 },
    );
  }

  /** Its targets go with it. */
  deleteTargetGroup(change: Change, group: TargetGroup): void {
    this.#authority.drop(change, targetGroupSet, ownedBy(group, group.arn));
    change.write(
      this.#db
        .deleteFrom('elbv2_target_group')
        .where('account', '=', group.account)
        .where('region', '=', group.region)
        .where('arn', '=', group.arn)
        .where('version', '=', group.version),
      { rows: 1 },
    );
    change.write(
      this.#db
        .deleteFrom('elbv2_target')
        .where('account', '=', group.account)
        .where('region', '=', group.region)
        .where('target_group_arn', '=', group.arn),
    );
    this.#removeTags(change, group);
  }

  /** One that is registered already stays as it is. */
  registerTarget(change: Change, group: TargetGroup, target: Target): void {
    const row = {
      account: group.account,
      region: group.region,
      target_group_arn: group.arn,
      id: target.id,
      port: target.port,
      availability_zone: target.availabilityZone ?? null,
      health: null,
      health_reason: null,
      health_description: null,
    };
    this.#group(change, group).putIfAbsent('elbv2_target', row);
    change.write(
      this.#db
        .insertInto('elbv2_target')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['account', 'region', 'target_group_arn', 'id', 'port']).doNothing(),
        ),
    );
  }

  deregisterTarget(
    change: Change,
    group: TargetGroup,
    { id, port }: Pick<Target, 'id' | 'port'>,
  ): void {
    const { account, region, arn: target_group_arn } = group;
    const target = { account, region, target_group_arn, id, port };
    this.#group(change, group).remove('elbv2_target', target);
    change.write(
      this.#db
        .deleteFrom('elbv2_target')
        .where('account', '=', group.account)
        .where('region', '=', group.region)
        .where('target_group_arn', '=', group.arn)
        .where('id', '=', id)
        .where('port', '=', port),
    );
  }

  /** Nobody checks the targets of a group that is not in use. */
  forgetHealth(change: Change, group: TargetGroup): void {
    change.write(
      this.#db
        .updateTable('elbv2_target')
        .set({ health: null, health_reason: null, health_description: null })
        .where('account', '=', group.account)
        .where('region', '=', group.region)
        .where('target_group_arn', '=', group.arn),
    );
  }

  /** A listener that is gone meanwhile is no error. */
  reportListener(change: Change, place: Place, status: ListenerStatus): void {
    change.write(
      this.#db
        .updateTable('elbv2_listener')
        .set({ state: status.State, state_reason: status.Reason ?? null })
        .where('account', '=', place.account)
        .where('region', '=', place.region)
        .where('arn', '=', status.ListenerArn),
    );
  }

  /** A target that is gone meanwhile is no error. */
  reportTarget(change: Change, place: Place, status: TargetStatus): void {
    change.write(
      this.#db
        .updateTable('elbv2_target')
        .set({
          health: status.State,
          health_reason: status.Reason ?? null,
          health_description: status.Description ?? null,
        })
        .where('account', '=', place.account)
        .where('region', '=', place.region)
        .where('target_group_arn', '=', status.TargetGroupArn)
        .where('id', '=', status.Id)
        .where('port', '=', status.Port),
    );
  }

  setTag(change: Change, place: Place, arn: string, key: string, value: string): void {
    const { account, region } = place;
    const row = { account, region, resource_arn: arn, key, value };
    this.#authority.edit(change, tagSet, ownedBy(place, arn)).put('elbv2_tag', row);
    change.write(
      this.#db
        .insertInto('elbv2_tag')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['account', 'region', 'resource_arn', 'key']).doUpdateSet({ value }),
        ),
    );
  }

  removeTag(change: Change, place: Place, arn: string, key: string): void {
    const { account, region } = place;
    this.#authority
      .edit(change, tagSet, ownedBy(place, arn))
      .remove('elbv2_tag', { account, region, resource_arn: arn, key });
    change.write(
      this.#db
        .deleteFrom('elbv2_tag')
        .where('account', '=', place.account)
        .where('region', '=', place.region)
        .where('resource_arn', '=', arn)
        .where('key', '=', key),
    );
  }

  #balancer(change: Change, balancer: Named): SetEdits {
    return this.#authority.edit(change, balancerSet, ownedBy(balancer, balancer.arn));
  }

  #listeners(change: Change, listener: Listener): SetEdits {
    return this.#authority.edit(change, balancerSet, ownedBy(listener, listener.loadBalancerArn));
  }

  #group(change: Change, group: Named): SetEdits {
    return this.#authority.edit(change, targetGroupSet, ownedBy(group, group.arn));
  }

  #removeTags(change: Change, gone: Named): void {
    this.#authority.drop(change, tagSet, ownedBy(gone, gone.arn));
    change.write(
      this.#db
        .deleteFrom('elbv2_tag')
        .where('account', '=', gone.account)
        .where('region', '=', gone.region)
        .where('resource_arn', '=', gone.arn),
    );
  }
}

function keyOf({ account, region, arn }: Named): Named {
  return { account, region, arn };
}
