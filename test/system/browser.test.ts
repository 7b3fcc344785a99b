import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  type Certificate,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  DescribeCertificateCommand,
  RequestCertificateCommand,
  type KeyAlgorithm,
} from '@aws-sdk/client-acm';
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { clientsOf, type Clients } from '../sdk-clients.ts';
import { startWorld } from '../world.ts';

const hasBrowser =
  spawnSync('chromium', ['--version']).status === 0 &&
  spawnSync('certutil', ['-H']).error === undefined;

/** Answers of a load balancer itself: what is judged here is its certificate. */
const answer = {
  Type: 'fixed-response' as const,
  FixedResponseConfig: {
    StatusCode: '200',
    ContentType: 'text/html',
    MessageBody: '<p>served</p>',
  },
};

test(
  'a browser that trusts the root takes the certificates, by name and by wildcard',
  { skip: !hasBrowser, timeout: 900_000 },
  async (t) => {
    await using world = await startWorld();
    using clients = clientsOf(world);
    const browser = new Browser(t, world.caPem);
    const { LoadBalancers } = await clients.elb.send(
      new CreateLoadBalancerCommand({ Name: 'web', Subnets: ['subnet-1', 'subnet-2'] }),
    );
    const { LoadBalancerArn, AvailabilityZones } = LoadBalancers?.[0] ?? {};
    const address = AvailabilityZones?.[0]?.LoadBalancerAddresses?.[0]?.IpAddress ?? '';
    const zone = await clients.route53.send(
      new CreateHostedZoneCommand({ Name: 'browser.test', CallerReference: 'browser' }),
    );
    for (const [index, algorithm] of (['RSA_2048', 'EC_prime256v1'] as const).entries()) {
      const arn = await issue(clients, zone.HostedZone?.Id ?? '', algorithm);
      const Certificates: Certificate[] = [{ CertificateArn: arn }];
      const Port = 8443 + index;
      await clients.elb.send(
        new CreateListenerCommand({
          LoadBalancerArn,
          Protocol: 'HTTPS',
          Port,
          Certificates,
          DefaultActions: [answer],
        }),
      );
      const page = (name: string) => browser.page(`https://${name}:${Port}/`, name, address);
      assert.match(await page('www.browser.test'), /served/, algorithm);
      assert.match(await page('a.browser.test'), /served/, algorithm);
      assert.doesNotMatch(await page('a.b.browser.test'), /served/, 'a wildcard is for one label');
    }
  },
);

async function issue(
  { acm, route53 }: Clients,
  HostedZoneId: string,
  KeyAlgorithm: KeyAlgorithm,
): Promise<string> {
  const { CertificateArn = '' } = await acm.send(
    new RequestCertificateCommand({
      DomainName: 'www.browser.test',
      SubjectAlternativeNames: ['*.browser.test'],
      ValidationMethod: 'DNS',
      KeyAlgorithm,
    }),
  );
  const describe = async () =>
    (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate;
  const options = (await describe())?.DomainValidationOptions ?? [];
  const records = new Map(
    options.map(({ ResourceRecord: record }) => [record?.Name, record?.Value]),
  );
  const Changes = [...records].map(([Name, Value]) => ({
    Action: 'UPSERT' as const,
    ResourceRecordSet: { Name, Type: 'CNAME' as const, TTL: 60, ResourceRecords: [{ Value }] },
  }));
  await route53.send(
    new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }),
  );
  while ((await describe())?.Status !== 'ISSUED')
    await new Promise((resolve) => setTimeout(resolve, 100));
  return CertificateArn;
}

/** Chromium with a profile of its own, which trusts one more root. */
class Browser {
  readonly #home: string;

  constructor(t: TestContext, rootPem: string) {
    this.#home = mkdtempSync(join(tmpdir(), 'holdfast-browser-'));
    t.after(() => rmSync(this.#home, { recursive: true, force: true, maxRetries: 5 }));
    const database = join(this.#home, '.pki', 'nssdb');
    mkdirSync(database, { recursive: true });
    const root = join(this.#home, 'root.pem');
    writeFileSync(root, rootPem);
    const sql = `sql:${database}`;
    assert.equal(spawnSync('certutil', ['-N', '-d', sql, '--empty-password']).status, 0);
    assert.equal(
      spawnSync('certutil', ['-A', '-d', sql, '-n', 'root', '-t', 'C,,', '-i', root]).status,
      0,
    );
  }

  /** The page as the browser has built it: its own error page when it does not trust what it is shown. */
  async page(url: string, name: string, address: string): Promise<string> {
    const child = spawn(
      'chromium',
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--user-data-dir=${join(this.#home, 'profile')}`,
        `--host-resolver-rules=MAP ${name} ${address}`,
        '--dump-dom',
        url,
      ],
      { env: { ...process.env, HOME: this.#home }, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    let content = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (content += chunk));
    await once(child, 'close');
    return content;
  }
}
