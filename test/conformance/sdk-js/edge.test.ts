import assert from 'node:assert/strict';
import { Agent } from 'node:https';
import { after, before, suite, test } from 'node:test';
import {
  ACMClient,
  DeleteCertificateCommand,
  ExportCertificateCommand,
  ImportCertificateCommand,
  ListCertificatesCommand,
} from '@aws-sdk/client-acm';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateListenerCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateAccessKeyCommand, GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  GetHostedZoneCommand,
  ListHostedZonesCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { AwsError } from '../../../src/aws/errors.ts';
import type { BoundOperation } from '../../../src/aws/operation.ts';
import { createApiServer, type ApiServer } from '../../../src/aws/http/server.ts';
import {
  accessKeyId,
  account,
  fakeService,
  secretAccessKey,
  sessionKeyId,
  sessionToken,
  testEdge,
  testTls,
  type TestEdge,
} from '../../../src/aws/test-edge.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { reveal, Secret } from '../../../src/lib/secret.ts';
import { model as acm } from '../../../src/services/acm/model.ts';
import { model as cloudtrail } from '../../../src/services/cloudtrail/model.ts';
import { model as elbv2 } from '../../../src/services/elbv2/model.ts';
import { model as iam } from '../../../src/services/iam/model.ts';
import { model as kms } from '../../../src/services/kms/model.ts';
import { model as route53 } from '../../../src/services/route53/model.ts';
import { model as sts } from '../../../src/services/sts/model.ts';

/** The edge over real HTTPS, with AWS's clients on one side and rooms that answer what the test says on the other. */
let edge: TestEdge;
let server: ApiServer;
let configuration: {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler: { readonly httpsAgent: Agent };
  readonly maxAttempts: number;
};
/** What an operation was given last, and what it answers. */
const inputs = new Map<string, Record<string, unknown>>();
const answers = new Map<string, (input: Record<string, unknown>) => unknown>();

function rehearsed(names: readonly string[]): Record<string, BoundOperation> {
  return Object.fromEntries(
    names.map((name) => [
      name,
      async (input, call) => {
        call.needsNoPermission();
        inputs.set(name, input as Record<string, unknown>);
        return answers.get(name)?.(input as Record<string, unknown>);
      },
    ]),
  );
}

