import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect } from 'node:tls';
import { RequestCertificateCommand, RevokeCertificateCommand } from '@aws-sdk/client-acm';
import { holdfast } from '../command.ts';
import { startTarget } from '../loopback.ts';
import { hasProcessTable, processesOf } from '../process-table.ts';
import { clientsOf } from '../sdk-clients.ts';
import { hasOpenssl, OpensslFolder } from '../suites/openssl.ts';
import { until } from '../until.ts';
import { startWorld, type World } from '../world.ts';
import { AwsCli } from './aws-cli.ts';
import { hasPebble, outboundToPebble, startPebble, type Pebble } from './pebble.ts';

const hasAws = spawnSync('aws', ['--version']).status === 0;
const skip =
  hasAws && hasPebble && hasOpenssl && hasProcessTable
    ? false
    : 'needs Linux, aws, openssl and pebble';

interface Certificate {
  readonly Status: string;
  readonly Serial?: string;
  readonly FailureReason?: string;
  readonly RenewalSummary?: { readonly RenewalStatus: string };
  readonly DomainValidationOptions: readonly { readonly ResourceRecord: ResourceRecord }[];
}

test(
  'certificates of pebble: requested with the AWS CLI, proved by one CNAME, served, renewed by nobody, revoked',
  { skip, timeout: 900_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-acme-'));
    const config = join(folder, 'config.json');
    writeFileSync(config, JSON.stringify({ outbound: outboundToPebble(folder) }));
    await using world = await startWorld({ '--config': config });
    await using pebble = await startPebble(world.dnsPort);
    await using backend = await startTarget('hello');
    const aws = new AwsCli(world);
    await addIssuer(world, pebble.directoryUrl);
    const zone = await aws.run<{ HostedZone: { Id: string } }>(
      'route53 create-hosted-zone --name acme.test --caller-reference first',
    );
    const { CertificateArn: arn } = await aws.run<{ CertificateArn: string }>(
      `acm request-certificate --domain-name acme.test --subject-alternative-names *.acme.test
       --validation-method DNS --key-algorithm EC_prime256v1`,
    );
    const records = await recordsOf(aws, arn);
    // The wildcard and the name itself share one record.
    assert.deepEqual(records[0], records[1]);
    assert.equal(records[0]?.Name, '_acme-challenge.acme.test.');
    await setRecord(aws, zone.HostedZone.Id, records[0]);

    // Whatever it was doing: the next worker goes on with it.
    const deaths = killWorkers(world, 4);
    const issued = await issuedAs(aws, arn);
    await deaths;
    await aws.run(`acm wait certificate-validated --certificate-arn ${arn}`);
    const first = await chainOf(aws, arn);
    const root = await pebble.rootPem();
    assert.match(verify(first, root, 'www.acme.test'), /leaf.pem: OK/);

    const address = await listen(aws, arn, backend.port);
    const served = await until('a handshake', 120, () => presented(address, root));
    assert.equal(served.fingerprint256, new X509Certificate(first.Certificate).fingerprint256);

    await aws.run(`acm renew-certificate --certificate-arn ${arn}`);
    const renewed = await until('the renewal', 300, async () => {
      const certificate = await describe(aws, arn);
      return certificate.RenewalSummary?.RenewalStatus === 'SUCCESS' ? certificate : undefined;
    });
    assert.notEqual(renewed.Serial, issued.Serial);
    const second = await chainOf(aws, arn);
    assert.match(verify(second, root, 'acme.test'), /leaf.pem: OK/);
    const [before, after] = [first, second].map((each) => new X509Certificate(each.Certificate));
    assert.ok(before && after && !before.publicKey.equals(after.publicKey));
    await until('the new certificate', 120, async () => {
      const now = await presented(address, root);
      return now?.fingerprint256 === after.fingerprint256 ? now : undefined;
    });
    await revokeAnother(aws, world, zone.HostedZone.Id, pebble, folder);
    // Whatever was killed when: no order was carried out twice.
    assert.equal(pebble.log().match(/Issued certificate serial/g)?.length, 3);
    rmSync(folder, { recursive: true });
  },
);

async function describe(aws: AwsCli, arn: string): Promise<Certificate> {
  const command = `acm describe-certificate --certificate-arn ${arn}`;
  return (await aws.run<{ Certificate: Certificate }>(command)).Certificate;
}

interface ResourceRecord {
  readonly Name: string;
  readonly Value: string;
}

async function recordsOf(aws: AwsCli, arn: string): Promise<ResourceRecord[]> {
  const { DomainValidationOptions } = await describe(aws, arn);
  return DomainValidationOptions.map((each) => each.ResourceRecord);
}

async function setRecord(aws: AwsCli, zoneId: string, record?: ResourceRecord): Promise<void> {
  const { Name, Value } = record ?? assert.fail('there is no record to set');
  const ResourceRecordSet = { Name, Type: 'CNAME', TTL: 60, ResourceRecords: [{ Value }] };
  const batch = JSON.stringify({ Changes: [{ Action: 'UPSERT', ResourceRecordSet }] });
  await aws.run(
    `route53 change-resource-record-sets --hosted-zone-id ${zoneId} --change-batch ${batch}`,
  );
}

