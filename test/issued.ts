import {
  DescribeCertificateCommand,
  RequestCertificateCommand,
  type CertificateDetail,
  type RequestCertificateCommandInput,
} from '@aws-sdk/client-acm';
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import type { Clients } from './sdk-clients.ts';
import { until } from './until.ts';

type Some<Name extends keyof Clients> = Pick<Clients, Name>;

export async function createZone({ route53 }: Some<'route53'>, name: string): Promise<string> {
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({ Name: name, CallerReference: name }),
  );
  return HostedZone?.Id ?? '';
}

/** Requests a certificate, proves its one domain in the zone, and waits until it is issued. Resolves with its ARN. */
export async function issuedCertificate(
  clients: Some<'acm' | 'route53'>,
  zoneId: string,
  input: RequestCertificateCommandInput,
): Promise<string> {
  const { CertificateArn = '' } = await clients.acm.send(
    new RequestCertificateCommand({ ValidationMethod: 'DNS', ...input }),
  );
  await prove(clients, zoneId, CertificateArn);
  await until(`${input.DomainName} is issued`, 120, async () =>
    (await detailOf(clients, CertificateArn)).Status === 'ISSUED' ? true : undefined,
  );
  return CertificateArn;
}

/** Sets the record that the certificate waits for. */
export async function prove(
  clients: Some<'acm' | 'route53'>,
  zoneId: string,
  arn: string,
): Promise<void> {
  const record = (await detailOf(clients, arn)).DomainValidationOptions?.[0]?.ResourceRecord;
  const ResourceRecordSet = {
    Name: record?.Name,
    Type: 'CNAME' as const,
    TTL: 60,
    ResourceRecords: [{ Value: record?.Value }],
  };
  await clients.route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: zoneId,
      ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] },
    }),
  );
}

export async function detailOf({ acm }: Some<'acm'>, arn: string): Promise<CertificateDetail> {
  const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: arn }));
  return Certificate ?? {};
}
