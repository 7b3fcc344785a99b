import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startWorld, type World } from '../world.ts';
import { AwsCli, AwsCliError } from './aws-cli.ts';

const hasAws = spawnSync('aws', ['--version']).status === 0;
const hasCurl = spawnSync('curl', ['--version']).status === 0;

interface Grant {
  readonly GrantId: string;
  readonly Name?: string;
  readonly Operations: readonly string[];
  readonly Constraints?: { readonly EncryptionContextEquals?: Readonly<Record<string, string>> };
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
  { skip: !hasAws || !hasCurl, timeout: 240_000 },
  async (t) => {
    const backend = createServer((_request, response) => response.end('hello')).listen(
      0,
      '127.0.0.1',
    );
    await once(backend, 'listening');
    t.after(() => backend.close());
    const { port } = backend.address() as { port: number };

    // Zone, request, CNAME, waiter.
    const zone = await aws.run<{ HostedZone: { Id: string } }>(
      ...['route53', 'create-hosted-zone', '--name', 'cli.test', '--caller-reference', 'first'],
    );
    const { CertificateArn: arn } = await aws.run<{ CertificateArn: string }>(
      ...[
        'acm',
        'request-certificate',
        '--domain-name',
        'www.cli.test',
        '--validation-method',
        'DNS',
      ],
      ...['--subject-alternative-names', '*.cli.test', '--idempotency-token', 'cli1'],
    );
    const describe = async () =>
      (
        await aws.run<{ Certificate: Record<string, unknown> }>(
          'acm',
          'describe-certificate',
          '--certificate-arn',
          arn,
        )
      ).Certificate;
    const pending = await describe();
    assert.equal(pending['KeyAlgorithm'], 'RSA-2048');
    const options = pending['DomainValidationOptions'] as {
      ResourceRecord: { Name: string; Value: string };
    }[];
    const records = new Map(
      options.map(({ ResourceRecord }) => [ResourceRecord.Name, ResourceRecord.Value]),
    );
    await changeRecords(zone.HostedZone.Id, records);
    await aws.run('acm', 'wait', 'certificate-validated', '--certificate-arn', arn);
    assert.equal(
      (await until(describe, (each) => each['Status'] === 'ISSUED'))['Status'],
      'ISSUED',
    );

    // Load balancer, target group, HTTPS listener.
    const { LoadBalancers } = await aws.run<{
      LoadBalancers: {
        LoadBalancerArn: string;
        AvailabilityZones: { LoadBalancerAddresses: { IpAddress: string }[] }[];
      }[];
    }>(...['elbv2', 'create-load-balancer', '--name', 'web', '--subnets', 'subnet-1', 'subnet-2']);
    const [balancer] = LoadBalancers;
    assert.ok(balancer);
    const address = balancer.AvailabilityZones[0]?.LoadBalancerAddresses[0]?.IpAddress ?? '';
    const { TargetGroups } = await aws.run<{ TargetGroups: { TargetGroupArn: string }[] }>(
      ...[
        'elbv2',
        'create-target-group',
        '--name',
        'web',
        '--protocol',
        'HTTP',
        '--port',
        String(port),
      ],
      ...['--target-type', 'ip', '--vpc-id', 'vpc-1'],
    );
    const group = TargetGroups[0]?.TargetGroupArn ?? '';
    await aws.run(
      'elbv2',
      'register-targets',
      '--target-group-arn',
      group,
      '--targets',
      'Id=127.0.0.1',
    );
    const { Listeners } = await aws.run<{
      Listeners: { ListenerArn: string; SslPolicy: string }[];
    }>(
      ...[
        'elbv2',
        'create-listener',
        '--load-balancer-arn',
        balancer.LoadBalancerArn,
        '--protocol',
        'HTTPS',
        '--port',
        '8443',
      ],
      ...[
        '--certificates',
        `CertificateArn=${arn}`,
        '--default-actions',
        `Type=forward,TargetGroupArn=${group}`,
      ],
    );
    const listener = Listeners[0]?.ListenerArn ?? '';
    assert.equal(Listeners[0]?.SslPolicy, 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06');
    await until(
      async () => curl(address),
      ({ status }) => status === 0,
    );
    assert.equal(curl(address).output, 'hello');

    // The grant, revoked: full and resumed handshakes are refused.
    const { KeyMetadata } = await aws.run<{ KeyMetadata: { KeyId: string } }>(
      'kms',
      'describe-key',
      '--key-id',
      'alias/aws/acm',
    );
    const grants = async () =>
      (
        await aws.run<{ Grants: Grant[] }>('kms', 'list-grants', '--key-id', KeyMetadata.KeyId)
      ).Grants.filter(({ Name }) => Name === 'IssuedThroughACM');
    const [grant] = await grants();
    assert.deepEqual(grant?.Constraints?.EncryptionContextEquals, {
      'aws:acm:arn': arn,
      'aws:elasticloadbalancing:arn': balancer.LoadBalancerArn,
    });
    const sessions = (['tls1_2', 'tls1_3'] as const).map((version) => ({
      version,
      file: saveSession(address, version),
    }));
    for (const { version, file } of sessions)
      assert.ok(resumes(address, version, file), `${version} resumes`);
    await aws.run(
      'kms',
      'revoke-grant',
      '--key-id',
      KeyMetadata.KeyId,
      '--grant-id',
      grant?.GrantId ?? '',
    );
    const revokedAt = performance.now();
    await until(
      async () => curl(address),
      ({ status }) => status !== 0,
    );
    assert.ok(performance.now() - revokedAt < 2_000, 'handshakes fail within two seconds');
    for (const { version, file } of sessions)
      assert.ok(!resumes(address, version, file), `${version} is not resumed`);

    // Associated again, renewed under load.
    await aws.run(
      'elbv2',
      'modify-listener',
      '--listener-arn',
      listener,
      '--certificates',
      `CertificateArn=${arn}`,
    );
    await until(
      async () => curl(address),
      ({ status }) => status === 0,
    );
    const serial = (await describe())['Serial'];
    let failures = 0;
    let isOver = false;
    const load = (async () => {
      while (!isOver) {
        if (curl(address).status !== 0) failures += 1;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    })();
    await aws.run('acm', 'renew-certificate', '--certificate-arn', arn);
    const renewed = await until(describe, (each) => each['Serial'] !== serial);
    assert.equal((renewed['RenewalSummary'] as { RenewalStatus: string }).RenewalStatus, 'SUCCESS');
    isOver = true;
    await load;
    assert.equal(failures, 0, 'no request failed during the renewal');

    // In use it is not deleted; without its listener it is.
    await assert.rejects(
      aws.run('acm', 'delete-certificate', '--certificate-arn', arn),
      /ResourceInUseException/,
    );
    await aws.run('elbv2', 'delete-listener', '--listener-arn', listener);
    assert.deepEqual(await grants(), []);
    assert.deepEqual((await describe())['InUseBy'], []);
    await aws.run('acm', 'delete-certificate', '--certificate-arn', arn);
    await assert.rejects(
      describe(),
      (error: unknown) =>
        error instanceof AwsCliError && error.message.includes('ResourceNotFoundException'),
    );

    const names = [
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
    for (const name of names) {
      const { Events } = await aws.run<{ Events: unknown[] }>(
        ...[
          'cloudtrail',
          'lookup-events',
          '--lookup-attributes',
          `AttributeKey=EventName,AttributeValue=${name}`,
        ],
      );
      assert.ok(Events.length > 0, `${name} is on record`);
    }
    assert.doesNotMatch(world.log(), /PRIVATE KEY|"level":"error"/);
  },
);

async function changeRecords(zoneId: string, records: ReadonlyMap<string, string>): Promise<void> {
  const Changes = [...records].map(([Name, Value]) => ({
    Action: 'UPSERT',
    ResourceRecordSet: { Name, Type: 'CNAME', TTL: 60, ResourceRecords: [{ Value }] },
  }));
  const file = join(folder, 'changes.json');
  writeFileSync(file, JSON.stringify({ Changes }));
  await aws.run(
    'route53',
    'change-resource-record-sets',
    '--hosted-zone-id',
    zoneId,
    '--change-batch',
    `file://${file}`,
  );
}

function curl(address: string): { status: number | null; output: string } {
  const { status, stdout } = spawnSync(
    'curl',
    [
      ...[
        '--silent',
        '--fail',
        '--max-time',
        '5',
        '--cacert',
        world.environment['AWS_CA_BUNDLE'] ?? '',
      ],
      ...['--connect-to', `www.cli.test:443:${address}:8443`, 'https://www.cli.test/'],
    ],
    { encoding: 'utf8' },
  );
  return { status, output: stdout };
}

function saveSession(address: string, version: 'tls1_2' | 'tls1_3'): string {
  const file = join(folder, `${version}.session`);
  openssl(address, version, ['-sess_out', file]);
  return file;
}

function resumes(address: string, version: 'tls1_2' | 'tls1_3', session: string): boolean {
  return /^Reused, TLSv1\.[23]/m.test(openssl(address, version, ['-sess_in', session]));
}

function openssl(address: string, version: string, options: readonly string[]): string {
  const { stdout } = spawnSync(
    'openssl',
    [
      ...['s_client', '-connect', `${address}:8443`, '-servername', 'www.cli.test', `-${version}`],
      ...['-CAfile', world.environment['AWS_CA_BUNDLE'] ?? '', ...options],
    ],
    {
      encoding: 'utf8',
      input: 'HEAD / HTTP/1.1\r\nhost: www.cli.test\r\nconnection: close\r\n\r\n',
      timeout: 5_000,
    },
  );
  return stdout;
}

async function until<T>(ask: () => Promise<T>, isGood: (value: T) => boolean): Promise<T> {
  const end = performance.now() + 20_000;
  for (;;) {
    const value = await ask();
    if (isGood(value)) return value;
    if (performance.now() > end) assert.fail(`not within 20 s: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
