import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DeleteCertificateCommand, ImportCertificateCommand } from '@aws-sdk/client-acm';
import { testTls } from '../../src/aws/test-edge.ts';
import { holdfast } from '../command.ts';
import { freePort } from '../loopback.ts';
import { parseOpenMetrics } from '../open-metrics.ts';
import { plantedKey } from '../planted-key.ts';
import { processesOf } from '../process-table.ts';
import { clientsOf } from '../sdk-clients.ts';
import { until } from '../until.ts';
import { startWorld } from '../world.ts';

interface Told {
  readonly id: string;
  readonly type: string;
  readonly arn: string | undefined;
}

function eventOf(body: string): Told {
  const event = JSON.parse(body) as { id: string; 'detail-type': string; resources: string[] };
  return { id: event.id, type: event['detail-type'], arn: event.resources[0] };
}

/** Of the certificates that became available, each event once. */
function available(told: readonly Told[]): (string | undefined)[] {
  const first = new Map(told.map((each) => [each.id, each]));
  return [...first.values()]
    .filter(({ type }) => type === 'ACM Certificate Available')
    .map(({ arn }) => arn);
}

/** A webhook on loopback, which takes events once `isOpen`. */
class Receiver implements AsyncDisposable {
  readonly key = Buffer.alloc(32, 7);
  readonly received: (Told & { readonly isSigned: boolean })[] = [];
  isOpen = true;
  readonly url: string;
  readonly #server = createServer(testTls, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (this.isOpen) this.#take(Buffer.concat(chunks).toString(), request.headers);
      response.writeHead(this.isOpen ? 204 : 503).end();
    });
  });

  constructor(port: number) {
    this.url = `https://localhost:${port}/events`;
    this.#server.listen(port, '127.0.0.1');
  }

  #take(body: string, headers: NodeJS.Dict<string | string[]>): void {
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    const signature = createHmac('sha256', this.key).update(signed).digest('base64');
    const isSigned = headers['webhook-signature'] === `v1,${signature}`;
    this.received.push({ isSigned, ...eventOf(body) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

test('events reach a file and a signed webhook, over an outage and a killed worker, and metrics say how many', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-events-'));
  await using receiver = new Receiver(await freePort());
  const write = (name: string, content: string): string => {
    writeFileSync(join(folder.path, name), content, { mode: 0o600 });
    return join(folder.path, name);
  };
  const trustedRoots = write('roots.pem', testTls.cert);
  const outbound = { allow: ['127.0.0.1/32'], trustedRoots };
  const eventsFile = join(folder.path, 'events.jsonl');
  const metrics = `127.0.0.1:${await freePort()}`;
  await using world = await startWorld({
    '--config': write('config.json', JSON.stringify({ outbound })),
    '--events-file': eventsFile,
    '--metrics': metrics,
  });
  using clients = clientsOf(world);
  const data = ['--data', world.dataDirectory];
  const secret = `whsec_${receiver.key.toString('base64')}`;
  const secretFile = write('secret', `${secret}\n`);

  const refused = receiver.url.replace('https://', 'https://user:hunter2@');
  const withCredentials = await holdfast([
    'events',
    'add',
    refused,
    '--secret-file',
    secretFile,
    ...data,
  ]);
  assert.deepEqual(withCredentials, {
    status: 1,
    output: '',
    errors: 'holdfast: a URL with user and password is not taken\n',
  });
  const added = await holdfast(
    ['events', 'add', receiver.url, '--secret-fd', '3', ...data],
    undefined,
    [secretFile],
  );
  const [id = ''] = /webhook-[0-9a-f]{16}/.exec(added.output) ?? [added.errors];
  assert.match((await holdfast(['events', 'test', id, ...data])).output, /took the event/);

  receiver.isOpen = false;
  const { certificatePem, keyPem } = plantedKey('ec');
  const material = { Certificate: certificatePem, PrivateKey: keyPem };
  const arns: (string | undefined)[] = [];
  for (let n = 0; n < 3; n++) {
    const { CertificateArn } = await clients.acm.send(new ImportCertificateCommand(material));
    arns.push(CertificateArn);
  }
  await until('the outage shows', 120, async () =>
    (await holdfast(['events', 'list', ...data])).output.includes('answered 503')
      ? true
      : undefined,
  );
  process.kill(processesOf(world.pid).get('worker') ?? 0, 'SIGKILL');
  receiver.isOpen = true;
  await until('all events are delivered', 120, async () =>
    available(receiver.received).length === 3 ? true : undefined,
  );
  assert.ok(receiver.received.every(({ isSigned }) => isSigned));
  assert.equal(receiver.received[0]?.type, 'Test Event');
  assert.deepEqual(available(receiver.received), arns);
  const inFile = await until('they are in the file', 120, async () => {
    const lines = readFileSync(eventsFile, 'utf8').split('\n').slice(0, -1);
    const found = available(lines.map(eventOf));
    return found.length === 3 ? found : undefined;
  });
  assert.deepEqual(inFile, arns);

  await clients.acm.send(new DeleteCertificateCommand({ CertificateArn: arns[0] }));
  const samples = await until('the API has said what it counted', 120, async () => {
    const found = await collected(metrics);
    const name =
      'holdfast_http_requests_total{service="acm",operation="DeleteCertificate",status="200"}';
    return found.has(name) ? found : undefined;
  });
  for (const [name, expected] of [
    ['holdfast_http_requests_total{service="acm",operation="ImportCertificate",status="200"}', 3],
    ['holdfast_acm_events_total{detail_type="ACM Certificate Available",action="IMPORT"}', 3],
    ['holdfast_process_ends_total{process="worker"}', 1],
    [`holdfast_events_waiting{target="${id}"}`, 0],
    ['holdfast_jobs_due{kind="issue-certificate"}', 0],
  ] as const)
    assert.equal(samples.get(name), expected, name);
  assert.ok((samples.get('holdfast_vault_uses_total{operation="importPrivateKey"}') ?? 0) >= 3);
  assert.ok((samples.get('holdfast_store_commit_seconds_count{process="api"}') ?? 0) > 3);
  const ending = [...samples.keys()].filter((name) =>
    name.startsWith('holdfast_acm_days_to_expiry'),
  );
  assert.deepEqual(
    ending.toSorted((a, b) => (a < b ? -1 : 1)),
    arns
      .slice(1)
      .map((arn) => `holdfast_acm_days_to_expiry{certificate_arn="${arn}"}`)
      .toSorted((a, b) => (a < b ? -1 : 1)),
  );
  const rotated = await holdfast(['events', 'rotate', id, '--secret-file', secretFile, ...data]);
  assert.match(rotated.output, /with this secret and the one before/);
  assert.match((await holdfast(['events', 'remove', id, ...data])).output, /no event any more/);
  const left = await holdfast(['events', 'list', ...data]);
  assert.match(left.output, /^file {2}all accounts {2}\d+ waiting\n$/);
  const kept = await holdfast(['events', 'remove', 'file', ...data]);
  assert.deepEqual([kept.status, kept.output], [1, '']);
  for (const text of [secret, secret.slice(6), 'hunter2']) assert.ok(!world.log().includes(text));
});

async function collected(at: string): Promise<Map<string, number>> {
  const response = await fetch(`http://${at}/metrics`);
  assert.equal(
    response.headers.get('content-type'),
    'application/openmetrics-text; version=1.0.0; charset=utf-8',
  );
  const families = parseOpenMetrics(await response.text());
  return new Map([...families.values()].flatMap(({ samples }) => [...samples]));
}
