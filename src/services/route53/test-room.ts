import type { AccountId } from '../../aws/arn.ts';
import type { BrokenSet } from '../../aws/authority/authority.ts';
import { authorityMigrations } from '../../aws/authority/schema.ts';
import { Change } from '../../store/change.ts';
import { MemoryStore } from '../../../test/fakes/memory-store.ts';
import { FakePipeline } from '../../../test/fakes/pipeline.ts';
import { account as firstAccount, otherAccount, user } from '../../../test/fakes/principals.ts';
import { rowAuthority } from '../../../test/fakes/row-authority.ts';
import { createRoute53, type Route53 } from './index.ts';
import type {
  ChangeResourceRecordSetsResponse,
  CreateHostedZoneResponse,
  ResourceRecordSet,
} from './model.ts';
import type { Route53Options } from './ports.ts';
import { route53Migrations, type Route53Tables } from './schema.ts';

export { firstAccount, otherAccount };

export const testOptions: Route53Options = {
  zones: {
    validation: 'acm-validations.holdfast.internal',
    loadBalancers: 'elb.holdfast.internal',
    nameServers: 'dns.holdfast.internal',
  },
  loadBalancerZoneId: 'Z0LOADBALANCERS',
  nameServers: [
    { name: 'ns-1.dns.holdfast.internal', addresses: ['127.0.0.1', '::1'] },
    { name: 'ns-2.dns.holdfast.internal', addresses: ['127.0.0.2'] },
  ],
  ownNameServers: [{ name: 'ns-1.dns.holdfast.internal', addresses: ['127.0.0.1', '::1'] }],
};

export class TestRoom extends FakePipeline {
  readonly route53: Route53;
  readonly store: MemoryStore<Route53Tables>;
  readonly broken: BrokenSet[] = [];
  /** Addresses of load balancers by name. */
  readonly loadBalancers = new Map<string, string[]>();
  /** What CAs are about to look for, by name. */
  readonly challenges = new Map<string, readonly string[]>();

  constructor(store: MemoryStore<Route53Tables>) {
    super(store);
    this.store = store;
    this.route53 = createRoute53(store.db, rowAuthority(store.db, this.broken), testOptions, {
      loadBalancers: {
        loadBalancerAddresses: async (name) => this.loadBalancers.get(name) ?? [],
      },
      challenges: { valuesAt: async (name) => this.challenges.get(name) ?? [] },
    });
  }

  run<Output>(operation: string, input: unknown, account?: AccountId): Promise<Output> {
    const principal = account === undefined ? undefined : user('alice', account);
    return this.runOperation(this.route53.service, operation, input, principal);
  }

  async change(work: (change: Change) => Promise<void>): Promise<void> {
    const change = new Change();
    await work(change);
    await this.store.commit(change);
  }
}

export async function testRoom(): Promise<TestRoom> {
  return new TestRoom(await MemoryStore.open({ ...authorityMigrations, ...route53Migrations }));
}

/** Makes a hosted zone; resolves with its bare id. */
export async function hostedZone(
  room: TestRoom,
  name: string,
  account?: AccountId,
): Promise<string> {
  const { HostedZone } = await room.run<CreateHostedZoneResponse>(
    'CreateHostedZone',
    { Name: name, CallerReference: name },
    account,
  );
  return HostedZone.Id.replace('/hostedzone/', '');
}

export type TestChange = [action: 'CREATE' | 'DELETE' | 'UPSERT', set: ResourceRecordSet];

export function changeRecords(
  room: TestRoom,
  zoneId: string,
  changes: TestChange[],
  account?: AccountId,
): Promise<ChangeResourceRecordSetsResponse> {
  const Changes = changes.map(([Action, set]) => ({ Action, ResourceRecordSet: set }));
  return room.run(
    'ChangeResourceRecordSets',
    { HostedZoneId: zoneId, ChangeBatch: { Changes } },
    account,
  );
}

export function records(
  Name: string,
  Type: ResourceRecordSet['Type'],
  ...values: string[]
): ResourceRecordSet {
  return { Name, Type, TTL: 60, ResourceRecords: values.map((Value) => ({ Value })) };
}
