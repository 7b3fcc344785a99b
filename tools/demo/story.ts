import { Resolver } from 'node:dns/promises';
import {
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  GetCertificateCommand,
  ImportCertificateCommand,
  RenewCertificateCommand,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteListenerCommand,
  ModifyListenerCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  ListAliasesCommand,
  ListGrantsCommand,
  RevokeGrantCommand,
  type GrantListEntry,
  type KMSClient,
} from '@aws-sdk/client-kms';
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { verifyWithOpenssl } from './openssl.ts';
import { milliseconds, type Narrator } from './narrator.ts';
import { plantedKey, searchForms } from '../../test/planted-key.ts';
import { startTarget } from '../../test/loopback.ts';
import { clientsOf, type Clients } from '../../test/sdk-clients.ts';
import { until } from '../../test/until.ts';
import type { World } from '../../test/world.ts';
import {
  get,
  handshake,
  isServed,
  sessionOf,
  type TlsClient,
  type TlsVersion,
} from './tls-client.ts';

const domain = 'shop.demo.test';
const versions: readonly TlsVersion[] = ['TLSv1.2', 'TLSv1.3'];

/** All nine steps; rejects at the first that does not hold. */
export async function story(server: World, clients: Clients, tell: Narrator): Promise<void> {
  const arn = await request(server, clients, tell);
  const keyId = await managedKey(clients, tell);
  await hiddenKeys(server, clients, tell);
  await issue(server, clients, arn, tell);
  await using backend = await startTarget(backendAnswer);
  const balancer = await associate(server, clients, arn, backend.port, tell);
  await grantOf(clients, keyId, arn, tell);
  await serve(balancer.tls, tell);
  await revoke(clients, keyId, arn, balancer, tell);
  await audit(clients, tell);
  await renew(clients, arn, balancer, tell);
  await end(clients, keyId, arn, balancer, tell);
}

async function request(server: World, { acm, sts }: Clients, tell: Narrator): Promise<string> {
  tell.title('1  A request arrives, signed, over TLS');
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  tell.check(`the caller is known by the signature`, Arn?.endsWith(':user/admin') === true, Arn);
  const input = {
    DomainName: domain,
    ValidationMethod: 'DNS' as const,
    KeyAlgorithm: 'EC_prime256v1' as const,
  };
  const { CertificateArn = '' } = await acm.send(new RequestCertificateCommand(input));
  tell.check(
    'RequestCertificate answers with an ARN',
    CertificateArn.includes(':certificate/'),
    CertificateArn,
  );
  const stranger = { accessKeyId: 'AKIAAAAAAAAAAAAAAAAA', secretAccessKey: 'not-the-one' };
  using unknown = clientsOf(server, { credentials: stranger });
  await tell.refused(
    'a signature of an unknown key is refused',
    'UnrecognizedClientException',
    () => unknown.acm.send(new RequestCertificateCommand(input)),
  );
  return CertificateArn;
}

async function managedKey({ kms }: Clients, tell: Narrator): Promise<string> {
  tell.title('2  The account gets its key: alias/aws/acm');
  const { Aliases = [] } = await kms.send(new ListAliasesCommand({}));
  const aliases = Aliases.filter(({ AliasName }) => AliasName === 'alias/aws/acm');
  const keyId = aliases[0]?.TargetKeyId ?? '';
  tell.check('there is one alias/aws/acm', aliases.length === 1, keyId);
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/acm' }));
  tell.check('it is managed for the account, not by it', KeyMetadata?.KeyManager === 'AWS');
  const { Grants = [] } = await kms.send(new ListGrantsCommand({ KeyId: keyId }));
  const [own] = Grants;
  tell.check(
    "ACM's own way to it is a grant that anybody can see",
    Grants.length === 1 && own?.Operations?.join() === 'Encrypt,ReEncryptFrom,ReEncryptTo',
    `${own?.GranteePrincipal}: ${own?.Operations?.join(', ')}`,
  );
  return keyId;
}

