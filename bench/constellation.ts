/**
 * What calls cost on the real constellation, end to end: TLS, SigV4, policies, vault, durable audit record.
 * The clients are in another process, keep their connections, and send requests that were signed before; each
 * waits for its answer. Beside it a bare node:https server that answers the same requests with nothing.
 *
 *   node bench/constellation.ts [seconds]
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { CreateKeyCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { testTls } from '../src/aws/test-edge.ts';
import { testCertificate } from '../src/dataplane/gateway/test-certificates.ts';
import { clientsOf } from '../test/sdk-clients.ts';
import { startWorld, type World } from '../test/world.ts';
import { cpuMilliseconds, processesUnder } from './cpu-time.ts';
import { run, startGenerator, type Load, type LoadResult } from './load.ts';
import { signedRequest } from './signed-request.ts';

const seconds = Number(process.argv[2] ?? 3);

/** Signed requests of one operation, sent in turn. */
type Requests = readonly string[];

async function compare(): Promise<void> {
  await using world = await startWorld();
  const generator = startGenerator();
  const bare = fork(fileURLToPath(import.meta.url), ['bare']);
  const [barePort] = (await once(bare, 'message')) as [number];
  const { port } = new URL(world.endpoint);
  const processes = processesUnder(world.pid);
  for (const { name, clients, requests } of await loads(world)) {
    const load = { port: Number(port), caPem: world.caPem, clients, seconds, requests };
    const ours = await measured(generator, load, [
      processes.get('api') ?? 0,
      processes.get('vault') ?? 0,
    ]);
    const theirs = await measured(generator, { ...load, port: barePort, caPem: testTls.cert }, [
      bare.pid ?? 0,
    ]);
    const [api = 0, vault = 0] = ours.cpu;
    const [bareCpu = 0] = theirs.cpu;
    process.stdout.write(
      [
        name.padEnd(32),
        `${ours.perSecond.toFixed(0).padStart(6)}/s (bare ${theirs.perSecond.toFixed(0)})`,
        `p50 ${ours.median.toFixed(1)} ms, p99 ${ours.p99.toFixed(1)} ms`,
        `CPU: api ${api.toFixed(0)} µs, vault ${vault.toFixed(0)} µs, bare ${bareCpu.toFixed(0)} µs`,
        `${(api / bareCpu).toFixed(1)}×\n`,
      ].join('  '),
    );
  }
  generator.kill();
  bare.kill();
}

/**
 * Warms up for a third of the time.
 * @returns with the microseconds of CPU time that each process spent for an answer
 */
async function measured(
  generator: ChildProcess,
  load: Load,
  pids: readonly number[],
): Promise<LoadResult & { cpu: number[] }> {
  await run(generator, { ...load, seconds: load.seconds / 3 });
  const before = pids.map(cpuMilliseconds);
  const result = await run(generator, load);
  const cpu = pids.map(
    (pid, index) => ((cpuMilliseconds(pid) - (before[index] ?? 0)) / result.answers) * 1000,
  );
  return { ...result, cpu };
}

async function loads(world: World) {
  using clients = clientsOf(world);
  const { KeyMetadata } = await clients.kms.send(new CreateKeyCommand({}));
  const KeyId = KeyMetadata?.KeyId ?? '';
  const Plaintext = Buffer.from('a secret of sixty-four bytes, as long as most data keys are now!');
  const { CiphertextBlob } = await clients.kms.send(new EncryptCommand({ KeyId, Plaintext }));
  const encrypt = [
    signedRequest(world, 'kms', 'TrentService.Encrypt', { KeyId, Plaintext: base64(Plaintext) }),
  ];
  const decrypt = [
    signedRequest(world, 'kms', 'TrentService.Decrypt', {
      CiphertextBlob: base64(CiphertextBlob ?? []),
    }),
  ];
  const request = Array.from({ length: 20_000 }, (_, n) =>
    signedRequest(world, 'acm', 'CertificateManager.RequestCertificate', {
      DomainName: `n${n}.bench.test`,
      ValidationMethod: 'DNS',
      KeyAlgorithm: 'EC_prime256v1',
    }),
  );
  return [
    ...[1, 16, 64].map((count) => ({
      name: `KMS Encrypt, ${count} clients`,
      clients: count,
      requests: encrypt,
    })),
    ...[1, 16, 64].map((count) => ({
      name: `KMS Decrypt, ${count} clients`,
      clients: count,
      requests: decrypt,
    })),
    { name: 'ACM RequestCertificate, 16', clients: 16, requests: request },
    { name: 'ACM ImportCertificate P-256, 16', clients: 16, requests: imports(world, 'ec') },
    { name: 'ACM ImportCertificate RSA, 16', clients: 16, requests: imports(world, 'rsa') },
    {
      name: 'ACM ListCertificates, 16',
      clients: 16,
      requests: [
        signedRequest(world, 'acm', 'CertificateManager.ListCertificates', { MaxItems: 10 }),
      ],
    },
  ];
}

function imports(world: World, kind: 'ec' | 'rsa'): Requests {
  const { pem, privateKey } = testCertificate(['import.bench.test'], kind);
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
  return [
    signedRequest(world, 'acm', 'CertificateManager.ImportCertificate', {
      Certificate: base64(Buffer.from(pem)),
      PrivateKey: base64(Buffer.from(key)),
    }),
  ];
}

function base64(bytes: ArrayLike<number>): string {
  return Buffer.from(bytes).toString('base64');
}

async function serveNothing(): Promise<void> {
  const server = createServer(testTls, (request, response) => {
    request.resume();
    request.once('end', () => response.end('{}'));
  }).listen(0, '127.0.0.1');
  process.once('disconnect', () => process.exit());
  await once(server, 'listening');
  process.send?.((server.address() as AddressInfo).port);
}

await (process.argv[2] === 'bare' ? serveNothing() : compare());
