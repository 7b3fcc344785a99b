import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import {
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  ExportCertificateCommand,
  GetCertificateCommand,
  ListCertificatesCommand,
  RenewCertificateCommand,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  DescribeLoadBalancersCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  GetKeyPolicyCommand,
  ListGrantsCommand,
  ListKeysCommand,
  ReEncryptCommand,
  RetireGrantCommand,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { gatewaySigningName, gatewayTargetPrefix } from '../../../src/aws/gateway-feed.ts';
import { signRequest } from '../../../src/aws/sigv4/sign.ts';
import { askServer } from '../../../src/cli/operator-client.ts';
import { hasProcessTable, isAlive, processesOf } from '../../process-table.ts';
import { clientsOf, type Clients } from '../../sdk-clients.ts';
import { until } from '../../until.ts';
import { startWorld, type World } from '../../world.ts';

/** Real processes, and two accounts whose administrators may do everything: each in its own. */
let world: World;
let ours: Clients;
let theirs: Clients;
let theirKey: { accessKeyId: string; secretAccessKey: string };

before(async () => {
  // What is for the owner only must not owe it to whoever started it.
  process.umask(0);
  world = await startWorld();
  ours = clientsOf(world);
  const { clientEnv } = (await askServer(world.dataDirectory, 'account/create', {})) as {
    clientEnv: string;
  };
  const valueOf = (name: string): string =>
    new RegExp(`^${name}=(.*)$`, 'm').exec(clientEnv)?.[1] ?? assert.fail(name);
  theirKey = {
    accessKeyId: valueOf('AWS_ACCESS_KEY_ID'),
    secretAccessKey: valueOf('AWS_SECRET_ACCESS_KEY'),
  };
  theirs = clientsOf(world, { credentials: theirKey });
});

after(async () => {
  ours[Symbol.dispose]();
  theirs[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

/** Each of these calls of the other account is refused, with one of these errors. */
async function assertRefused(
  calls: Readonly<Record<string, () => Promise<unknown>>>,
  ...names: readonly string[]
): Promise<void> {
  for (const [what, call] of Object.entries(calls)) {
    const error = await call().then(
      () => assert.fail(`${what} was allowed`),
      (cause: unknown) => cause as Error,
    );
    assert.ok(names.includes(error.name), `${what}: ${error.name}: ${error.message}`);
  }
}

void suite("what is one account's is nobody else's", () => {
  void test('certificates', async () => {
    const { CertificateArn } = await ours.acm.send(
      new RequestCertificateCommand({ DomainName: 'www.ours.test', ValidationMethod: 'DNS' }),
    );
    const passphrase = Buffer.from('passphrase');
    await assertRefused(
      {
        describe: () => theirs.acm.send(new DescribeCertificateCommand({ CertificateArn })),
        get: () => theirs.acm.send(new GetCertificateCommand({ CertificateArn })),
        export: () =>
          theirs.acm.send(new ExportCertificateCommand({ CertificateArn, Passphrase: passphrase })),
        renew: () => theirs.acm.send(new RenewCertificateCommand({ CertificateArn })),
        delete: () => theirs.acm.send(new DeleteCertificateCommand({ CertificateArn })),
      },
      'AccessDeniedException',
    );
    const { CertificateSummaryList } = await theirs.acm.send(new ListCertificatesCommand({}));
    assert.deepEqual(CertificateSummaryList, []);
    using elsewhere = clientsOf(world, { region: 'eu-central-1' });
    await assertRefused(
      { describe: () => elsewhere.acm.send(new DescribeCertificateCommand({ CertificateArn })) },
      'ResourceNotFoundException',
    );
    const { LoadBalancers } = await theirs.elb.send(
      new CreateLoadBalancerCommand({ Name: 'thief', Subnets: ['subnet-1', 'subnet-2'] }),
    );
    await assertRefused(
      {
        serve: () =>
          theirs.elb.send(
            new CreateListenerCommand({
              LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
              Protocol: 'HTTPS',
              Port: 8443,
              Certificates: [{ CertificateArn }],
              DefaultActions: [
                { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } },
              ],
            }),
          ),
      },
      'CertificateNotFoundException',
    );
  });

  void test('keys, their aliases and their grants', async () => {
    const { KeyMetadata } = await ours.kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.Arn ?? assert.fail();
    await ours.kms.send(new CreateAliasCommand({ AliasName: 'alias/ours', TargetKeyId: KeyId }));
    const { CiphertextBlob } = await ours.kms.send(
      new EncryptCommand({ KeyId, Plaintext: Buffer.from('secret') }),
    );
    const grantee = `arn:aws:iam::${KeyMetadata?.AWSAccountId}:root`;
    const { GrantId, GrantToken } = await ours.kms.send(
      new CreateGrantCommand({ KeyId, GranteePrincipal: grantee, Operations: ['Decrypt'] }),
    );
    const { KeyMetadata: own } = await theirs.kms.send(new CreateKeyCommand({}));
    const Plaintext = Buffer.from('x');
    await assertRefused(
      {
        describe: () => theirs.kms.send(new DescribeKeyCommand({ KeyId })),
        policy: () => theirs.kms.send(new GetKeyPolicyCommand({ KeyId })),
        encrypt: () => theirs.kms.send(new EncryptCommand({ KeyId, Plaintext })),
        decrypt: () => theirs.kms.send(new DecryptCommand({ CiphertextBlob })),
        'decrypt, naming the key': () =>
          theirs.kms.send(new DecryptCommand({ KeyId, CiphertextBlob })),
        'decrypt, with the token': () =>
          theirs.kms.send(
            new DecryptCommand({ KeyId, CiphertextBlob, GrantTokens: [GrantToken ?? ''] }),
          ),
        're-encrypt': () =>
          theirs.kms.send(new ReEncryptCommand({ CiphertextBlob, DestinationKeyId: own?.Arn })),
        disable: () => theirs.kms.send(new DisableKeyCommand({ KeyId })),
        grants: () => theirs.kms.send(new ListGrantsCommand({ KeyId })),
        grant: () =>
          theirs.kms.send(
            new CreateGrantCommand({ KeyId, GranteePrincipal: grantee, Operations: ['Decrypt'] }),
          ),
        revoke: () => theirs.kms.send(new RevokeGrantCommand({ KeyId, GrantId })),
        retire: () => theirs.kms.send(new RetireGrantCommand({ KeyId, GrantId })),
        'retire, with the token': () => theirs.kms.send(new RetireGrantCommand({ GrantToken })),
      },
      'AccessDeniedException',
    );
    const alias = KeyId.replace(/key\/.*/, 'alias/ours');
    await assertRefused(
      { alias: () => theirs.kms.send(new EncryptCommand({ KeyId: alias, Plaintext })) },
      'NotFoundException',
    );
    const { Keys } = await theirs.kms.send(new ListKeysCommand({}));
    assert.ok(Keys?.every(({ KeyArn }) => KeyArn !== KeyId));
  });

  void test('hosted zones, and the names under a suffix', async () => {
    const { HostedZone } = await ours.route53.send(
      new CreateHostedZoneCommand({ Name: 'ours.test', CallerReference: '1' }),
    );
    const Id = HostedZone?.Id ?? assert.fail();
    const record: ResourceRecordSet = {
      Name: '_proof.ours.test',
      Type: 'CNAME',
      TTL: 60,
      ResourceRecords: [{ Value: 'x.test' }],
    };
    await assertRefused(
      {
        get: () => theirs.route53.send(new GetHostedZoneCommand({ Id })),
        list: () => theirs.route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: Id })),
        delete: () => theirs.route53.send(new DeleteHostedZoneCommand({ Id })),
        change: () =>
          theirs.route53.send(
            new ChangeResourceRecordSetsCommand({
              HostedZoneId: Id,
              ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet: record }] },
            }),
          ),
      },
      'NoSuchHostedZone',
    );
    const make = (Name: string) => () =>
      theirs.route53.send(new CreateHostedZoneCommand({ Name, CallerReference: Name }));
    await assertRefused(
      {
        'the same': make('ours.test'),
        'the same, otherwise written': make('OURS.\\164est.'),
        'below it': make('www.ours.test'),
        "below the account's suffix": make('theirs.test'),
        'the validation zone': make('x.acm-validations.holdfast.internal'),
      },
      'ConflictingDomainExists',
    );
  });

  void test('load balancers', async () => {
    const { LoadBalancers } = await ours.elb.send(
      new CreateLoadBalancerCommand({ Name: 'ours', Subnets: ['subnet-1', 'subnet-2'] }),
    );
    const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn ?? assert.fail();
    await assertRefused(
      {
        describe: () =>
          theirs.elb.send(
            new DescribeLoadBalancersCommand({ LoadBalancerArns: [LoadBalancerArn] }),
          ),
        delete: () => theirs.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn })),
      },
      'LoadBalancerNotFoundException',
      'LoadBalancerNotFound',
      'AccessDenied',
    );
  });

  void test('the trail', async () => {
    const { Events = [] } = await theirs.cloudtrail.send(new LookupEventsCommand({}));
    const account = /:(\d{12}):/.exec(await ourArn())?.[1] ?? assert.fail();
    assert.ok(Events.length > 0);
    for (const { CloudTrailEvent = '' } of Events) {
      const { recipientAccountId } = JSON.parse(CloudTrailEvent) as { recipientAccountId: string };
      assert.notEqual(recipientAccountId, account);
    }
  });
});

