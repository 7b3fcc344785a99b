import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountId, region } from '../../aws/arn.ts';
import type { Call } from '../../aws/call.ts';
import { AwsError, CommonError } from '../../aws/errors.ts';
import type { ConditionContext } from '../../aws/policy/types.ts';
import { silentLog } from '../../lib/log.ts';
import { systemRandom } from '../../lib/random.ts';
import { Change } from '../../store/change.ts';
import { openSqliteStore } from '../../store/sqlite/index.ts';
import { GuardFailed, type Store } from '../../store/store.ts';
import { createElbv2, elbv2Migrations, type Elbv2, type Elbv2Tables } from './index.ts';
import type {
  CreateListenerOutput,
  CreateLoadBalancerOutput,
  CreateTargetGroupOutput,
} from './model.ts';
import type { Associations } from './ports.ts';

/** The room for tests: a real store, and an ACM and a KMS that behave like the real ones as far as the room sees. */
export interface TestRoom extends AsyncDisposable {
  readonly elbv2: Elbv2;
  readonly store: Store<Elbv2Tables>;
  /** Certificates of ACM, with their status. */
  readonly certificates: Map<string, string>;
  /** Grant ids by certificate and load balancer, as ACM keeps them. */
  readonly associations: Map<string, { grantId: string; revision: number }>;
  /** Grants that live. */
  readonly grants: Set<string>;
  /** Where holdfast itself listens, of 127.0.0.1 and ::1. */
  readonly ownPorts: Set<number>;
  readonly asked: { action: string; resource: string; context: ConditionContext }[];
  readonly audited: unknown[];
  denied: (action: string) => boolean;
  /** Called between an operation and its commit, once: for races. */
  beforeCommit: (() => Promise<void>) | undefined;
  run<Output = Record<string, never>>(operation: string, input: unknown): Promise<Output>;
  commit(work: (change: Change) => void): Promise<void>;
}

export const account = accountId('111122223333');
const euWest1 = region('eu-west-1');

export async function testRoom(): Promise<TestRoom> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-elbv2-'));
  const store = await openSqliteStore<Elbv2Tables>({
    file: join(folder, 'holdfast.db'),
    migrations: [elbv2Migrations],
    log: silentLog,
  });
  const room: TestRoom = {
    elbv2: undefined as unknown as Elbv2,
    store,
    certificates: new Map(),
    associations: new Map(),
    grants: new Set(),
    ownPorts: new Set([4566]),
    asked: [],
    audited: [],
    denied: () => false,
    beforeCommit: undefined,
    async run(name, input) {
      const run = room.elbv2.service.operations.get(name);
      if (run === undefined) throw new TypeError(`no operation ${name}`);
      for (let attempt = 0; ; attempt++) {
        const call = fakeCall(room, new Change());
        const output = await run(input, call);
        const race = room.beforeCommit;
        room.beforeCommit = undefined;
        await race?.();
        try {
          await store.commit(call.change);
          return output as never;
        } catch (error) {
          if (!(error instanceof GuardFailed) || attempt === 5) throw error;
        }
      }
    },
    async commit(work) {
      const change = new Change();
      work(change);
      await store.commit(change);
    },
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
  const elbv2 = createElbv2(store.db, {
    associations: fakeAssociations(room),
    grantExists: async (_key, grantId) => room.grants.has(grantId),
    isOwnListener: (address, port) =>
      ['127.0.0.1', '::1'].includes(address) && room.ownPorts.has(port),
    dns: { suffix: 'holdfast.internal', canonicalHostedZoneId: 'Z0123456789ABC' },
  });
  return Object.assign(room, { elbv2 });
}

export function issue(room: TestRoom, status = 'ISSUED'): string {
  const arn = `arn:aws:acm:eu-west-1:${account}:certificate/${systemRandom.uuid()}`;
  room.certificates.set(arn, status);
  return arn;
}

export async function createLoadBalancer(room: TestRoom, Name = 'web'): Promise<string> {
  const { LoadBalancers } = await room.run<CreateLoadBalancerOutput>('CreateLoadBalancer', {
    Name,
    Subnets: ['subnet-1', 'subnet-2'],
  });
  return LoadBalancers?.[0]?.LoadBalancerArn ?? '';
}

