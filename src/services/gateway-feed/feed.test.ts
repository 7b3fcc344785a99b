import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { accountId, region } from '../../aws/arn.ts';
import type { Call } from '../../aws/call.ts';
import { CommonError } from '../../aws/errors.ts';
import type { WatchConfigurationResponse } from '../../aws/gateway-feed.ts';
import type { Principal, RoleSessionPrincipal } from '../../aws/principal.ts';
import { systemRandom } from '../../lib/random.ts';
import { Change } from '../../store/change.ts';
import { VaultRefusal } from '../../vault-client/vault.ts';
import { createGatewayFeed } from './index.ts';
import type { ConfigurationPort, GrantView } from './ports.ts';

const certificate = 'arn:aws:acm:eu-west-1:111122223333:certificate/c';
const balancer = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/1';
const key = 'arn:aws:kms:eu-west-1:111122223333:key/k';

const account = accountId('111122223333');
const gateway: RoleSessionPrincipal = {
  type: 'role-session',
  account,
  arn: `arn:aws:sts::${account}:assumed-role/gateway/one`,
  principalId: 'AROA:one',
  accessKeyId: 'ASIA',
  roleArn: `arn:aws:iam::${account}:role/gateway`,
  roleName: 'gateway',
  roleId: 'AROA',
  sessionName: 'one',
  issuedAt: Temporal.Instant.from('2026-11-24T12:00:00Z'),
  service: 'tlsconnectionmanager.amazonaws.com',
};

/** Load balancers that another process or this one changes. */
function testFeed() {
  const feed = {
    sequence: 7,
    principal: gateway as Principal,
    commits: 0,
    listeners: new Set<() => void>(),
    removed: [] as string[],
    reports: [] as unknown[],
    grants: new Map<string, GrantView>(),
    denied: new Set<string>(),
    audited: [] as unknown[],
    abort: new AbortController(),
    change(by: 'this process' | 'another process', removed: string): void {
      feed.sequence += 1;
      feed.removed.push(removed);
      if (by === 'another process') feed.commits += 1;
      else for (const wake of feed.listeners) wake();
    },
    run<Output>(name: string, input: object): Promise<Output> {
      const run = service.operations.get(name);
      if (run === undefined) throw new TypeError(`no operation ${name}`);
      return run(input, fakeCall(feed)) as Promise<Output>;
    },
    watch: (input: object) => feed.run<WatchConfigurationResponse>('WatchConfiguration', input),
  };
  const configuration: ConfigurationPort = {
    sequence: async () => feed.sequence,
    everything: async () => ({ sequence: feed.sequence, loadBalancers: [], removed: [] }),
    changesAfter: async (cursor) =>
      cursor > feed.sequence
        ? undefined
        : { sequence: feed.sequence, loadBalancers: [], removed: feed.removed.splice(0) },
    report: (_change, status) => void feed.reports.push(status),
    onMove: (wake) => {
      feed.listeners.add(wake);
      return { [Symbol.dispose]: () => void feed.listeners.delete(wake) };
    },
  };
  const { service } = createGatewayFeed({
    configuration,
    changed: () => feed.commits,
    grant: async (keyArn, grantId) => feed.grants.get(`${keyArn} ${grantId}`),
    async verifyHolder(document) {
      if (Buffer.from(document).toString() !== 'signed')
        throw new VaultRefusal('recipient-refused', 'a bad signature');
      return { holderId: 'holder-1' };
    },
  });
  return feed;
}

type TestFeed = ReturnType<typeof testFeed>;

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
  const feed = testFeed();
  for (const Cursor of [undefined, '', '-1', 'x', '8', '9999999999999999999']) {
    assert.deepEqual(
      await feed.watch({ Cursor, WaitSeconds: 0 }),
      { Cursor: '7', IsComplete: true, LoadBalancers: [], Removed: [] },
      `cursor ${Cursor}`,
    );
  }
});

test('with a cursor that is behind, what changed comes at once', async () => {
  const feed = testFeed();
  feed.change('another process', balancer);
  assert.deepEqual(await feed.watch({ Cursor: '7', WaitSeconds: 30 }), {
    Cursor: '8',
    IsComplete: false,
    LoadBalancers: [],
    Removed: [balancer],
  });
});

test('a change of this process or of another wakes those who wait', async () => {
  for (const by of ['this process', 'another process'] as const) {
    const feed = testFeed();
    const answer = feed.watch({ Cursor: '7', WaitSeconds: 30 });
    await sleep(20);
    const changedAt = performance.now();
    feed.change(by, balancer);
    assert.deepEqual((await answer).Removed, [balancer]);
    assert.ok(performance.now() - changedAt < 5_000, `woken by ${by}, not by the end of the wait`);
    assert.equal(feed.listeners.size, 0);
  }
});

test('commits that are no change of a load balancer wake nobody', async () => {
  const feed = testFeed();
  const answer = feed.watch({ Cursor: '7', WaitSeconds: 1 });
  const commits = setInterval(() => (feed.commits += 1), 20);
  assert.deepEqual(await answer, {
    Cursor: '7',
    IsComplete: false,
    LoadBalancers: [],
    Removed: [],
  });
  clearInterval(commits);
});

test('who waits is answered when the server stops', async () => {
  const feed = testFeed();
  const answer = feed.watch({ Cursor: '7', WaitSeconds: 30 });
  await sleep(10);
  feed.abort.abort();
  assert.equal((await answer).Cursor, '7');
  assert.equal((await feed.watch({ Cursor: '7', WaitSeconds: 30 })).Cursor, '7');
});

test('a grant is proved if it is there for the two ARNs and the holders', async () => {
  const feed = testFeed();
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
  const feed = testFeed();
  const HolderDocument = Buffer.from('forged').toString('base64');
  await assert.rejects(feed.run('ProveGrants', { ...proof('good'), HolderDocument }), {
    kind: 'access-denied',
  });
});

test('a report is kept, and its record only counts', async () => {
  const feed = testFeed();
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
  const feed = testFeed();
  for (const [name, input] of operations) {
    feed.denied.add(`holdfast:${name}`);
    await assert.rejects(feed.run(name, input), { kind: 'access-denied' });
  }
  assert.deepEqual(feed.reports, []);
});

test('who is no session of the holders is refused, whatever its policies allow', async () => {
  const feed = testFeed();
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

function fakeCall(feed: TestFeed): Call {
  const call: Call = {
    requestId: systemRandom.uuid(),
    account,
    region: region('eu-west-1'),
    principal: feed.principal,
    invokedBy: undefined,
    clock: { now: () => Temporal.Instant.from('2026-11-24T12:00:00Z'), monotonic: () => 0 },
    random: systemRandom,
    change: new Change(),
    audit: {
      resource() {},
      requestParameters: (value) => void feed.audited.push(value),
      responseElements() {},
      additional: (value) => void feed.audited.push(value),
      receipt() {},
    },
    signal: feed.abort.signal,
    async authorize(action) {
      if (feed.denied.has(action)) throw new CommonError('access-denied', 'not authorized');
    },
    needsNoPermission() {},
    via: () => call,
    as: () => call,
    nested: (_event, work) => work(call),
  };
  return call;
}
