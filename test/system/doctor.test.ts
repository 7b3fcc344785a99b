import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { RequestCertificateCommand } from '@aws-sdk/client-acm';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { holdfast } from '../command.ts';
import { startNameServer, type FakeNameServer } from '../fakes/name-server.ts';
import { createZone, detailOf, issuedCertificate } from '../issued.ts';
import { clientsOf, type Clients } from '../sdk-clients.ts';
import { until } from '../until.ts';
import { startWorld, type World } from '../world.ts';

/** What the doctor says, as far as it is looked at here. */
interface Report {
  readonly status: string;
  readonly failureReason?: string;
  readonly deadline?: string;
  readonly nextTry?: string;
  readonly domains: readonly {
    readonly record: { readonly name: string; readonly value: string };
    readonly isProved: boolean;
    readonly servers: readonly { readonly role: string; readonly says: string }[];
    readonly caa: { readonly verdict: string; readonly records: readonly string[] };
  }[];
  readonly advice: readonly string[];
}

let resolver: FakeNameServer;
let world: World;
let clients: Clients;

before(async () => {
  resolver = await startNameServer();
  world = await startWorld({ '--resolver': `127.0.0.1:${resolver.port}` });
  clients = clientsOf(world);
});
after(async () => {
  clients[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
  await resolver[Symbol.asyncDispose]();
});

function command(...args: readonly string[]) {
  return holdfast([...args, '--data', world.dataDirectory]);
}

async function reportOf(arn: string): Promise<Report & { exitStatus: number | null }> {
  const { status, output, errors } = await command('doctor', arn, '--json');
  assert.equal(errors, '');
  return { ...(JSON.parse(output) as Report), exitStatus: status };
}

async function request(domain: string): Promise<string> {
  const { CertificateArn = '' } = await clients.acm.send(
    new RequestCertificateCommand({ DomainName: domain, ValidationMethod: 'DNS' }),
  );
  return CertificateArn;
}

test(
  'the doctor says of a pending certificate which record is missing, then which is wrong, then nothing more',
  { timeout: 600_000 },
  async () => {
    const arn = await request('www.corp.test');
    const missing = await reportOf(arn);
    assert.equal(missing.exitStatus, 1);
    assert.equal(missing.status, 'PENDING_VALIDATION');
    assert.ok(missing.deadline !== undefined && missing.nextTry !== undefined);
    const { record, servers } = missing.domains[0] ?? { record: { name: '', value: '' } };
    assert.deepEqual(
      servers?.map(({ role, says }) => [role, says]),
      [['resolver', 'there is no such name']],
    );
    assert.deepEqual(missing.advice, [`set: ${record.name} CNAME ${record.value}`]);

    const owner = record.name.slice(0, -1);
    resolver.script.set(`${owner} CNAME`, ['wrong.corp.test']);
    assert.deepEqual((await reportOf(arn)).advice, [
      `change: ${record.name} CNAME ${record.value} (it is wrong.corp.test now)`,
    ]);
    const { output, status } = await command('doctor', arn);
    assert.equal(status, 1);
    assert.match(output, /To do: change: _/);
    assert.match(output, /resolver +127\.0\.0\.1 port \d+: wrong\.corp\.test \(not what/);

    resolver.script.set(`${owner} CNAME`, [record.value.slice(0, -1)]);
    await until('the certificate is issued', 180, async () =>
      (await detailOf(clients, arn)).Status === 'ISSUED' ? true : undefined,
    );
    const well = await reportOf(arn);
    assert.deepEqual([well.exitStatus, well.advice], [0, []]);

    const domain = await command('doctor', 'www.corp.test');
    assert.equal(domain.status, 0, domain.output);
    assert.ok(domain.output.includes(arn));
  },
);

test(
  'CAA records that forbid it fail the request, and the doctor says which one to add',
  { timeout: 600_000 },
  async () => {
    const issue = { flags: 0, tag: 'issue', value: 'letsencrypt.org' };
    resolver.script.set('caa.test CAA', [issue]);
    const arn = await request('www.caa.test');
    const before = await reportOf(arn);
    assert.equal(before.domains[0]?.caa.verdict, 'forbidden');
    const record = before.domains[0]?.record;
    assert.ok(record);
    resolver.script.set(`${record.name.slice(0, -1)} CNAME`, [record.value.slice(0, -1)]);
    const reason = await until('the request has failed', 180, async () => {
      const { Status, FailureReason } = await detailOf(clients, arn);
      return Status === 'FAILED' ? FailureReason : undefined;
    });
    assert.equal(reason, 'CAA_ERROR');
    const { advice, domains } = await reportOf(arn);
    assert.deepEqual(domains[0]?.caa.records, ['caa.test. CAA 0 issue "letsencrypt.org"']);
    assert.match(advice[0] ?? '', /^add: caa\.test\. CAA 0 issue "holdfast\.internal"/);

    resolver.script.set('caa.test CAA', [issue, { ...issue, value: 'holdfast.internal' }]);
    const again = await request('www.caa.test');
    await until('the certificate is issued', 180, async () =>
      (await detailOf(clients, again)).Status === 'ISSUED' ? true : undefined,
    );
  },
);

test(
  'a sound installation passes every check, and its listeners serve what they are to serve',
  { timeout: 600_000 },
  async () => {
    const zone = await createZone(clients, 'sound.test');
    const arn = await issuedCertificate(clients, zone, { DomainName: 'www.sound.test' });
    const { LoadBalancers } = await clients.elb.send(
      new CreateLoadBalancerCommand({ Name: 'web', Subnets: ['subnet-1', 'subnet-2'] }),
    );
    await clients.elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
        Protocol: 'HTTPS',
        Port: 8443,
        Certificates: [{ CertificateArn: arn }],
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
      }),
    );
    await until('the listener serves', 180, async () =>
      (await command('certificates', '--all')).status === 0 ? true : undefined,
    );
    const list = await command('certificates', '--all', '--json');
    const listed = list.output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { arn: string; serial: string; listeners: object[] });
    const served = listed.find((each) => each.arn === arn);
    const [listener] = served?.listeners ?? [];
    assert.partialDeepStrictEqual(listener, { served: served?.serial, isExpected: true });
    assert.equal(served?.serial, (await detailOf(clients, arn)).Serial);
    const ending = await command('certificates', '--ending', '1');
    assert.deepEqual([ending.status, ending.output], [0, '']);

    await until('the gateway has reported', 180, async () => {
      const { status, output } = await command('doctor');
      return status === 0 && !/^warning +gateway/m.test(output) ? true : undefined;
    });
    const { output } = await command('doctor');
    for (const name of ['clock', 'seal', 'store', 'vault', 'dns', 'resolvers', 'trail', 'gateway'])
      assert.match(output, new RegExp(`^ok +${name} `, 'm'), output);
  },
);

test(
  'what is wrong with an installation is said with what to do, and by the exit status',
  { timeout: 600_000 },
  async () => {
    chmodSync(world.dataDirectory, 0o755);
    const { status, output } = await command('doctor');
    chmodSync(world.dataDirectory, 0o700);
    assert.equal(status, 1);
    assert.match(output, /^FAILED +seal .*others than the owner may open .*\n +To do: chmod go= /m);

    const none = await command('doctor', 'arn:aws:acm:us-east-1:111122223333:certificate/none');
    assert.deepEqual([none.status, none.output], [1, '']);
    assert.match(none.errors, /there is no certificate arn:/);
  },
);
