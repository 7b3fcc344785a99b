import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeCertificateCommand,
  ExportCertificateCommand,
  GetCertificateCommand,
  RenewCertificateCommand,
  RequestCertificateCommand,
  RevokeCertificateCommand,
} from '@aws-sdk/client-acm';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { parseCertificate } from '../../src/lib/x509.ts';
import { clientsOf, type Clients } from '../sdk-clients.ts';
import { hasOpenssl, OpensslFolder } from '../suites/openssl.ts';
import { startWorld } from '../world.ts';

test(
  'a revoked certificate and the one that was renewed away stand on the list over HTTP, for openssl too, after a kill as well',
  { skip: hasOpenssl ? false : 'openssl is not installed', timeout: 900_000 },
  async () => {
    await using world = await startWorld();
    using clients = clientsOf(world);
    using openssl = new OpensslFolder();
    const { acm } = clients;
    const CertificateArn = await issueExported(clients);
    const first = await acm.send(new GetCertificateCommand({ CertificateArn }));
    await acm.send(new RenewCertificateCommand({ CertificateArn }));
    await until(async () => (await describe(clients, CertificateArn)).Serial !== serialOf(first));
    const second = await acm.send(new GetCertificateCommand({ CertificateArn }));

    const [url = ''] = parseCertificate(new X509Certificate(pemOf(first)).raw).crlUrls;
    const root = openssl.write('root.pem', world.caPem);
    const verify = async ({ Certificate = '', CertificateChain = '' }: Issued): Promise<string> => {
      openssl.write('list.der', Buffer.from(await (await fetch(url)).arrayBuffer()));
      openssl.run('crl', '-inform', 'DER', '-in', 'list.der', '-out', 'list.pem');
      const chain = ['-untrusted', openssl.write('chain.pem', CertificateChain)];
      const lists = ['-crl_check', '-CRLfile', 'list.pem'];
      const leaf = openssl.write('leaf.pem', Certificate);
      return openssl.run('verify', '-x509_strict', '-CAfile', root, ...chain, ...lists, leaf);
    };
    for (const each of [first, second]) assert.match(await verify(each), /leaf\.pem: OK/);
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    const ask = (): Promise<Response> => fetch(url, { headers: { 'if-none-match': etag } });
    assert.equal((await ask()).status, 304);

    const revocation = { CertificateArn, RevocationReason: 'KEY_COMPROMISE' as const };
    await acm.send(new RevokeCertificateCommand(revocation));
    await world.restart('SIGKILL');
    await until(async () => (await ask()).status === 200);
    for (const each of [first, second]) await assert.rejects(verify(each), /certificate revoked/);
    const printed = openssl.run('crl', '-noout', '-text', '-in', 'list.pem');
    for (const each of [first, second])
      assert.ok(printed.includes(serialOf(each).replaceAll(':', '').toUpperCase()));
    assert.match(printed, /Key Compromise/);

    const described = await describe(clients, CertificateArn);
    assert.equal(described.Status, 'REVOKED');
    assert.equal(described.RevocationReason, 'KEY_COMPROMISE');
    assert.ok(described.RevokedAt);
    await assert.rejects(acm.send(new RevokeCertificateCommand(revocation)), {
      name: 'ConflictException',
    });
    for (const name of ['RevokeCertificate', 'IssueCertificateRevocationList'])
      assert.ok(await isRecorded(clients, name), name);
    const roots = await fetch(`http://127.0.0.1:${world.plainPort}/ca.pem`);
    assert.equal(await roots.text(), world.caPem);
    assert.doesNotMatch(world.log(), /"level":"error"/);
  },
);

interface Issued {
  readonly Certificate?: string | undefined;
  readonly CertificateChain?: string | undefined;
}

function pemOf({ Certificate = '' }: Issued): string {
  return Certificate;
}

/** As DescribeCertificate has it. */
function serialOf(issued: Issued): string {
  const { serialNumber } = new X509Certificate(pemOf(issued));
  return serialNumber.toLowerCase().replace(/..(?=.)/g, '$&:');
}

async function issueExported({ acm, route53 }: Clients): Promise<string> {
  const zone = await route53.send(
    new CreateHostedZoneCommand({ Name: 'revoked.test', CallerReference: 'revoked' }),
  );
  const { CertificateArn = '' } = await acm.send(
    new RequestCertificateCommand({
      DomainName: 'www.revoked.test',
      ValidationMethod: 'DNS',
      KeyAlgorithm: 'EC_prime256v1',
      Options: { Export: 'ENABLED' },
    }),
  );
  const describe = async () =>
    (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate;
  const { Name, Value } =
    (await describe())?.DomainValidationOptions?.[0]?.ResourceRecord ?? assert.fail('no record');
  const ResourceRecordSet = {
    Name,
    Type: 'CNAME' as const,
    TTL: 60,
    ResourceRecords: [{ Value }],
  };
  await route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: zone.HostedZone?.Id,
      ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] },
    }),
  );
  await until(async () => (await describe())?.Status === 'ISSUED');
  const Passphrase = Buffer.from('a passphrase');
  await acm.send(new ExportCertificateCommand({ CertificateArn, Passphrase }));
  return CertificateArn;
}

async function describe({ acm }: Clients, CertificateArn: string) {
  const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
  return Certificate ?? {};
}

async function isRecorded({ cloudtrail }: Clients, AttributeValue: string): Promise<boolean> {
  const { Events = [] } = await cloudtrail.send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue }],
    }),
  );
  return Events.length > 0;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(100);
}
