import assert from 'node:assert/strict';
import { get } from 'node:https';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  ExportCertificateCommand,
  GetCertificateCommand,
  ImportCertificateCommand,
  ListCertificatesCommand,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  AddListenerCertificatesCommand,
  DescribeListenerCertificatesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateKeyCommand,
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  ListKeysCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { CreateHostedZoneCommand, ListHostedZonesCommand } from '@aws-sdk/client-route-53';
import { testCertificate } from '../../src/dataplane/gateway/test-certificates.ts';
import { changes, FaultyDisk, noFaultyDisk, type Fault } from '../faulty-disk/faulty-disk.ts';
import { issuedCertificate } from '../issued.ts';
import { processesOf, processNames } from '../process-table.ts';
import { clientsOf, type Clients } from '../sdk-clients.ts';
import { Database } from '../torture/database.ts';
import { makeFixtures, type Fixtures, zoneName } from '../torture/fixtures.ts';
import { servedSerial } from '../torture/served.ts';
import { until } from '../until.ts';
import { startWorld, type World } from '../world.ts';

// The disk of real processes fails. Every call is refused with an error that AWS's clients try again, nothing that was
// refused is there, nothing that was acknowledged is missing, and when the disk works again so does everything.

const skip = noFaultyDisk() ?? false;
const options = { skip, timeout: 900_000 };
const main = join(import.meta.dirname, '../../src/main.ts');

let disk: FaultyDisk;
let world: World;
let fixtures: Fixtures;
/** Of one attempt for each call. */
let clients: Clients;
let exportable: string;
let ciphertext: Uint8Array;

before(async () => {
  if (skip !== false) return;
  disk = new FaultyDisk();
  const holdfast = disk.command([process.execPath, main]);
  world = await startWorld(disk.options, holdfast);
  fixtures = await makeFixtures(world);
  clients = clientsOf(world, { maxAttempts: 1 });
  exportable = await issuedCertificate(clients, fixtures.zoneId, {
    DomainName: `exportable.${zoneName}`,
    KeyAlgorithm: 'EC_prime256v1',
    Options: { Export: 'ENABLED' },
  });
  const sealed = await clients.kms.send(
    new EncryptCommand({ KeyId: fixtures.keyId, Plaintext: Buffer.from('of a customer') }),
  );
  ciphertext = sealed.CiphertextBlob ?? new Uint8Array();
});
after(async () => {
  if (skip !== false) return;
  clients[Symbol.dispose]();
  await fixtures[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
  disk[Symbol.dispose]();
});

const faults: Readonly<Record<string, Fault>> = {
  'a full disk': { error: 'ENOSPC', calls: ['write'] },
  'an I/O error when something is written': { error: 'EIO', calls: ['write'] },
  'an I/O error when something is synced': { error: 'EIO', calls: ['sync'] },
  'a folder that became read-only': {
    error: 'EROFS',
    calls: changes.filter((each) => each !== 'sync'),
  },
};

for (const [name, fault] of Object.entries(faults)) {
  test(`${name}: calls are refused for now, and nothing of them is there`, options, async () => {
    const [stateBefore, processes] = [await state(), runningProcesses()];
    const [logged, certifiedBefore] = [world.log().length, certified()];
    disk.fail(fault);
    for (const [operation, call] of Object.entries(calls()))
      await assert.rejects(call, isRetryable, operation);
    assert.deepEqual(await health(), {
      status: 503,
      body: { status: 'degraded', components: ['store'] },
    });
    const [balancer] = fixtures.balancers;
    assert.ok(await servedSerial(balancer?.host ?? '', 'any.test'), 'the gateway serves');
    disk.heal();
    await until('everything works again', 120, async () =>
      (await health()).status === 200 ? true : undefined,
    );
    assert.deepEqual(await state(), stateBefore);
    assert.deepEqual(certified(), certifiedBefore);
    assert.deepEqual(runningProcesses(), processes, 'nobody had to be started again');
    const said = messagesIn(logged).filter((each) => !each.includes('works again'));
    assert.deepEqual(new Set(said), new Set(['the store fails, and calls are refused']));
    assert.ok(said.length <= 2, 'the API says it once, and the worker');
  });
}

test('a short fault costs a client with default settings nothing', options, async () => {
  using patient = clientsOf(world);
  for (const error of ['ENOSPC', 'EIO'] as const) {
    disk.fail({ error, calls: ['write'], failures: 2 });
    const { Plaintext } = await patient.kms.send(
      new DecryptCommand({ CiphertextBlob: ciphertext }),
    );
    assert.equal(Buffer.from(Plaintext ?? []).toString(), 'of a customer');
  }
});

test('what was asked for before the fault is done once after it', options, async () => {
  const input = { DomainName: `meanwhile.${zoneName}`, KeyAlgorithm: 'EC_prime256v1' as const };
  // A sync fails at each of the next steps of the job, whatever it is at.
  disk.fail({ error: 'EIO', calls: ['sync'], passes: 6, failures: 12 });
  using patient = clientsOf(world, { maxAttempts: 20 });
  await issuedCertificate(patient, fixtures.zoneId, input);
  assert.equal(certified().filter((subject) => subject === input.DomainName).length, 1);
});

for (const name of ['a full disk', 'a folder that became read-only'])
  test(
    `processes that are started anew on ${name} refuse calls while they wait, and go on without help`,
    options,
    async () => {
      const stateBefore = await state();
      disk.fail(faults[name]!);
      const running = runningProcesses();
      for (const each of ['api', 'worker'] as const)
        process.kill(running.get(each) ?? 0, 'SIGKILL');
      const waiting = await until('the API waits', 120, () => health().catch(() => undefined));
      assert.equal(waiting.status, 503);
      assert.match(
        JSON.stringify(waiting.body),
        /^\{"status":"degraded","components":\["(store|api)"\]\}$/,
      );
      for (const [operation, call] of Object.entries(calls()))
        await assert.rejects(call, isRetryable, operation);
      disk.heal();
      await until('the API serves', 120, async () =>
        (await health()).status === 200 ? true : undefined,
      );
      assert.deepEqual(await state(), stateBefore);
      // Which takes the worker, too.
      using patient = clientsOf(world);
      const DomainName = `${faults[name]?.error.toLowerCase()}.${zoneName}`;
      await issuedCertificate(patient, fixtures.zoneId, { DomainName });
    },
  );

test('a server that is started on a full disk says so and ends', options, async () => {
  const stateBefore = await state();
  const logged = world.log().length;
  disk.fail({ error: 'ENOSPC', calls: ['write'] });
  await assert.rejects(world.restart('SIGKILL'), /holdfast.db: the database cannot be opened: /);
  assert.deepEqual(
    messagesIn(logged).filter((each) => !each.startsWith('the vault')),
    [],
  );
  disk.heal();
  await world.restart();
  assert.deepEqual(await state(), stateBefore);
});

/** One call of each kind: a read, a use of a key, a change. */
function calls(): Record<string, () => Promise<unknown>> {
  const { acm, cloudtrail, elb, kms, route53 } = clients;
  const { balancers, keyId: KeyId } = fixtures;
  const { pem, privateKey } = testCertificate(['imported.test']);
  const PrivateKey = Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const CertificateArn = exportable;
  return {
    CreateKey: () => kms.send(new CreateKeyCommand({})),
    Encrypt: () => kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('1') })),
    Decrypt: () => kms.send(new DecryptCommand({ CiphertextBlob: ciphertext })),
    GenerateDataKey: () => kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' })),
    ScheduleKeyDeletion: () => kms.send(new ScheduleKeyDeletionCommand({ KeyId })),
    RequestCertificate: () => acm.send(new RequestCertificateCommand({ DomainName: 'new.test' })),
    ImportCertificate: () =>
      acm.send(new ImportCertificateCommand({ Certificate: Buffer.from(pem), PrivateKey })),
    ExportCertificate: () =>
      acm.send(new ExportCertificateCommand({ CertificateArn, Passphrase: Buffer.from('1234') })),
    GetCertificate: () => acm.send(new GetCertificateCommand({ CertificateArn })),
    DescribeCertificate: () => acm.send(new DescribeCertificateCommand({ CertificateArn })),
    DeleteCertificate: () => acm.send(new DeleteCertificateCommand({ CertificateArn })),
    AddListenerCertificates: () =>
      elb.send(
        new AddListenerCertificatesCommand({
          ListenerArn: balancers[0]?.listenerArn,
          Certificates: [{ CertificateArn }],
        }),
      ),
    CreateHostedZone: () =>
      route53.send(new CreateHostedZoneCommand({ Name: 'new.test', CallerReference: '1' })),
    LookupEvents: () => cloudtrail.send(new LookupEventsCommand({})),
  };
}