export async function createTargetGroup(room: TestRoom, Name = 'web'): Promise<string> {
  const { TargetGroups } = await room.run<CreateTargetGroupOutput>('CreateTargetGroup', {
    Name,
    TargetType: 'ip',
    Protocol: 'HTTP',
    Port: 8080,
  });
  return TargetGroups?.[0]?.TargetGroupArn ?? '';
}

export const fixedResponse = {
  Type: 'fixed-response',
  FixedResponseConfig: { StatusCode: '200', ContentType: 'text/plain', MessageBody: 'hello' },
};

export async function createListener(
  room: TestRoom,
  LoadBalancerArn: string,
  certificateArn: string,
  input: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { Listeners } = await room.run<CreateListenerOutput>('CreateListener', {
    LoadBalancerArn,
    Protocol: 'HTTPS',
    Port: 443,
    Certificates: [{ CertificateArn: certificateArn }],
    DefaultActions: [fixedResponse],
    ...input,
  });
  return Listeners?.[0]?.ListenerArn ?? '';
}

function fakeAssociations(room: TestRoom): Associations {
  const key = (certificateArn: string, resourceArn: string): string =>
    `${certificateArn} ${resourceArn}`;
  return {
    async associate(call, { certificateArn, resourceArn }) {
      const status = room.certificates.get(certificateArn);
      if (status === undefined)
        throw new AwsError('ResourceNotFoundException', `Could not find ${certificateArn}`);
      if (status !== 'ISSUED')
        throw Object.assign(new Error('not issued'), { name: 'InvalidStateForAssociation' });
      const old = room.associations.get(key(certificateArn, resourceArn));
      if (old !== undefined && room.grants.has(old.grantId)) return;
      await call.authorize('kms:CreateGrant', 'arn:aws:kms:eu-west-1:111122223333:key/k');
      const grantId = systemRandom.uuid();
      call.change.afterCommit(() => {
        room.grants.add(grantId);
        room.associations.set(key(certificateArn, resourceArn), {
          grantId,
          revision: (old?.revision ?? 0) + 1,
        });
      });
      room.elbv2.moved(call.change, resourceArn);
    },
    async disassociate(call, { certificateArn, resourceArn }) {
      const old = room.associations.get(key(certificateArn, resourceArn));
      if (old === undefined) return;
      call.change.afterCommit(() => {
        room.grants.delete(old.grantId);
        room.associations.delete(key(certificateArn, resourceArn));
      });
      room.elbv2.moved(call.change, resourceArn);
    },
    materialFor: async (resourceArn) =>
      [...room.associations]
        .filter(([each]) => each.endsWith(` ${resourceArn}`))
        .map(([each, { grantId, revision }]) => ({
          certificateArn: each.split(' ')[0] ?? '',
          certificatePem: 'CERTIFICATE',
          chainPem: 'CHAIN',
          ciphertext: Buffer.from(`ciphertext of ${each}`),
          kmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/k',
          grantId,
          revision,
        })),
  };
}

function fakeCall(room: TestRoom, change: Change): Call {
  const call: Call = {
    requestId: systemRandom.uuid(),
    account,
    region: euWest1,
    principal: {
      type: 'user',
      account,
      arn: `arn:aws:iam::${account}:user/alice`,
      principalId: 'AIDA',
      accessKeyId: 'AKIA',
      userName: 'alice',
    },
    invokedBy: undefined,
    clock: { now: () => Temporal.Instant.from('2026-11-24T12:00:00Z'), monotonic: () => 0 },
    random: systemRandom,
    change,
    audit: {
      resource() {},
      requestParameters: (value) => void room.audited.push(value),
      responseElements() {},
      additional() {},
      receipt() {},
    },
    signal: new AbortController().signal,
    async authorize(action, resource, details) {
      room.asked.push({ action, resource, context: details?.context ?? {} });
      if (room.denied(action))
        throw new CommonError('access-denied', `not authorized to perform: ${action}`);
    },
    needsNoPermission() {},
    via: () => call,
    as: () => call,
    nested: (_event, work) => work(call),
  };
  return call;
}
