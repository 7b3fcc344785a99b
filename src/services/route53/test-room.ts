import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { accountId, region } from '../../aws/arn.ts';
import type { Call } from '../../aws/call.ts';
import { CommonError } from '../../aws/errors.ts';
import type { ConditionContext } from '../../aws/policy/types.ts';
import { systemRandom } from '../../lib/random.ts';
import { Change } from '../../store/change.ts';
import { GuardFailed } from '../../store/store.ts';
import { createRoute53, type Route53 } from './index.ts';
import type {
  ChangeResourceRecordSetsResponse,
  CreateHostedZoneResponse,
  ResourceRecordSet,
} from './model.ts';
import type { Route53Options } from './ports.ts';
import { route53Migrations, type Route53Tables } from './schema.ts';

/** The room for tests, on a store in memory. */
export interface TestRoom {
  readonly route53: Route53;
  now: Temporal.Instant;
  /** Addresses of load balancers by name. */
  readonly loadBalancers: Map<string, string[]>;
  readonly asked: { action: string; resource: string; context: ConditionContext }[];
  readonly denied: Set<string>;
  /** Statements that the database ran, with the plan for each query. */
  readonly plans: string[];
  /** Called between an operation and its commit, once: for races. */
  beforeCommit: (() => Promise<void>) | undefined;
  run<Output>(operation: string, input: unknown, account?: string): Promise<Output>;
  change(work: (change: Change) => Promise<void>): Promise<void>;
}

export const firstAccount = '111122223333';
export const otherAccount = '444455556666';

export const testOptions: Route53Options = {
  zones: {
    validation: 'acm-validations.holdfast.internal',
    loadBalancers: 'elb.holdfast.internal',
    nameServers: 'dns.holdfast.internal',
  },
  loadBalancerZoneId: 'Z0LOADBALANCERS',
  nameServerAddresses: ['127.0.0.1', '::1'],
};

export async function testRoom(): Promise<TestRoom> {
  const plans: string[] = [];
  const { db, commit } = await memoryStore(plans);
  const loadBalancers = new Map<string, string[]>();
  const room: TestRoom = {
    route53: createRoute53(db, testOptions, {
      loadBalancerAddresses: async (name) => loadBalancers.get(name) ?? [],
    }),
    now: Temporal.Instant.from('2026-11-24T12:00:00Z'),
    loadBalancers,
    asked: [],
    denied: new Set(),
    plans,
    beforeCommit: undefined,
    async run(name, input, account = firstAccount) {
      const operation = room.route53.service.operations.get(name);
      if (operation === undefined) throw new TypeError(`no operation ${name}`);
      for (let attempt = 0; ; attempt++) {
        const call = fakeCall(room, account);
        const output = await operation(input, call);
        const race = room.beforeCommit;
        room.beforeCommit = undefined;
        await race?.();
        try {
          commit(call.change);
          return output as never;
        } catch (error) {
          if (!(error instanceof GuardFailed) || attempt === 5) throw error;
        }
      }
    },
    async change(work) {
      const change = new Change();
      await work(change);
      commit(change);
    },
  };
  return room;
}

/** Makes a hosted zone; resolves with its bare id. */
export async function hostedZone(room: TestRoom, name: string, account?: string): Promise<string> {
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
  account?: string,
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

function fakeCall(room: TestRoom, account: string): Call {
  const call: Call = {
    requestId: systemRandom.uuid(),
    account: accountId(account),
    region: region('us-east-1'),
    principal: {
      type: 'user',
      account: accountId(account),
      arn: `arn:aws:iam::${account}:user/alice`,
      principalId: 'AIDA',
      accessKeyId: 'AKIA',
      userName: 'alice',
    },
    invokedBy: undefined,
    clock: { now: () => room.now, monotonic: () => 0 },
    random: systemRandom,
    change: new Change(),
    audit: {
      resource() {},
      requestParameters() {},
      responseElements() {},
      additional() {},
      receipt() {},
    },
    signal: new AbortController().signal,
    async authorize(action, resource, details) {
      room.asked.push({ action, resource, context: details?.context ?? {} });
      if (room.denied.has(action)) {
        throw new CommonError('access-denied', `not authorized to perform: ${action}`);
      }
    },
    needsNoPermission() {},
    via: () => call,
    as: () => call,
    nested: (_event, work) => work(call),
  };
  return call;
}

async function memoryStore(plans: string[]): Promise<{
  db: Kysely<Route53Tables>;
  commit: (change: Change) => void;
}> {
  const database = new DatabaseSync(':memory:');
  const db = new Kysely<Route53Tables>({
    dialect: new SqliteDialect({
      database: {
        close: () => database.close(),
        prepare: (text: string) => {
          const statement = database.prepare(text);
          return {
            reader: statement.columns().length > 0,
            all: (parameters: readonly unknown[]) => {
              const plan = database
                .prepare(`EXPLAIN QUERY PLAN ${text}`)
                .all(...(parameters as never[]));
              plans.push(...plan.map((row) => String(row['detail'])));
              return statement.all(...(parameters as never[]));
            },
            run: (parameters: readonly unknown[]) => statement.run(...(parameters as never[])),
            iterate: (parameters: readonly unknown[]) =>
              statement.iterate(...(parameters as never[])),
          } as never;
        },
      },
    }),
  });
  for (const migration of Object.values(route53Migrations)) await migration.up(db);
  const commit = (change: Change): void => {
    database.exec('BEGIN');
    try {
      for (const { sql, parameters, rows } of change.statements) {
        const { changes } = database.prepare(sql).run(...(parameters as never[]));
        if (rows !== undefined && Number(changes) !== rows) throw new GuardFailed();
      }
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      if (error instanceof Error && /UNIQUE|PRIMARY/.test(error.message)) throw new GuardFailed();
      throw error;
    }
    change.committed();
  };
  return { db, commit };
}