/** What the calls above would change. */
async function state(): Promise<unknown> {
  using patient = clientsOf(world);
  const { acm, elb, kms, route53 } = patient;
  const keyTypes = ['EC_prime256v1', 'RSA_2048'] as const;
  const ListenerArn = fixtures.balancers[0]?.listenerArn;
  const answers = await Promise.all([
    kms.send(new ListKeysCommand({})),
    acm.send(new ListCertificatesCommand({ Includes: { keyTypes: [...keyTypes] } })),
    acm.send(new DescribeCertificateCommand({ CertificateArn: exportable })),
    elb.send(new DescribeListenerCertificatesCommand({ ListenerArn })),
    route53.send(new ListHostedZonesCommand({})),
  ]);
  const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob: ciphertext }));
  return [...answers, { Plaintext }].map((answer) => ({ ...answer, $metadata: undefined }));
}

/** By AWS's documentation, and to its SDKs, which try it again by themselves. */
function isRetryable(error: { name: string; $metadata?: { httpStatusCode?: number } }): boolean {
  const status = error.$metadata?.httpStatusCode ?? 0;
  assert.ok(status >= 500, `${error.name} ${status}`);
  assert.match(error.name, /^(ServiceUnavailable|DependencyTimeoutException|InternalFailure)/);
  return true;
}

/** The names for which the authority has written down a certificate. */
function certified(): readonly string[] {
  using database = new Database(world.dataDirectory);
  const rows = database.rows<{ subject: string }>(
    `SELECT subject FROM ca_certificate WHERE subject LIKE '%.test' ORDER BY serial`,
  );
  return rows.map(({ subject }) => subject);
}

function runningProcesses(): ReadonlyMap<string, number> {
  const running = processesOf(world.pid);
  assert.equal(running.size, processNames.length);
  return running;
}

async function health(): Promise<{ status: number | undefined; body: unknown }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number | undefined;
    body: unknown;
  }>();
  const options = { ca: world.caPem, agent: false, timeout: 60_000 };
  const asked = get(`${world.endpoint}/health`, options, async (response) => {
    const body: unknown = JSON.parse((await response.setEncoding('utf8').toArray()).join(''));
    resolve({ status: response.statusCode, body });
  });
  asked.on('timeout', () => asked.destroy(new Error('no answer')));
  asked.on('error', reject);
  return promise;
}

/** @param logged so much was in the log before */
function messagesIn(logged: number): string[] {
  const lines = world.log().slice(logged).split('\n');
  return lines
    .filter((line) => line.startsWith('{'))
    .map((line) => (JSON.parse(line) as { message: string }).message);
}
