import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteCertificateCommand,
  ListCertificatesCommand,
  RenewCertificateCommand,
} from '@aws-sdk/client-acm';
import { paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteListenerCommand,
  DeleteLoadBalancerCommand,
  DescribeLoadBalancersCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeKeyCommand, GenerateRandomCommand, paginateListGrants } from '@aws-sdk/client-kms';
import { ListHostedZonesCommand } from '@aws-sdk/client-route-53';
import { get, isServed, type TlsClient } from '../../tools/demo/tls-client.ts';
import { createZone, detailOf, issuedCertificate } from '../issued.ts';
import { startTarget } from '../loopback.ts';
import {
  hasProcessTable,
  isAlive,
  processesOf,
  processNames,
  type ProcessName,
} from '../process-table.ts';
import { clientsOf, type Clients } from '../sdk-clients.ts';
import { until } from '../until.ts';
import { startWorld, type World } from '../world.ts';

// Processes are killed (SIGKILL) while the life of a certificate goes on. The client's own retries are all the help
// that it gets. What was acknowledged is there afterwards, and nothing is left over.

let world: World;
/** Request ids of the calls that were acknowledged: each must be on record. */
const acknowledged = new Set<string>();
const kept: string[] = [];

before(async () => {
  world = await startWorld();
});
after(() => world[Symbol.asyncDispose]());

for (const [seed, victim] of processNames.entries()) {
  test(`the ${victim} is killed again and again`, options(), (t) => life(t, [victim], seed + 1));
}

for (const seed of [21, 22, 23]) {
  test(`whoever it is is killed, seed ${seed}`, options(), (t) => life(t, processNames, seed));
}

test(
  'a single kill of the API or the vault costs a client with default settings nothing',
  options(),
  async () => {
    using clients = clientsOf(world);
    for (const victim of ['api', 'vault'] as const) {
      // So long that the next restart follows at once.
      await until('the processes are there', 120, async () => (areThere() ? true : undefined));
      await sleep(10_500);
      const before = pidOf(victim);
      process.kill(before, 'SIGKILL');
      for (let n = 0; n < 20; n++) {
        const { $metadata } = await clients.kms.send(
          new GenerateRandomCommand({ NumberOfBytes: 32 }),
        );
        assert.equal($metadata.httpStatusCode, 200);
      }
      assert.notEqual(pidOf(victim), before);
    }
  },
);

test('nothing acknowledged is missing, nothing is left over', options(), async () => {
  using clients = patientClients();
  const { CertificateSummaryList = [] } = await clients.acm.send(
    new ListCertificatesCommand({ Includes: { keyTypes: ['EC_prime256v1'] } }),
  );
  assert.deepEqual(
    new Set(CertificateSummaryList.map(({ CertificateArn }) => CertificateArn)),
    new Set(kept),
  );
  for (const arn of kept) assert.equal((await detailOf(clients, arn)).Status, 'ISSUED');
  assert.deepEqual(await issuedGrants(clients), []);
  assert.deepEqual(rows('acm_association'), []);
  assert.deepEqual(rows('acm_issuance'), []);
  const pages = paginateLookupEvents({ client: clients.cloudtrail }, {});
  assert.ok(acknowledged.size > 100);
  const recorded = new Set<string>();
  for await (const { Events = [] } of pages)
    for (const { CloudTrailEvent = '{}' } of Events)
      recorded.add((JSON.parse(CloudTrailEvent) as { requestID?: string }).requestID ?? '');
  assert.deepEqual(
    [...acknowledged].filter((id) => !recorded.has(id)),
    [],
  );
});

test(
  'when the supervisor is killed its processes end sooner than the next could start, which goes on',
  options(),
  async () => {
    const processes = [...processesOf(world.pid).values()];
    assert.equal(processes.length, processNames.length);
    await world.stop('SIGKILL');
    const killedAt = performance.now();
    await until('all have ended', 120, async () => (processes.some(isAlive) ? undefined : true));
    const milliseconds = performance.now() - killedAt;
    console.log(`# all processes ended ${milliseconds.toFixed(0)} ms after the supervisor`);
    assert.ok(milliseconds < world.startMilliseconds);
    await world.restart();
    using clients = patientClients();
    await life(undefined, [], 99, clients);
  },
);

function options() {
  return { skip: !hasProcessTable, timeout: 900_000 };
}

