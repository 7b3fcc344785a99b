import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import type { WatchConfigurationResponse } from '../../aws/gateway-feed.ts';
import type { PrincipalPolicies } from '../../aws/directory.ts';
import type { Principal } from '../../aws/principal.ts';
import { VaultRefusal } from '../../vault-client/vault.ts';
import { FakePipeline } from '../../../test/fakes/pipeline.ts';
import { gateway } from '../../../test/fakes/principals.ts';
import { cursorText, rightsOf } from './cursor.ts';
import { createGatewayFeed } from './index.ts';
import type { ConfigurationPort, GrantView } from './ports.ts';

const certificate = 'arn:aws:acm:eu-west-1:111122223333:certificate/c';
const balancer = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/1';
const key = 'arn:aws:kms:eu-west-1:111122223333:key/k';

/** Load balancers that another process or this one changes. */
class TestFeed extends FakePipeline {
  override principal: Principal = gateway;
  sequence = 7;
  commits = 0;
  readonly listeners = new Set<() => void>();
  readonly removed: string[] = [];
  readonly reports: unknown[] = [];
  readonly grants = new Map<string, GrantView>();
  policies: PrincipalPolicies = { identity: [] };
  isDecryptDenied = false;
  /** Whether the holder may hold the key of a certificate, as answers of everything said. */
  readonly held: boolean[] = [];
  readonly service = createGatewayFeed({
    configuration: this.#configuration(),
    changed: () => this.commits,
    grant: async (keyArn, grantId) => this.grants.get(`${keyArn} ${grantId}`),
    mayDecrypt: async () => !this.isDecryptDenied,
    policiesOf: () => this.policies,
    async verifyHolder(document) {
      if (Buffer.from(document).toString() !== 'signed')
        throw new VaultRefusal('recipient-refused', 'a bad signature');
      return { holderId: 'holder-1' };
    },
  }).service;

  constructor() {
    super({ commit: async () => {} });
  }

  change(by: 'this process' | 'another process', removed: string): void {
    this.sequence += 1;
    this.removed.push(removed);
    if (by === 'another process') this.commits += 1;
    else for (const wake of this.listeners) wake();
  }

  run<Output>(name: string, input: object): Promise<Output> {
    return this.runOperation(this.service, name, input);
  }

  /** The cursor of somebody who has everything up to change `sequence`. */
  cursor(sequence = this.sequence): string {
    return cursorText({ sequence, rights: rightsOf(this.policies) });
  }

  watch(input: object): Promise<WatchConfigurationResponse> {
    return this.run('WatchConfiguration', input);
  }

  #configuration(): ConfigurationPort {
    return {
      sequence: async () => this.sequence,
      everything: async (mayHold) => {
        this.held.push(await mayHold(proof('good').Grants[0]!));
        return { sequence: this.sequence, loadBalancers: [], removed: [] };
      },
      changesAfter: async (cursor) =>
        cursor > this.sequence
          ? undefined
          : { sequence: this.sequence, loadBalancers: [], removed: this.removed.splice(0) },
      report: (_change, status) => void this.reports.push(status),
      onMove: (wake) => {
        this.listeners.add(wake);
        return { [Symbol.dispose]: () => void this.listeners.delete(wake) };
      },
    };
  }
}

function proof(...grantIds: string[]) {
  return {
    HolderDocument: Buffer.from('signed').toString('base64'),
    Grants: grantIds.map((GrantId) => ({
      KmsKeyArn: key,
      GrantId,
      CertificateArn: certificate,
      LoadBalancerArn: balancer,
    })),
  };
}

const grant: GrantView = {
  granteePrincipal: 'tlsconnectionmanager.amazonaws.com',
  operations: ['Decrypt'],
  encryptionContextEquals: {
    'aws:acm:arn': certificate,
    'aws:elasticloadbalancing:arn': balancer,
  },
};

test('without a cursor, or with an unknown one, everything comes at once', async () => {
  const feed = new TestFeed();
  const unknown = ['', '-1', 'x', '7', feed.cursor(8), `7-${'0'.repeat(32)}`, '9'.repeat(19)];
  for (const Cursor of [undefined, ...unknown]) {
    assert.deepEqual(
      await feed.watch({ Cursor, WaitSeconds: 0 }),
      { Cursor: feed.cursor(), IsComplete: true, LoadBalancers: [], Removed: [] },
      `cursor ${Cursor}`,
    );
  }
});

test('with a cursor that is behind, what changed comes at once', async () => {
  const feed = new TestFeed();
  feed.change('another process', balancer);
  assert.deepEqual(await feed.watch({ Cursor: feed.cursor(7), WaitSeconds: 30 }), {
    Cursor: feed.cursor(8),
    IsComplete: false,
    LoadBalancers: [],
    Removed: [balancer],
  });
});

