import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  DescribeCertificateCommand,
  ExportCertificateCommand,
  ImportCertificateCommand,
  ListCertificatesCommand,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  DescribeListenersCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { DescribeKeyCommand, ListGrantsCommand } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { plantedKey } from '../../planted-key.ts';
import { clientsOf, type Clients } from '../../sdk-clients.ts';
import { startWorld, type World } from '../../world.ts';

let world: World;
let admin: Clients;
const stack = new DisposableStack();

before(async () => {
  world = await startWorld();
  admin = stack.use(clientsOf(world));
});
after(async () => {
  stack.dispose();
  await world[Symbol.asyncDispose]();
});

test('a user who may request names of one team can do that and nothing else', async () => {
  const team = await userWith('team-a', [
    {
      Effect: 'Allow',
      Action: 'acm:RequestCertificate',
      Resource: '*',
      Condition: { 'ForAllValues:StringLike': { 'acm:DomainNames': ['*.team-a.example'] } },
    },
    { Effect: 'Allow', Action: ['acm:DescribeCertificate', 'acm:ListCertificates'], Resource: '*' },
    { Effect: 'Deny', Action: 'acm:ExportCertificate', Resource: '*' },
  ]);
  const { Arn } = await team.sts.send(new GetCallerIdentityCommand({}));
  const request = (DomainName: string, names?: string[]) =>
    team.acm.send(
      new RequestCertificateCommand({
        DomainName,
        ValidationMethod: 'DNS',
        Options: { Export: 'ENABLED' },
        ...(names === undefined ? {} : { SubjectAlternativeNames: names }),
      }),
    );
  const { CertificateArn = '' } = await request('www.team-a.example');
  const denied = { name: 'AccessDeniedException' };
  await assert.rejects(request('www.team-b.example'), {
    ...denied,
    message: new RegExp(
      `^User: ${Arn} is not authorized to perform: acm:RequestCertificate on resource: `,
    ),
  });
  await assert.rejects(request('www.team-a.example', ['www.team-b.example']), denied);
  await assert.rejects(
    team.acm.send(
      new ExportCertificateCommand({ CertificateArn, Passphrase: Buffer.from('pass phrase') }),
    ),
    { ...denied, message: /with an explicit deny in an identity-based policy/ },
  );
  const { certificatePem, keyPem } = plantedKey();
  await assert.rejects(
    team.acm.send(
      new ImportCertificateCommand({ Certificate: certificatePem, PrivateKey: keyPem }),
    ),
    denied,
  );
  await assert.rejects(team.iam.send(new CreateUserCommand({ UserName: 'mallory' })), {
    name: 'AccessDenied',
  });
  const { CertificateSummaryList } = await team.acm.send(new ListCertificatesCommand({}));
  assert.deepEqual(
    CertificateSummaryList?.map((each) => each.DomainName),
    ['www.team-a.example'],
  );
  const { Events = [] } = await admin.cloudtrail.send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: 'team-a' }],
    }),
  );
  const refused = Events.filter(({ CloudTrailEvent = '' }) =>
    CloudTrailEvent.includes('"errorCode":"AccessDenied'),
  );
  assert.equal(refused.length, 5, 'each refusal is on record');
});

test('a user with a Deny on kms:CreateGrant cannot put a certificate on a listener', async () => {
  const { certificatePem, keyPem } = plantedKey();
  const { CertificateArn = '' } = await admin.acm.send(
    new ImportCertificateCommand({ Certificate: certificatePem, PrivateKey: keyPem }),
  );
  const { LoadBalancers } = await admin.elb.send(
    new CreateLoadBalancerCommand({ Name: 'web', Subnets: ['subnet-1', 'subnet-2'] }),
  );
  const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn;
  const allow = { Effect: 'Allow', Action: '*', Resource: '*' };
  const operator = await userWith('operator', [allow]);
  const bound = await userWith('bound', [
    allow,
    { Effect: 'Deny', Action: 'kms:CreateGrant', Resource: '*' },
  ]);
  const create = (clients: Clients) =>
    clients.elb.send(
      new CreateListenerCommand({
        LoadBalancerArn,
        Protocol: 'HTTPS',
        Port: 8443,
        Certificates: [{ CertificateArn }],
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
      }),
    );
  await assert.rejects(create(bound), { name: 'AccessDenied' });
  const { Listeners } = await admin.elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
  assert.deepEqual(Listeners, [], 'nothing is half-done');
  assert.deepEqual(await inUseBy(CertificateArn), []);
  assert.equal(await lentGrants(), 0);
  await create(operator);
  assert.deepEqual(await inUseBy(CertificateArn), [LoadBalancerArn]);
  assert.equal(await lentGrants(), 1);
});

async function userWith(UserName: string, Statement: readonly object[]): Promise<Clients> {
  await admin.iam.send(new CreateUserCommand({ UserName }));
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await admin.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }));
  const { AccessKey } = await admin.iam.send(new CreateAccessKeyCommand({ UserName }));
  const credentials = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
  return stack.use(clientsOf(world, { credentials }));
}

async function inUseBy(CertificateArn: string): Promise<string[] | undefined> {
  const { Certificate } = await admin.acm.send(new DescribeCertificateCommand({ CertificateArn }));
  return Certificate?.InUseBy;
}

async function lentGrants(): Promise<number> {
  // As on AWS, DescribeKey takes the alias and ListGrants does not.
  const { KeyMetadata } = await admin.kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/acm' }));
  const { Grants = [] } = await admin.kms.send(
    new ListGrantsCommand({ KeyId: KeyMetadata?.KeyId }),
  );
  return Grants.filter(({ Name }) => Name === 'IssuedThroughACM').length;
}