/** Request → CNAME → issue → listener → serve → renew → delete, while processes are killed at moments that the seed chooses. */
async function life(
  t: TestContext | undefined,
  victims: readonly ProcessName[],
  seed: number,
  clients: Clients = patientClients(),
): Promise<void> {
  using _clients = clients;
  const killer = new Killer(victims, seed);
  const { step } = killer;
  const name = `life-${seed}`;
  const zone = await step('zone', () => zoneOf(clients, `${name}.test`));
  const input = { KeyAlgorithm: 'EC_prime256v1' as const };
  const arn = await step('request and issue', () =>
    issuedCertificate(clients, zone, {
      ...input,
      DomainName: `www.${name}.test`,
      IdempotencyToken: `www${seed}`,
    }),
  );
  kept.push(
    await step('another certificate', () =>
      issuedCertificate(clients, zone, {
        ...input,
        DomainName: `kept.${name}.test`,
        IdempotencyToken: `kept${seed}`,
      }),
    ),
  );
  await using target = await startTarget(name);
  const balancer = await step('load balancer', async () => {
    const { LoadBalancers } = await clients.elb.send(
      new CreateLoadBalancerCommand({ Name: name, Subnets: ['subnet-1', 'subnet-2'] }),
    );
    return LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  });
  const TargetGroupArn = await step('target group', async () => {
    const { TargetGroups } = await clients.elb.send(
      new CreateTargetGroupCommand({
        Name: name,
        Protocol: 'HTTP',
        Port: target.port,
        VpcId: 'vpc-1',
        TargetType: 'ip',
      }),
    );
    return TargetGroups?.[0]?.TargetGroupArn ?? '';
  });
  await step('targets', () =>
    clients.elb.send(
      new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: '127.0.0.1' }] }),
    ),
  );
  const listener = await step('listener', async () => {
    const { Listeners } = await clients.elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: balancer,
        Protocol: 'HTTPS',
        Port: 8443,
        Certificates: [{ CertificateArn: arn }],
        DefaultActions: [{ Type: 'forward', TargetGroupArn }],
      }),
    );
    return Listeners?.[0]?.ListenerArn ?? '';
  });
  const tls: TlsClient = {
    host: await addressOf(clients, balancer),
    port: 8443,
    servername: `www.${name}.test`,
    ca: world.caPem,
  };
  await step('serve', () => serves(tls));
  await using load = startLoad(tls);
  const { Serial: serial } = await detailOf(clients, arn);
  await step('renew', async () => {
    await clients.acm.send(new RenewCertificateCommand({ CertificateArn: arn }));
    await until('the certificate is another one', 120, async () =>
      (await detailOf(clients, arn)).Serial === serial ? undefined : true,
    );
    const old = serial?.replaceAll(':', '').toLowerCase();
    await until('the gateway serves it', 120, async () => {
      const served = await get(tls).catch(() => undefined);
      return served === undefined || served.serial.toLowerCase() === old ? undefined : true;
    });
  });
  await step('serve on', () => serves(tls));
  const { asked, failures } = await load.end();
  if (!victims.includes('gateway')) assert.deepEqual(failures, [], `of ${asked} requests`);
  await step('delete the listener', () =>
    alsoDone('ListenerNotFound', () =>
      clients.elb.send(new DeleteListenerCommand({ ListenerArn: listener })),
    ),
  );
  assert.deepEqual((await detailOf(clients, arn)).InUseBy, []);
  assert.deepEqual(await issuedGrants(clients), []);
  await step('delete the certificate', () =>
    alsoDone('ResourceNotFoundException', () =>
      clients.acm.send(new DeleteCertificateCommand({ CertificateArn: arn })),
    ),
  );
  await step('delete the load balancer', () =>
    clients.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: balancer })),
  );
  await killer.end();
  assert.equal(killer.kills.length > 0, victims.length > 0);
  t?.diagnostic(
    `${killer.kills.length} kills: ${killer.kills.join(', ')}; ${asked} requests, ${failures.length} failed`,
  );
}

/** Kills at moments that depend on the seed only. */
class Killer {
  readonly kills: string[] = [];
  readonly #victims: readonly ProcessName[];
  readonly #random: () => number;
  #kill: Promise<void> = Promise.resolve();

  constructor(victims: readonly ProcessName[], seed: number) {
    this.#victims = victims;
    this.#random = seeded(seed);
  }

