import type { BrokenSet } from '../../aws/authority/authority.ts';
import { authorityMigrations } from '../../aws/authority/schema.ts';
import { AwsError } from '../../aws/errors.ts';
import type { ProvenGrant } from '../../aws/gateway-feed.ts';
import { systemRandom } from '../../lib/random.ts';
import { Change } from '../../store/change.ts';
import { MemoryStore } from '../../../test/fakes/memory-store.ts';
import { FakePipeline } from '../../../test/fakes/pipeline.ts';
import { account } from '../../../test/fakes/principals.ts';
import { rowAuthority } from '../../../test/fakes/row-authority.ts';
import { createElbv2, elbv2Migrations, type Elbv2, type Elbv2Tables } from './index.ts';
import type {
  CreateListenerOutput,
  CreateLoadBalancerOutput,
  CreateTargetGroupOutput,
} from './model.ts';
import type { Associations } from './ports.ts';

/** The room for tests, with an ACM and a KMS that behave like the real ones as far as the room sees. */
export class TestRoom extends FakePipeline {
  readonly elbv2: Elbv2;
  readonly store: MemoryStore<Elbv2Tables>;
  readonly broken: BrokenSet[] = [];
  /** Certificates of ACM, with their status. */
  readonly certificates = new Map<string, string>();
  /** Grant ids by certificate and load balancer, as ACM keeps them. */
  readonly associations = new Map<string, { grantId: string; revision: number }>();
  /** Grants that live. */
  readonly grants = new Set<string>();
  /** What KMS says to a gateway whom no policy denies anything. */
  readonly mayHold = async ({ GrantId }: ProvenGrant): Promise<boolean> => this.grants.has(GrantId);
  /** Where holdfast itself listens, of 127.0.0.1 and ::1. */
  readonly ownPorts = new Set([4566]);

  constructor(store: MemoryStore<Elbv2Tables>) {
    super(store);
    this.store = store;
    this.elbv2 = createElbv2(store.db, rowAuthority(store.db, this.broken), {
      associations: fakeAssociations(this),
      isOwnListener: (address, port) =>
        ['127.0.0.1', '::1'].includes(address) && this.ownPorts.has(port),
      dns: { suffix: 'holdfast.internal', canonicalHostedZoneId: 'Z0123456789ABC' },
    });
  }

  run<Output = Record<string, never>>(operation: string, input: unknown): Promise<Output> {
    return this.runOperation(this.elbv2.service, operation, input);
  }

  async commit(work: (change: Change) => void): Promise<void> {
    const change = new Change();
    work(change);
    await this.store.commit(change);
  }
}

export async function testRoom(): Promise<TestRoom> {
  return new TestRoom(await MemoryStore.open({ ...authorityMigrations, ...elbv2Migrations }));
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
    async associate(call, { certificateArn, resourceArn, refusedKeyAlgorithms }) {
      const status = room.certificates.get(certificateArn);
      if (status === undefined)
        throw new AwsError('ResourceNotFoundException', `Could not find ${certificateArn}`);
      const isRefused = refusedKeyAlgorithms.some((each) => status === `ISSUED ${each}`);
      if (!status.startsWith('ISSUED') || isRefused)
        throw Object.assign(new Error('unfit'), { name: 'UnfitForAssociation' });
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
