import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startTarget } from '../loopback.ts';
import { startWorld, type World } from '../world.ts';
import { AwsCli } from './aws-cli.ts';

const hasAws = spawnSync('aws', ['--version']).status === 0;
const hasCurl = spawnSync('curl', ['--version']).status === 0;

interface Grant {
  readonly GrantId: string;
  readonly Name?: string;
  readonly Operations: readonly string[];
  readonly Constraints?: { readonly EncryptionContextEquals?: Readonly<Record<string, string>> };
}

interface Certificate {
  readonly Status: string;
  readonly Serial?: string;
  readonly KeyAlgorithm: string;
  readonly InUseBy: readonly string[];
  readonly RenewalSummary?: { readonly RenewalStatus: string };
  readonly DomainValidationOptions?: readonly {
    readonly ResourceRecord: { readonly Name: string; readonly Value: string };
  }[];
}

interface Balancer {
  readonly LoadBalancerArn: string;
  readonly AvailabilityZones: readonly {
    readonly LoadBalancerAddresses: readonly { readonly IpAddress: string }[];
  }[];
}

let world: World;
let aws: AwsCli;
let folder: string;

before(async () => {
  if (!hasAws) return;
  folder = mkdtempSync(join(tmpdir(), 'holdfast-system-'));
  world = await startWorld();
  aws = new AwsCli(world);
});
after(async () => {
  if (!hasAws) return;
  await world[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

test(
  'the life of a key, with the AWS CLI, curl and openssl',
  {
    skip: !hasAws || !hasCurl,
    timeout: 900_000,
  },
  async (t) => {
    await using backend = await startTarget('hello');

    // Zone, request, CNAME, waiter.
    const zone = await aws.run<{ HostedZone: { Id: string } }>(
      'route53 create-hosted-zone --name cli.test --caller-reference first',
    );
    const { CertificateArn: arn } = await aws.run<{ CertificateArn: string }>(
      `acm request-certificate --domain-name www.cli.test --subject-alternative-names *.cli.test
       --validation-method DNS --idempotency-token cli1`,
    );
    const pending = await describe(arn);
    assert.equal(pending.KeyAlgorithm, 'RSA-2048');
    await prove(zone.HostedZone.Id, pending);
    await aws.run(`acm wait certificate-validated --certificate-arn ${arn}`);
    await until(
      () => describe(arn),
      ({ Status }) => Status === 'ISSUED',
    );

    // Load balancer, target group, HTTPS listener.
    const [balancer] = (
      await aws.run<{ LoadBalancers: Balancer[] }>(
        'elbv2 create-load-balancer --name web --subnets subnet-1 subnet-2',
      )
    ).LoadBalancers;
    assert.ok(balancer);
    const address = balancer.AvailabilityZones[0]?.LoadBalancerAddresses[0]?.IpAddress ?? '';
    const [group] = (
      await aws.run<{ TargetGroups: { TargetGroupArn: string }[] }>(
        `elbv2 create-target-group --name web --protocol HTTP --port ${backend.port} --target-type ip --vpc-id vpc-1`,
      )
    ).TargetGroups;
    await aws.run(
      `elbv2 register-targets --target-group-arn ${group?.TargetGroupArn} --targets Id=127.0.0.1`,
    );
    const [listener] = (
      await aws.run<{ Listeners: { ListenerArn: string; SslPolicy: string }[] }>(
        `elbv2 create-listener --load-balancer-arn ${balancer.LoadBalancerArn} --protocol HTTPS --port 8443
       --certificates CertificateArn=${arn} --default-actions Type=forward,TargetGroupArn=${group?.TargetGroupArn}`,
      )
    ).Listeners;
    assert.equal(listener?.SslPolicy, 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06');
    await until(
      () => curl(address),
      ({ status }) => status === 0,
    );
    assert.equal((await curl(address)).output, 'hello');

    // The grant, revoked: full and resumed handshakes are refused.
    const { KeyMetadata } = await aws.run<{ KeyMetadata: { KeyId: string } }>(
      'kms describe-key --key-id alias/aws/acm',
    );
    const [grant] = await issuedGrants(KeyMetadata.KeyId);
    assert.deepEqual(grant?.Constraints?.EncryptionContextEquals, {
      'aws:acm:arn': arn,
      'aws:elasticloadbalancing:arn': balancer.LoadBalancerArn,
    });
    const sessions = await Promise.all(
      versions.map(async (version) => ({ version, file: await saveSession(address, version) })),
    );
    for (const { version, file } of sessions)
      assert.ok(await resumes(address, version, file), `${version} resumes`);
    await aws.run(`kms revoke-grant --key-id ${KeyMetadata.KeyId} --grant-id ${grant?.GrantId}`);
    const elapsed = await milliseconds(() =>
      until(
        () => curl(address),
        ({ status }) => status !== 0,
      ),
    );
    t.diagnostic(
      `from the answer of revoke-grant to the first refused handshake: ${elapsed.toFixed(0)} ms`,
    );
    assert.ok(elapsed < 2_000, 'handshakes fail within two seconds');
    for (const { version, file } of sessions)
      assert.ok(!(await resumes(address, version, file)), `${version} is not resumed`);

    // Associated again, renewed under load.
    await aws.run(
      `elbv2 modify-listener --listener-arn ${listener?.ListenerArn} --certificates CertificateArn=${arn}`,
    );
    await until(
      () => curl(address),
      ({ status }) => status === 0,
    );
    const { Serial: serial } = await describe(arn);
    const load = startLoad(address);
    await aws.run(`acm renew-certificate --certificate-arn ${arn}`);
    const renewed = await until(
      () => describe(arn),
      ({ Serial }) => Serial !== serial,
    );
    assert.equal(renewed.RenewalSummary?.RenewalStatus, 'SUCCESS');
    assert.equal(await load.failures(), 0, 'no request failed during the renewal');

    // In use it is not deleted; without its listener it is.
    await assert.rejects(
      aws.run(`acm delete-certificate --certificate-arn ${arn}`),
      /ResourceInUseException/,
    );
    await aws.run(`elbv2 delete-listener --listener-arn ${listener?.ListenerArn}`);
    assert.deepEqual(await issuedGrants(KeyMetadata.KeyId), []);
    assert.deepEqual((await describe(arn)).InUseBy, []);
    await aws.run(`acm delete-certificate --certificate-arn ${arn}`);
    await assert.rejects(describe(arn), /ResourceNotFoundException/);

    for (const name of recorded) {
      const { Events } = await aws.run<{ Events: unknown[] }>(
        `cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=${name}`,
      );
      assert.ok(Events.length > 0, `${name} is on record`);
    }
    assert.doesNotMatch(world.log(), /PRIVATE KEY|"level":"error"/);
  },
);

const versions = ['tls1_2', 'tls1_3'] as const;

const recorded = [
  'CreateHostedZone',
  'RequestCertificate',
  'CreateListener',
  'CreateGrant',
  'Decrypt',
  'RevokeGrant',
  'RenewCertificate',
  'DeleteListener',
  'RetireGrant',
  'DeleteCertificate',
];

async function describe(arn: string): Promise<Certificate> {
  const { Certificate } = await aws.run<{ Certificate: Certificate }>(
    `acm describe-certificate --certificate-arn ${arn}`,
  );
  return Certificate;
}

async function issuedGrants(keyId: string): Promise<Grant[]> {
  const { Grants } = await aws.run<{ Grants: Grant[] }>(`kms list-grants --key-id ${keyId}`);
  return Grants.filter(({ Name }) => Name === 'IssuedThroughACM');
}

async function prove(zoneId: string, certificate: Certificate): Promise<void> {
  const options = certificate.DomainValidationOptions ?? [];
  const records = new Map(options.map(({ ResourceRecord: { Name, Value } }) => [Name, Value]));
  const Changes = [...records].map(([Name, Value]) => ({
    Action: 'UPSERT',
    ResourceRecordSet: { Name, Type: 'CNAME', TTL: 60, ResourceRecords: [{ Value }] },
  }));
  const file = join(folder, 'changes.json');
  writeFileSync(file, JSON.stringify({ Changes }));
  await aws.run(
    `route53 change-resource-record-sets --hosted-zone-id ${zoneId} --change-batch file://${file}`,
  );
}

/** Asks again and again, on new connections. */
function startLoad(address: string): { failures(): Promise<number> } {
  let failures = 0;
  let isOver = false;
  const load = (async () => {
    while (!isOver) {
      if ((await curl(address)).status !== 0) failures += 1;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  return {
    async failures() {
      isOver = true;
      await load;
      return failures;
    },
  };
}

async function curl(address: string): Promise<{ status: number | null; output: string }> {
  const target = ['--connect-to', `www.cli.test:443:${address}:8443`, 'https://www.cli.test/'];
  const options = ['--silent', '--fail', '--max-time', '60', '--cacert', authority()];
  return run('curl', [...options, ...target]);
}

async function saveSession(address: string, version: string): Promise<string> {
  const file = join(folder, `${version}.session`);
  await openssl(address, version, ['-sess_out', file]);
  return file;
}

async function resumes(address: string, version: string, session: string): Promise<boolean> {
  return /^Reused, TLSv1\.[23]/m.test(await openssl(address, version, ['-sess_in', session]));
}

async function openssl(
  address: string,
  version: string,
  options: readonly string[],
): Promise<string> {
  // Without -ign_eof it leaves at the end of its input, often before the ticket of TLS 1.3 has come.
  const target = ['s_client', '-ign_eof', '-connect', `${address}:8443`];
  const { output } = await run(
    'openssl',
    [...target, '-servername', 'www.cli.test', `-${version}`, '-CAfile', authority(), ...options],
    'HEAD / HTTP/1.1\r\nhost: www.cli.test\r\nconnection: close\r\n\r\n',
  );
  return output;
}

/** The target lives in this process, which therefore must not wait for a program with its hands folded. */
async function run(
  program: string,
  args: readonly string[],
  input?: string,
): Promise<{ status: number | null; output: string }> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], timeout: 60_000 });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, output };
}

function authority(): string {
  return world.environment['AWS_CA_BUNDLE'] ?? '';
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

async function until<T>(ask: () => Promise<T>, isGood: (value: T) => boolean): Promise<T> {
  const end = performance.now() + 120_000;
  for (;;) {
    const value = await ask();
    if (isGood(value)) return value;
    if (performance.now() > end) assert.fail(`not within two minutes: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