function issuedAs(aws: AwsCli, arn: string): Promise<Certificate> {
  return until('the certificate', 300, async () => {
    const certificate = await describe(aws, arn);
    assert.notEqual(certificate.Status, 'FAILED', `${certificate.FailureReason}`);
    return certificate.Status === 'ISSUED' ? certificate : undefined;
  });
}

/** One that left the server, and is taken back by the CA itself. */
async function revokeAnother(
  aws: AwsCli,
  world: World,
  zoneId: string,
  pebble: Pebble,
  folder: string,
): Promise<void> {
  // An AWS CLI of 2022 knows neither the option nor the revocation.
  using clients = clientsOf(world);
  const { CertificateArn: arn = '' } = await clients.acm.send(
    new RequestCertificateCommand({
      DomainName: 'gone.acme.test',
      ValidationMethod: 'DNS',
      KeyAlgorithm: 'EC_prime256v1',
      Options: { Export: 'ENABLED' },
    }),
  );
  await setRecord(aws, zoneId, (await recordsOf(aws, arn))[0]);
  await issuedAs(aws, arn);
  const passphrase = join(folder, 'passphrase');
  writeFileSync(passphrase, 'a passphrase');
  await aws.run(
    `acm export-certificate --certificate-arn ${arn} --passphrase fileb://${passphrase}`,
  );
  const { serialNumber } = new X509Certificate((await chainOf(aws, arn)).Certificate);
  assert.equal(await pebble.statusOf(serialNumber), 'Valid');
  await clients.acm.send(
    new RevokeCertificateCommand({ CertificateArn: arn, RevocationReason: 'KEY_COMPROMISE' }),
  );
  await until('the revocation', 180, async () =>
    (await pebble.statusOf(serialNumber)) === 'Revoked' ? true : undefined,
  );
}

async function addIssuer(world: World, directoryUrl: string): Promise<void> {
  const { dataDirectory } = world;
  const data = ['--data', dataDirectory];
  const terms = ['--agree-terms', '--contact', 'ops@acme.test'];
  const words = `issuer add pebble --directory ${directoryUrl} --domain acme.test`.split(' ');
  const added = await holdfast([...words, ...terms, ...data]);
  assert.equal(added.status, 0, added.errors);
  const tested = await holdfast(['issuer', 'test', 'pebble', ...data]);
  assert.match(tested.output, /our account is valid/, tested.errors);
  const listed = await holdfast(['issuer', 'list', ...data]);
  assert.match(listed.output, /^pebble {2}\* {2}acme\.test {2}https:/);
}

/** Kills the worker again and again, each as soon as there is one. */
async function killWorkers(world: World, times: number): Promise<void> {
  let last: number | undefined;
  for (let n = 0; n < times; n += 1) {
    last = await until('a worker', 120, async () => {
      const pid = processesOf(world.pid).get('worker');
      return pid === last ? undefined : pid;
    });
    // Within a second it does one thing of an order or another.
    await new Promise((resolve) => setTimeout(resolve, 700));
    process.kill(last, 'SIGKILL');
  }
}

interface ChainOutput {
  readonly Certificate: string;
  readonly CertificateChain: string;
}

function chainOf(aws: AwsCli, arn: string): Promise<ChainOutput> {
  return aws.run<ChainOutput>(`acm get-certificate --certificate-arn ${arn}`);
}

/** What openssl says of it as the certificate of a server. */
function verify(chain: ChainOutput, root: string, host: string): string {
  using folder = new OpensslFolder();
  const trust = ['-CAfile', folder.write('root.pem', root)];
  const between = ['-untrusted', folder.write('chain.pem', chain.CertificateChain)];
  const server = ['-purpose', 'sslserver', '-verify_hostname', host];
  const leaf = folder.write('leaf.pem', chain.Certificate);
  return folder.run('verify', ...trust, ...between, ...server, leaf);
}

/** A load balancer with an HTTPS listener on port 8443. Resolves with its address. */
async function listen(aws: AwsCli, arn: string, targetPort: number): Promise<string> {
  const { LoadBalancers } = await aws.run<{
    LoadBalancers: {
      LoadBalancerArn: string;
      AvailabilityZones: { LoadBalancerAddresses: { IpAddress: string }[] }[];
    }[];
  }>('elbv2 create-load-balancer --name acme --subnets subnet-1 subnet-2');
  const [balancer] = LoadBalancers;
  const { TargetGroups } = await aws.run<{ TargetGroups: { TargetGroupArn: string }[] }>(
    `elbv2 create-target-group --name acme --protocol HTTP --port ${targetPort} --target-type ip --vpc-id vpc-1`,
  );
  const group = TargetGroups[0]?.TargetGroupArn;
  await aws.run(`elbv2 register-targets --target-group-arn ${group} --targets Id=127.0.0.1`);
  await aws.run(
    `elbv2 create-listener --load-balancer-arn ${balancer?.LoadBalancerArn} --protocol HTTPS --port 8443
     --certificates CertificateArn=${arn} --default-actions Type=forward,TargetGroupArn=${group}`,
  );
  return balancer?.AvailabilityZones[0]?.LoadBalancerAddresses[0]?.IpAddress ?? '';
}

/** The certificate of a handshake that verifies; undefined while there is none. */
async function presented(host: string, root: string): Promise<X509Certificate | undefined> {
  const socket = connect({ host, port: 8443, servername: 'www.acme.test', ca: root });
  try {
    await once(socket, 'secureConnect');
    return socket.getPeerX509Certificate();
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}