  /** Does one step of the life; during two in three a victim dies. */
  step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const isKilled = this.#random() < 2 / 3;
    const delay = this.#random() * 150;
    const victim = this.#victims[Math.floor(this.#random() * this.#victims.length)];
    await this.#kill;
    if (isKilled && victim !== undefined) this.#kill = this.#killAfter(delay, victim, name);
    return work();
  };

  async end(): Promise<void> {
    await this.#kill;
    await until('all processes run', 120, async () => (areThere() ? true : undefined));
  }

  async #killAfter(milliseconds: number, victim: ProcessName, step: string): Promise<void> {
    await sleep(milliseconds);
    const pid = processesOf(world.pid).get(victim);
    if (pid === undefined) return;
    process.kill(pid, 'SIGKILL');
    this.kills.push(`${victim} at ${step} + ${milliseconds.toFixed(0)} ms`);
  }
}

function areThere(): boolean {
  return processesOf(world.pid).size === processNames.length;
}

/** A client that gives up late, and remembers which calls were acknowledged. */
function patientClients(): Clients {
  const clients = clientsOf(world, { maxAttempts: 12 });
  for (const { middlewareStack } of [clients.acm, clients.elb, clients.route53]) {
    // All clients have the same, of types that differ in what is irrelevant here.
    (middlewareStack as Clients['acm']['middlewareStack']).add(
      (next) => async (args) => {
        const result = await next(args);
        const { requestId } = result.output.$metadata;
        if (requestId !== undefined) acknowledged.add(requestId);
        return result;
      },
      { step: 'initialize' },
    );
  }
  return clients;
}

/** An answer was lost with the process that gave it: the client asks again for what is done. */
async function alsoDone(name: string, send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    const { name: got, $metadata } = error as { name: string; $metadata?: { attempts?: number } };
    if (!got.startsWith(name) || ($metadata?.attempts ?? 1) < 2) throw error;
  }
}

/** A zone is made once for a caller's reference: who asks again is told that it is there. */
async function zoneOf(clients: Clients, name: string): Promise<string> {
  await alsoDone('HostedZoneAlreadyExists', () => createZone(clients, name));
  const { HostedZones = [] } = await clients.route53.send(new ListHostedZonesCommand({}));
  return HostedZones.find((zone) => zone.Name === `${name}.`)?.Id ?? assert.fail(name);
}

async function addressOf({ elb }: Clients, LoadBalancerArn: string): Promise<string> {
  const { LoadBalancers } = await elb.send(
    new DescribeLoadBalancersCommand({ LoadBalancerArns: [LoadBalancerArn] }),
  );
  return LoadBalancers?.[0]?.AvailabilityZones?.[0]?.LoadBalancerAddresses?.[0]?.IpAddress ?? '';
}

async function serves(tls: TlsClient): Promise<void> {
  await until('it is served', 120, async () =>
    (await isServed(tls, 'TLSv1.3')) ? true : undefined,
  );
}

async function issuedGrants({ kms }: Clients): Promise<unknown[]> {
  const pages = paginateListGrants({ client: kms }, { KeyId: await managedKeyOf(kms) });
  const grants = (await Array.fromAsync(pages)).flatMap(({ Grants }) => Grants ?? []);
  return grants.filter(({ Name }) => Name === 'IssuedThroughACM');
}

async function managedKeyOf(kms: Clients['kms']): Promise<string> {
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/acm' }));
  return KeyMetadata?.KeyId ?? '';
}

function rows(table: string): unknown[] {
  using database = new DatabaseSync(join(world.dataDirectory, 'holdfast.db'), { readOnly: true });
  return database.prepare(`SELECT * FROM ${table}`).all();
}

/** One request after the other, each on a new connection. */
function startLoad(tls: TlsClient) {
  let asked = 0;
  let isOver = false;
  const failures: string[] = [];
  const load = (async () => {
    for (; !isOver; asked++) {
      await get(tls).then(
        ({ status }) => status === 200 || failures.push(`status ${status}`),
        (error: unknown) => failures.push(String(error)),
      );
      await sleep(5);
    }
  })();
  const end = async () => {
    isOver = true;
    await load;
    return { asked, failures };
  };
  return { end, [Symbol.asyncDispose]: async () => void (await end()) };
}

function pidOf(name: ProcessName): number {
  return processesOf(world.pid).get(name) ?? 0;
}

/** Numbers from 0 to 1 that the seed decides: a linear congruential generator, good enough for moments. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