void suite('what only a gateway may', () => {
  for (const [operation, input] of [
    ['WatchConfiguration', {}],
    ['ProveGrants', { HolderDocument: 'AAAA', Grants: [] }],
    ['ReportStatus', { Listeners: [], Targets: [] }],
  ] as const)
    void test(`${operation} is refused to an administrator`, async () => {
      for (const credentials of [world.credentials, theirKey]) {
        const { status, body } = await askFeed(operation, input, credentials);
        assert.equal(status, 400);
        assert.match(body, /"AccessDeniedException"/);
        assert.doesNotMatch(body, /loadbalancer/);
      }
    });
});

void test('files are for their owner only, whatever the umask', () => {
  const seal = join(world.dataDirectory, '..', 'world.seal');
  const names = readdirSync(world.dataDirectory);
  assert.ok(names.includes('holdfast.db-wal') && names.includes('operator.sock'), names.join());
  for (const path of [seal, ...names.map((name) => join(world.dataDirectory, name))]) {
    const stat = statSync(path);
    assert.equal(stat.mode & 0o777, stat.isDirectory() ? 0o700 : 0o600, path);
  }
  assert.equal(statSync(world.dataDirectory).mode & 0o777, 0o700);
});

void test('what a process will make is for its owner only', { skip: !hasProcessTable }, () => {
  const processes = processesOf(world.pid);
  assert.equal(processes.size, 5);
  for (const [name, pid] of processes)
    assert.match(readFileSync(`/proc/${pid}/status`, 'utf8'), /^Umask:\s+0077$/m, name);
});