async function hiddenKeys(
  { dataDirectory }: World,
  { acm, kms }: Clients,
  tell: Narrator,
): Promise<void> {
  tell.title('3  The private key is encrypted at once, and stays so');
  const planted = plantedKey();
  await acm.send(
    new ImportCertificateCommand({
      Certificate: planted.certificatePem,
      PrivateKey: planted.keyPem,
    }),
  );
  const { files, bytes, found } = searchForms(dataDirectory, planted.forms);
  tell.check(
    'a key that was imported is nowhere in the data folder: as PEM, DER, number, base64 or hex',
    found.length === 0,
    `${files} files, ${bytes} bytes, ${planted.forms.size} forms`,
  );
  await tell.refused(
    "the account's own admin may not encrypt with alias/aws/acm",
    'AccessDeniedException',
    () =>
      kms.send(new EncryptCommand({ KeyId: 'alias/aws/acm', Plaintext: Buffer.from('anything') })),
  );
  await tell.refused('nor decrypt', 'AccessDeniedException', () =>
    kms.send(new DecryptCommand({ KeyId: 'alias/aws/acm', CiphertextBlob: Buffer.alloc(120, 1) })),
  );
}

async function issue(
  server: World,
  { acm, route53 }: Clients,
  arn: string,
  tell: Narrator,
): Promise<void> {
  tell.title('4  The domain is proved, the authority signs');
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({
      Name: 'demo.test',
      CallerReference: `demo ${performance.now()}`,
    }),
  );
  const pending = await acm.send(new DescribeCertificateCommand({ CertificateArn: arn }));
  const record = pending.Certificate?.DomainValidationOptions?.[0]?.ResourceRecord;
  tell.check(
    'the certificate waits for one CNAME',
    pending.Certificate?.Status === 'PENDING_VALIDATION',
    record?.Name,
  );
  const startedAt = performance.now();
  await route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: HostedZone?.Id,
      ChangeBatch: {
        Changes: [
          {
            Action: 'CREATE',
            ResourceRecordSet: {
              Name: record?.Name,
              Type: 'CNAME',
              TTL: 60,
              ResourceRecords: [{ Value: record?.Value }],
            },
          },
        ],
      },
    }),
  );
  await until('the certificate is issued', 15, async () => {
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: arn }));
    return Certificate?.Status === 'ISSUED' ? true : undefined;
  });
  tell.check('it is there, and the certificate is ISSUED', true, milliseconds(startedAt));
  const { Certificate = '', CertificateChain = '' } = await acm.send(
    new GetCertificateCommand({ CertificateArn: arn }),
  );
  const verdict = verifyWithOpenssl(Certificate, CertificateChain, server.caPem, domain);
  if (verdict === undefined)
    tell.say('(openssl is not installed: the chain is checked by the TLS clients below only)');
  else
    tell.check(
      'openssl verify -x509_strict finds nothing wrong with it',
      verdict.isGood,
      verdict.output,
    );
}

interface Balancer {
  readonly arn: string;
  readonly listenerArn: string;
  readonly tls: TlsClient;
}

