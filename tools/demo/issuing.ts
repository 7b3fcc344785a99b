import {
  DescribeCertificateCommand,
  GetCertificateCommand,
  ImportCertificateCommand,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  ListAliasesCommand,
  ListGrantsCommand,
} from '@aws-sdk/client-kms';
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { verifyWithOpenssl } from './openssl.ts';
import { milliseconds, type Narrator } from './narrator.ts';
import { plantedKey, searchForms } from '../../test/planted-key.ts';
import { clientsOf, type Clients } from '../../test/sdk-clients.ts';
import { until } from '../../test/until.ts';
import type { World } from '../../test/world.ts';

/** The name that the demo's certificate is for. */
export const domain = 'shop.demo.test';

export async function request(
  server: World,
  { acm, sts }: Clients,
  tell: Narrator,
): Promise<string> {
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

export async function managedKey({ kms }: Clients, tell: Narrator): Promise<string> {
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

export async function hiddenKeys(
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

export async function issue(
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
  await until('the certificate is issued', 120, async () => {
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