void test(
  'the end of a vault that is killed is on record, once',
  { skip: !hasProcessTable },
  async () => {
    process.kill(processesOf(world.pid).get('vault') ?? assert.fail(), 'SIGKILL');
    const ended = () =>
      ours.cloudtrail
        .send(
          new LookupEventsCommand({
            LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'EndVaultEpoch' }],
          }),
        )
        .then(({ Events = [] }) => Events);
    const [event] = await until('the end of the vault is on record', 120, async () => {
      // SDK clients try again while the vault is away.
      const events = await ended();
      return events.length > 0 ? events : undefined;
    });
    const { additionalEventData } = JSON.parse(event?.CloudTrailEvent ?? '') as {
      additionalEventData: { vaultEpoch: string; lastRecordedReceipt: number };
    };
    assert.match(additionalEventData.vaultEpoch, /^[0-9a-f]{32}$/);
    assert.ok(additionalEventData.lastRecordedReceipt > 0);
    const all = [...processesOf(world.pid).values()];
    await world.stop('SIGKILL');
    await until('all have ended', 120, async () => (all.some(isAlive) ? undefined : true));
    await world.restart();
    // The worker writes it down once it has begun.
    await until('the second vault, which ended with everything else, is on record', 120, async () =>
      (await ended()).length === 2 ? true : undefined,
    );
  },
);

async function ourArn(): Promise<string> {
  const { LoadBalancers } = await ours.elb.send(new DescribeLoadBalancersCommand({}));
  return LoadBalancers?.[0]?.LoadBalancerArn ?? assert.fail();
}

function askFeed(
  operation: string,
  input: object,
  credentials: World['credentials'],
): Promise<{ status: number | undefined; body: string }> {
  const body = Buffer.from(JSON.stringify(input));
  const { host, hostname, port } = new URL(world.endpoint);
  const headers = signRequest(
    {
      method: 'POST',
      host,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `${gatewayTargetPrefix}.${operation}`,
      },
      body,
    },
    { service: gatewaySigningName, region: world.region },
    credentials,
    Temporal.Now.instant(),
  );
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number | undefined;
    body: string;
  }>();
  request({ hostname, port, method: 'POST', headers, ca: world.caPem }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    response.on('end', () => resolve({ status: response.statusCode, body: text }));
  })
    .on('error', reject)
    .end(body);
  return promise;
}