test('a change of this process or of another wakes those who wait', async () => {
  for (const by of ['this process', 'another process'] as const) {
    const feed = new TestFeed();
    const answer = feed.watch({ Cursor: feed.cursor(7), WaitSeconds: 30 });
    await sleep(20);
    feed.change(by, balancer);
    // By this process's own timers: a machine that is busy holds up both.
    const woken = await Promise.race([answer, sleep(5_000, undefined, { ref: false })]);
    assert.deepEqual(woken?.Removed, [balancer], `woken by ${by}, not by the end of the wait`);
    assert.equal(feed.listeners.size, 0);
  }
});

test('commits that are no change of a load balancer wake nobody', async () => {
  const feed = new TestFeed();
  const answer = feed.watch({ Cursor: feed.cursor(7), WaitSeconds: 1 });
  const commits = setInterval(() => (feed.commits += 1), 20);
  assert.deepEqual(await answer, {
    Cursor: feed.cursor(7),
    IsComplete: false,
    LoadBalancers: [],
    Removed: [],
  });
  clearInterval(commits);
});

test('a change of the policies of who waits tells everything anew', async () => {
  const feed = new TestFeed();
  const Cursor = feed.cursor();
  const answer = feed.watch({ Cursor, WaitSeconds: 30 });
  feed.policies = { identity: [{ version: '2012-10-17', statements: [] }] };
  feed.isDecryptDenied = true;
  feed.commits += 1;
  const { IsComplete, Cursor: next } = await answer;
  assert.equal(IsComplete, true);
  assert.notEqual(next, Cursor);
  assert.equal((await feed.watch({ Cursor, WaitSeconds: 30 })).IsComplete, true, 'also later');
  assert.deepEqual(feed.held, [false, false]);
  assert.equal((await feed.watch({ Cursor: next, WaitSeconds: 0 })).IsComplete, false);
});

test('who waits is answered when the server stops', async () => {
  const feed = new TestFeed();
  const answer = feed.watch({ Cursor: feed.cursor(7), WaitSeconds: 30 });
  await sleep(10);
  feed.abort.abort();
  assert.equal((await answer).Cursor, feed.cursor(7));
  assert.equal(
    (await feed.watch({ Cursor: feed.cursor(7), WaitSeconds: 30 })).Cursor,
    feed.cursor(7),
  );
});

test('a grant is proved if it is there for the two ARNs and the holders', async () => {
  const feed = new TestFeed();
  const others: Record<string, GrantView | undefined> = {
    good: grant,
    absent: undefined,
    'another-grantee': { ...grant, granteePrincipal: 'arn:aws:iam::111122223333:user/mallory' },
    'another-operation': { ...grant, operations: ['Encrypt'] },
    'no-constraint': { ...grant, encryptionContextEquals: undefined },
    'another-balancer': {
      ...grant,
      encryptionContextEquals: { 'aws:acm:arn': certificate, 'aws:elasticloadbalancing:arn': 'x' },
    },
    'a-third-pair': {
      ...grant,
      encryptionContextEquals: { ...grant.encryptionContextEquals, more: 'x' },
    },
  };
  for (const [id, each] of Object.entries(others))
    if (each !== undefined) feed.grants.set(`${key} ${id}`, each);
  const { Gone } = await feed.run<{ Gone: string[] }>('ProveGrants', proof(...Object.keys(others)));
  assert.deepEqual(Gone, Object.keys(others).slice(1));
  assert.deepEqual(feed.audited, [{ grants: 7 }, { holderId: 'holder-1', grantsGone: 6 }]);
});

test('who is no enrolled holder proves nothing', async () => {
  const feed = new TestFeed();
  const HolderDocument = Buffer.from('forged').toString('base64');
  await assert.rejects(feed.run('ProveGrants', { ...proof('good'), HolderDocument }), {
    kind: 'access-denied',
  });
});

test('a report is kept, and its record only counts', async () => {
  const feed = new TestFeed();
  const status = { Listeners: [{ ListenerArn: 'l', State: 'active' }], Targets: [] };
  assert.deepEqual(await feed.run('ReportStatus', status), {});
  assert.deepEqual(feed.reports, [status]);
  assert.deepEqual(feed.audited, [{ listeners: 1, targets: 0 }]);
});

const operations = [
  ['WatchConfiguration', {}],
  ['ProveGrants', proof('good')],
  ['ReportStatus', { Listeners: [], Targets: [] }],
] as const;

test('each operation asks for the permission of its name', async () => {
  const feed = new TestFeed();
  for (const [name, input] of operations) {
    feed.denied = (action) => action === `holdfast:${name}`;
    await assert.rejects(feed.run(name, input), { kind: 'access-denied' });
  }
  assert.deepEqual(feed.reports, []);
});

test('who is no session of the holders is refused, whatever its policies allow', async () => {
  const feed = new TestFeed();
  const { service: _holders, ...ordinary } = gateway;
  const others: Principal[] = [
    ordinary,
    { ...ordinary, type: 'user', userName: 'admin' },
    { ...ordinary, type: 'root' },
    { ...gateway, service: 'acm.amazonaws.com' },
  ];
  for (const principal of others) {
    feed.principal = principal;
    for (const [name, input] of operations)
      await assert.rejects(feed.run(name, input), { kind: 'access-denied' });
  }
});