async function associate(
  server: World,
  { elb }: Clients,
  certificateArn: string,
  backendPort: number,
  tell: Narrator,
): Promise<Balancer> {
  tell.title('5  A load balancer gets the certificate, the encrypted key and a grant');
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'web', Subnets: ['subnet-1', 'subnet-2'] }),
  );
  const { LoadBalancerArn = '', DNSName = '' } = LoadBalancers?.[0] ?? {};
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({
      Name: 'shop',
      Protocol: 'HTTP',
      Port: backendPort,
      VpcId: 'vpc-1',
      TargetType: 'ip',
    }),
  );
  const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn;
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: '127.0.0.1' }] }));
  const startedAt = performance.now();
  const { Listeners } = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn,
      Protocol: 'HTTPS',
      Port: 8443,
      Certificates: [{ CertificateArn: certificateArn }],
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }),
  );
  const resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${server.dnsPort}`]);
  const [host = ''] = await resolver.resolve4(DNSName);
  tell.check(
    'the load balancer has a name in our DNS',
    host.startsWith('127.'),
    `${DNSName} is ${host}`,
  );
  const tls: TlsClient = { host, port: 8443, servername: domain, ca: server.caPem };
  await until('the listener serves', 10, async () =>
    (await isServed(tls, 'TLSv1.3')) ? true : undefined,
  );
  tell.check('from CreateListener to the first handshake', true, milliseconds(startedAt));
  return { arn: LoadBalancerArn, listenerArn: Listeners?.[0]?.ListenerArn ?? '', tls };
}

async function issuedGrants(kms: KMSClient, keyId: string): Promise<GrantListEntry[]> {
  const { Grants = [] } = await kms.send(new ListGrantsCommand({ KeyId: keyId }));
  return Grants.filter(({ Name }) => Name === 'IssuedThroughACM');
}

async function grantOf(
  { kms }: Clients,
  keyId: string,
  arn: string,
  tell: Narrator,
): Promise<void> {
  const [grant] = await issuedGrants(kms, keyId);
  const context = grant?.Constraints?.EncryptionContextEquals ?? {};
  tell.check(
    'its grant allows Decrypt, and only Decrypt',
    grant?.Operations?.join() === 'Decrypt',
    grant?.GranteePrincipal,
  );
  tell.check(
    'and only for this certificate on this load balancer',
    context['aws:acm:arn'] === arn && context['aws:elasticloadbalancing:arn'] !== undefined,
    Object.keys(context).join(' + '),
  );
}

async function serve(tls: TlsClient, tell: Narrator): Promise<void> {
  tell.title('6  The gateway decrypts in memory, and serves');
  for (const version of versions) {
    const startedAt = performance.now();
    const socket = await handshake(tls, version);
    tell.check(
      `${version}: chain and name verified`,
      socket.authorized,
      `${socket.getCipher().name}, ${milliseconds(startedAt)}`,
    );
    socket.destroy();
  }
  const { status, body } = await get(tls);
  tell.check(
    'GET / goes through to the target',
    status === 200 && body === backendAnswer,
    body.trim(),
  );
}

async function revoke(
  { kms, elb }: Clients,
  keyId: string,
  arn: string,
  balancer: Balancer,
  tell: Narrator,
): Promise<void> {
  tell.title('7  The grant is taken away');
  const { tls, listenerArn } = balancer;
  const sessions = await Promise.all(versions.map((version) => sessionOf(tls, version)));
  for (const [index, version] of versions.entries()) {
    const socket = await handshake(tls, version, sessions[index]);
    tell.check(`${version}: a session is resumed, as clients do`, socket.isSessionReused());
    socket.destroy();
  }
  const [grant] = await issuedGrants(kms, keyId);
  const startedAt = performance.now();
  await kms.send(new RevokeGrantCommand({ KeyId: keyId, GrantId: grant?.GrantId }));
  const measured = await Promise.all(
    versions.flatMap((version, index) => [
      firstRefusal(tls, version, undefined, startedAt),
      firstRefusal(tls, version, sessions[index], startedAt),
    ]),
  );
  for (const [index, elapsed] of measured.entries()) {
    const kind = index % 2 === 0 ? 'full' : 'resumed';
    tell.check(
      `from RevokeGrant to the first refused handshake, ${versions[index >> 1]} ${kind}`,
      elapsed < 2_000,
      `${elapsed.toFixed(0)} ms`,
    );
  }
  await elb.send(
    new ModifyListenerCommand({
      ListenerArn: listenerArn,
      Certificates: [{ CertificateArn: arn }],
    }),
  );
  await until('the listener serves again', 10, async () =>
    (await isServed(tls, 'TLSv1.3')) ? true : undefined,
  );
  const [newGrant] = await issuedGrants(kms, keyId);
  tell.check(
    'associated again, it serves under a new grant',
    newGrant !== undefined && newGrant.GrantId !== grant?.GrantId,
  );
}

async function firstRefusal(
  tls: TlsClient,
  version: TlsVersion,
  session: Buffer | undefined,
  startedAt: number,
): Promise<number> {
  return until(`a ${version} handshake is refused`, 5, async () =>
    (await isServed(tls, version, session)) ? undefined : performance.now() - startedAt,
  );
}

interface Recorded {
  readonly errorCode?: string;
  readonly userIdentity: {
    readonly type: string;
    readonly arn?: string;
    readonly invokedBy?: string;
  };
}

async function audit({ cloudtrail }: Clients, tell: Narrator): Promise<void> {
  tell.title('8  All of it is on record');
  const names = [
    'RequestCertificate',
    'ImportCertificate',
    'CreateListener',
    'CreateGrant',
    'Decrypt',
    'RevokeGrant',
  ];
  for (const name of names) {
    const { Events = [] } = await cloudtrail.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: name }],
        MaxResults: 50,
      }),
    );
    const records = Events.map(
      ({ CloudTrailEvent = '' }) => JSON.parse(CloudTrailEvent) as Recorded,
    );
    const done = records.filter(({ errorCode }) => errorCode === undefined);
    const refused = records.length - done.length;
    const who = done[0]?.userIdentity;
    tell.check(
      name,
      done.length > 0,
      `${done.length} × by ${who?.invokedBy ?? who?.arn ?? who?.type}${refused === 0 ? '' : `, and ${refused} × refused`}`,
    );
  }
}

async function renew(
  { acm }: Clients,
  arn: string,
  { tls }: Balancer,
  tell: Narrator,
): Promise<void> {
  tell.title('9  It is renewed without a pause, and ends');
  const before = (await get(tls)).serial;
  const load = startLoad(tls);
  await acm.send(new RenewCertificateCommand({ CertificateArn: arn }));
  const serial = await until('another certificate is served', 15, async () => {
    const now = (await get(tls)).serial;
    return now === before ? undefined : now;
  });
  const { requests, failures } = await load.stop();
  tell.check(
    'RenewCertificate: a new key and serial under the same ARN',
    serial !== before,
    serial.toLowerCase(),
  );
  tell.check(
    'not one request failed meanwhile',
    failures === 0 && requests > 0,
    `${requests} requests`,
  );
}

/** Four clients that ask without pause, on new connections. */
function startLoad(tls: TlsClient): { stop(): Promise<{ requests: number; failures: number }> } {
  let requests = 0;
  let failures = 0;
  let isOver = false;
  const client = async (): Promise<void> => {
    while (!isOver) {
      requests += 1;
      const isAnswered = await get(tls).then(
        ({ status }) => status === 200,
        () => false,
      );
      if (!isAnswered) failures += 1;
    }
  };
  const clients = Promise.all(Array.from({ length: 4 }, client));
  return {
    async stop() {
      isOver = true;
      await clients;
      return { requests, failures };
    },
  };
}

async function end(
  { acm, elb, kms }: Clients,
  keyId: string,
  arn: string,
  balancer: Balancer,
  tell: Narrator,
): Promise<void> {
  const deletion = () => acm.send(new DeleteCertificateCommand({ CertificateArn: arn }));
  await tell.refused('a certificate in use is not deleted', 'ResourceInUseException', deletion);
  await elb.send(new DeleteListenerCommand({ ListenerArn: balancer.listenerArn }));
  tell.check(
    'the listener goes, and its grant with it',
    (await issuedGrants(kms, keyId)).length === 0,
  );
  const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: arn }));
  tell.check('InUseBy is empty', Certificate?.InUseBy?.length === 0);
  await deletion();
  await tell.refused('deleted, it is gone', 'ResourceNotFoundException', () =>
    acm.send(new DescribeCertificateCommand({ CertificateArn: arn })),
  );
}

const backendAnswer = 'hello from the target\n';