before(async () => {
  const rooms = [
    [acm, 'acm'],
    [cloudtrail, 'cloudtrail'],
    [elbv2, 'elasticloadbalancing'],
    [iam, 'iam'],
    [kms, 'kms'],
    [route53, 'route53'],
    [sts, 'sts'],
  ] as const;
  edge = testEdge(
    rooms.map(([model, name]) =>
      fakeService(model, name, rehearsed(Object.keys(model.operations))),
    ),
  );
  edge.now = systemClock.now();
  server = createApiServer({
    pipeline: edge.pipeline,
    tls: testTls,
    clock: systemClock,
    log: silentLog,
  });
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  configuration = {
    endpoint: `https://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId, secretAccessKey },
    requestHandler: { httpsAgent: new Agent({ ca: testTls.cert, keepAlive: true }) },
    maxAttempts: 1,
  };
});

after(async () => {
  configuration.requestHandler.httpsAgent.destroy();
  await server[Symbol.asyncDispose]();
});

void suite('AWS SDK for JavaScript, JSON', () => {
  void test('gives a private key as bytes that no string ever held', async () => {
    let key = '';
    answers.set('ImportCertificate', ({ PrivateKey }) => {
      key = Buffer.from(reveal(PrivateKey as Secret)).toString();
      return { CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1' };
    });
    const client = new ACMClient(configuration);
    const output = await client.send(
      new ImportCertificateCommand({
        Certificate: Buffer.from('certificate'),
        PrivateKey: Buffer.from('the private key'),
        Tags: [{ Key: 'Name', Value: 'ä' }],
      }),
    );
    assert.match(output.CertificateArn ?? '', /certificate\/1$/);
    assert.equal(key, 'the private key');
    const input = inputs.get('ImportCertificate')!;
    assert.equal(Buffer.from(input['Certificate'] as Uint8Array).toString(), 'certificate');
    assert.deepEqual(input['Tags'], [{ Key: 'Name', Value: 'ä' }]);
    assert.equal(edge.records.at(-1)?.requestID, output.$metadata.requestId);
  });

  void test('reads and writes times, numbers, maps and lists', async () => {
    const StartTime = new Date('2026-11-24T12:00:00.250Z');
    const EventTime = Temporal.Instant.from('2026-11-24T12:00:01.5Z');
    answers.set('LookupEvents', () => ({
      Events: [{ EventId: '1', EventTime, ReadOnly: 'true' }],
    }));
    const client = new CloudTrailClient(configuration);
    const { Events } = await client.send(new LookupEventsCommand({ StartTime, MaxResults: 7 }));
    assert.deepEqual(Events, [
      { EventId: '1', EventTime: new Date('2026-11-24T12:00:01.5Z'), ReadOnly: 'true' },
    ]);
    assert.equal(String(inputs.get('LookupEvents')!['StartTime']), '2026-11-24T12:00:00.25Z');
    assert.equal(inputs.get('LookupEvents')!['MaxResults'], 7);
  });

  void test('gets plaintext from a Secret', async () => {
    answers.set('Decrypt', () => ({ Plaintext: new Secret(Buffer.from('plain')), KeyId: 'k' }));
    const client = new KMSClient(configuration);
    const { Plaintext } = await client.send(
      new DecryptCommand({
        CiphertextBlob: Buffer.from('cipher'),
        EncryptionContext: { a: 'b', __proto__x: 'c' },
      }),
    );
    assert.equal(Buffer.from(Plaintext!).toString(), 'plain');
    assert.deepEqual(inputs.get('Decrypt')!['EncryptionContext'], { a: 'b', __proto__x: 'c' });
  });

  void test('reads errors, modelled and common', async () => {
    answers.set('Encrypt', () => {
      throw new AwsError('DisabledException', 'the key is disabled');
    });
    const client = new KMSClient(configuration);
    const encrypt = new EncryptCommand({ KeyId: 'k', Plaintext: Buffer.from('p') });
    await assert.rejects(client.send(encrypt), {
      name: 'DisabledException',
      message: 'the key is disabled',
    });
    const empty = new EncryptCommand({ KeyId: 'k', Plaintext: new Uint8Array(0) });
    await assert.rejects(client.send(empty), {
      name: 'ValidationException',
      message:
        "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length greater than or equal to 1",
    });
  });

  void test('signs with a session token, and is refused with another', async () => {
    answers.set('ListCertificates', () => ({ CertificateSummaryList: [] }));
    const session = { accessKeyId: sessionKeyId, secretAccessKey, sessionToken };
    const credential = (more: object): ACMClient =>
      new ACMClient({ ...configuration, credentials: { ...session, ...more } });
    await assert.rejects(credential({ sessionToken: 'x' }).send(new ListCertificatesCommand({})), {
      name: 'UnrecognizedClientException',
    });
    await assert.rejects(
      credential({ secretAccessKey: 'x' }).send(new ListCertificatesCommand({})),
      { name: /Exception$/ },
    );
  });

  void test('refuses a body that is too long for its service', async () => {
    const client = new KMSClient(configuration);
    const long = new EncryptCommand({ KeyId: 'k', Plaintext: Buffer.alloc(1024 * 1024) });
    await assert.rejects(client.send(long), { name: 'RequestEntityTooLargeException' });
  });
});

void suite('AWS SDK for JavaScript, query', () => {
  void test('sends nested lists, and reads them', async () => {
    const Listeners = [
      {
        ListenerArn: 'arn:l',
        Port: 443,
        Certificates: [{ CertificateArn: 'arn:c', IsDefault: true }],
        DefaultActions: [
          {
            Type: 'forward',
            ForwardConfig: { TargetGroups: [{ TargetGroupArn: 'arn:t', Weight: 3 }] },
          },
        ],
      },
    ];
    answers.set('CreateListener', () => ({ Listeners }));
    const client = new ElasticLoadBalancingV2Client(configuration);
    const output = await client.send(
      new CreateListenerCommand({
        LoadBalancerArn: 'arn:b',
        Port: 443,
        Protocol: 'HTTPS',
        Certificates: [{ CertificateArn: 'arn:c' }],
        DefaultActions: [
          {
            Type: 'fixed-response',
            FixedResponseConfig: { StatusCode: '200', MessageBody: 'a+b & c=d é' },
          },
        ],
      }),
    );
    assert.deepEqual(output.Listeners, Listeners);
    assert.deepEqual(inputs.get('CreateListener'), {
      LoadBalancerArn: 'arn:b',
      Port: 443,
      Protocol: 'HTTPS',
      Certificates: [{ CertificateArn: 'arn:c' }],
      DefaultActions: [
        {
          Type: 'fixed-response',
          FixedResponseConfig: { StatusCode: '200', MessageBody: 'a+b & c=d é' },
        },
      ],
    });
  });

  void test('reads empty lists, times, and errors', async () => {
    answers.set('DescribeTags', () => ({ TagDescriptions: [] }));
    const elb = new ElasticLoadBalancingV2Client(configuration);
    const { TagDescriptions } = await elb.send(
      new DescribeTagsCommand({ ResourceArns: ['arn:x'] }),
    );
    assert.deepEqual(TagDescriptions, []);

    const CreateDate = Temporal.Instant.from('2026-11-24T12:00:00Z');
    const user = { UserName: 'a', UserId: 'AIDA', Arn: 'arn:u', Path: '/', CreateDate };
    answers.set('GetUser', () => ({ User: user }));
    const client = new IAMClient(configuration);
    const { User } = await client.send(new GetUserCommand({}));
    assert.deepEqual(User?.CreateDate, new Date('2026-11-24T12:00:00Z'));

    answers.set('GetUser', () => {
      throw new AwsError('NoSuchEntity', 'The user with name x cannot be found.', { status: 404 });
    });
    await assert.rejects(client.send(new GetUserCommand({ UserName: 'x' })), {
      name: 'NoSuchEntityException',
      message: 'The user with name x cannot be found.',
    });
    await assert.rejects(client.send(new GetUserCommand({ UserName: '<' })), {
      name: 'ValidationError',
    });
  });

  void test('gets a secret access key from a Secret', async () => {
    answers.set('CreateAccessKey', () => ({
      AccessKey: {
        UserName: 'a',
        AccessKeyId: 'AKIA',
        Status: 'Active',
        SecretAccessKey: new Secret(Buffer.from('abc/+def')),
      },
    }));
    const { AccessKey } = await new IAMClient(configuration).send(new CreateAccessKeyCommand({}));
    assert.equal(AccessKey?.SecretAccessKey, 'abc/+def');
    const { accessKey } = edge.records.at(-1)!.responseElements as {
      accessKey: Record<string, unknown>;
    };
    assert.equal(accessKey['secretAccessKey'], 'HIDDEN_DUE_TO_SECURITY_REASONS');
  });

  void test('asks who it is', async () => {
    answers.set('GetCallerIdentity', () => ({ Account: account, Arn: 'arn:u', UserId: 'AIDA' }));
    const output = await new STSClient(configuration).send(new GetCallerIdentityCommand({}));
    assert.equal(output.Account, account);
  });
});

void suite('AWS SDK for JavaScript, REST and XML', () => {
  void test('creates a zone: 201 with a Location', async () => {
    const HostedZone = { Id: '/hostedzone/Z1', Name: 'a.test.', CallerReference: 'r' };
    answers.set('CreateHostedZone', () => ({
      HostedZone,
      ChangeInfo: {
        Id: '/change/C1',
        Status: 'INSYNC',
        SubmittedAt: Temporal.Instant.from('2026-11-24T12:00:00.5Z'),
      },
      DelegationSet: { NameServers: ['ns1.test', 'ns2.test'] },
      Location: 'https://localhost/2013-04-01/hostedzone/Z1',
    }));
    const client = new Route53Client(configuration);
    const output = await client.send(
      new CreateHostedZoneCommand({
        Name: 'a.test',
        CallerReference: 'r',
        HostedZoneConfig: { Comment: '<&>', PrivateZone: false },
      }),
    );
    assert.equal(output.$metadata.httpStatusCode, 201);
    assert.equal(output.Location, 'https://localhost/2013-04-01/hostedzone/Z1');
    assert.deepEqual(output.HostedZone, HostedZone);
    assert.deepEqual(output.DelegationSet?.NameServers, ['ns1.test', 'ns2.test']);
    assert.deepEqual(output.ChangeInfo?.SubmittedAt, new Date('2026-11-24T12:00:00.5Z'));
    assert.deepEqual(inputs.get('CreateHostedZone'), {
      Name: 'a.test',
      CallerReference: 'r',
      HostedZoneConfig: { Comment: '<&>', PrivateZone: false },
    });
  });

  void test('sends a batch, and reads why it is refused', async () => {
    answers.set('ChangeResourceRecordSets', () => {
      throw new AwsError('InvalidChangeBatch', '[one, two]');
    });
    const client = new Route53Client(configuration);
    const ResourceRecordSet = {
      Name: '_x.a.test.',
      Type: 'TXT' as const,
      TTL: 60,
      ResourceRecords: [{ Value: '" spaced "' }, { Value: '"two"' }],
    };
    const change = new ChangeResourceRecordSetsCommand({
      HostedZoneId: '/hostedzone/Z1',
      ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] },
    });
    await assert.rejects(client.send(change), {
      name: 'InvalidChangeBatch',
      message: '[one, two]',
    });
    assert.deepEqual(inputs.get('ChangeResourceRecordSets'), {
      HostedZoneId: 'Z1',
      ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] },
    });
  });

  void test('reads lists, with the query in the signature', async () => {
    answers.set('ListHostedZones', () => ({
      HostedZones: [],
      IsTruncated: false,
      Marker: '',
      MaxItems: '5',
    }));
    const client = new Route53Client(configuration);
    const output = await client.send(
      new ListHostedZonesCommand({ Marker: 'a/b+c d', MaxItems: 5 }),
    );
    assert.equal(output.IsTruncated, false);
    assert.equal(output.MaxItems, 5);
    assert.deepEqual(inputs.get('ListHostedZones'), { Marker: 'a/b+c d', MaxItems: '5' });
  });

  void test('reads errors', async () => {
    answers.set('GetHostedZone', () => {
      throw new AwsError('NoSuchHostedZone', 'No hosted zone found with ID: Z9', { status: 404 });
    });
    const client = new Route53Client(configuration);
    await assert.rejects(client.send(new GetHostedZoneCommand({ Id: 'Z9' })), {
      name: 'NoSuchHostedZone',
      message: 'No hosted zone found with ID: Z9',
    });
  });
});

void suite('AWS SDK for JavaScript, what the trail keeps', () => {
  const CertificateArn = 'arn:aws:acm:eu-west-1:111122223333:certificate/1';

  void test('is there for an answer with an empty body', async () => {
    answers.set('DeleteCertificate', () => undefined);
    const client = new ACMClient(configuration);
    const { $metadata } = await client.send(new DeleteCertificateCommand({ CertificateArn }));
    assert.equal(edge.records.at(-1)?.requestID, $metadata.requestId);
  });

  void test('hides a passphrase', async () => {
    answers.set('ExportCertificate', () => ({ PrivateKey: new Secret(Buffer.from('pem')) }));
    const output = await new ACMClient(configuration).send(
      new ExportCertificateCommand({ CertificateArn, Passphrase: Buffer.from('pass') }),
    );
    assert.equal(output.PrivateKey, 'pem');
    const { requestParameters } = edge.records.at(-1)!;
    assert.equal(requestParameters?.['passphrase'], 'HIDDEN_DUE_TO_SECURITY_REASONS');
  });
});
