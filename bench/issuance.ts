/**
 * Certificates a second from RequestCertificate until DescribeCertificate shows ISSUED: private authority, names proved
 * by CNAMEs in zones of the constellation, all on record. Each client asks for one certificate after the other, always
 * for the same name of its own, whose CNAME is there already. Beside it what nobody can leave out: key pairs, on
 * as many threads as there are cores.
 *
 *   node bench/issuance.ts [seconds [clients]]
 */
import { fork, type ChildProcess } from 'node:child_process';
import { generateKeyPair } from 'node:crypto';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  DescribeCertificateCommand,
  RequestCertificateCommand,
  type KeyAlgorithm,
} from '@aws-sdk/client-acm';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  type Change,
} from '@aws-sdk/client-route-53';
import { clientsOf, type Clients } from '../test/sdk-clients.ts';
import { until } from '../test/until.ts';
import { startWorld, type World } from '../test/world.ts';
import { cpuMilliseconds, processesUnder } from './cpu-time.ts';
import { connectClient } from './load.ts';
import { median, row, rowText, type Row, type RowOptions } from './row.ts';
import { signedRequest, type Signing } from './signed-request.ts';

const rounds = 3;
const zone = 'bench.test';
const pollMilliseconds = 20;
const algorithms = { 'P-256': 'EC_prime256v1', 'RSA 2048': 'RSA_2048' } as const;

interface Orders {
  readonly server: Signing & { readonly port: number; readonly caPem: string };
  readonly algorithm: KeyAlgorithm;
  readonly clients: number;
  readonly seconds: number;
}

interface Sample {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p99: number;
  /** Microseconds that each process spent for a certificate. */
  readonly cpu?: Readonly<Record<string, number>>;
}

export async function issuance({ seconds, clients }: RowOptions): Promise<Row[]> {
  await using world = await startWorld();
  await proveNames(world, clients);
  const customers = fork(import.meta.filename);
  try {
    const rows: Row[] = [];
    for (const [name, algorithm] of Object.entries(algorithms)) {
      const ours: Sample[] = [];
      const pairs: number[] = [];
      for (let round = 0; round < rounds; round++) {
        ours.push(await order(customers, world, { algorithm, clients, seconds }));
        pairs.push(await keyPairsPerSecond(algorithm, seconds));
      }
      rows.push(
        row({
          name: `Request until ISSUED, ${name}, ${clients} clients`,
          unit: 'certificates/s',
          figure: median(ours, ({ perSecond }) => perSecond),
          baselineName: 'key pairs alone, all cores',
          baselineFigure: median(pairs, (each) => each),
          goal:
            algorithm === 'RSA_2048'
              ? { of: 'ratio', atLeast: 0.8 }
              : { of: 'figure', atLeast: 1_000 },
          raw: { ours, pairs },
        }),
      );
    }
    return rows;
  } finally {
    customers.kill();
  }
}

/** Has a zone with the CNAME of every client's name, and waits until they count. */
export async function proveNames(world: World, clients: number): Promise<void> {
  using sdk = clientsOf(world);
  const { HostedZone } = await sdk.route53.send(
    new CreateHostedZoneCommand({ Name: zone, CallerReference: 'bench' }),
  );
  const arns = await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      const { CertificateArn = '' } = await sdk.acm.send(
        new RequestCertificateCommand({
          DomainName: nameOf(client),
          ValidationMethod: 'DNS',
          KeyAlgorithm: 'EC_prime256v1',
        }),
      );
      return CertificateArn;
    }),
  );
  const Changes = await Promise.all(arns.map((arn) => recordOf(sdk, arn)));
  await sdk.route53.send(
    new ChangeResourceRecordSetsCommand({ HostedZoneId: HostedZone?.Id, ChangeBatch: { Changes } }),
  );
  for (const CertificateArn of arns) {
    await until('the name is proved', 30, async () => {
      const answer = await sdk.acm.send(new DescribeCertificateCommand({ CertificateArn }));
      return answer.Certificate?.Status === 'ISSUED' ? true : undefined;
    });
  }
}

async function recordOf({ acm }: Clients, CertificateArn: string): Promise<Change> {
  const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
  const record = Certificate?.DomainValidationOptions?.[0]?.ResourceRecord;
  return {
    Action: 'CREATE',
    ResourceRecordSet: {
      Name: record?.Name,
      Type: 'CNAME',
      TTL: 60,
      ResourceRecords: [{ Value: record?.Value }],
    },
  };
}

async function order(
  customers: ChildProcess,
  world: World,
  what: Omit<Orders, 'server'>,
): Promise<Sample> {
  const { endpoint, region, credentials, caPem } = world;
  const port = Number(new URL(endpoint).port);
  const spent = () =>
    new Map([...processesUnder(world.pid)].map(([name, pid]) => [name, cpuMilliseconds(pid)]));
  const before = spent();
  customers.send({ server: { endpoint, region, credentials, caPem, port }, ...what });
  const [sample] = (await once(customers, 'message')) as [Sample & { count: number }];
  const cpu = [...spent()].map(([name, all]) => [
    name,
    ((all - (before.get(name) ?? 0)) * 1_000) / sample.count,
  ]);
  return { ...sample, cpu: Object.fromEntries(cpu) as Record<string, number> };
}

async function keyPairsPerSecond(algorithm: KeyAlgorithm, seconds: number): Promise<number> {
  const make = promisify(generateKeyPair) as (type: string, options: object) => Promise<unknown>;
  const end = performance.now() + seconds * 1_000;
  let count = 0;
  const thread = async (): Promise<void> => {
    while (performance.now() < end) {
      await (algorithm === 'RSA_2048'
        ? make('rsa', { modulusLength: 2_048 })
        : make('ec', { namedCurve: 'P-256' }));
      count += 1;
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: availableParallelism() }, thread));
  return (count * 1_000) / (performance.now() - startedAt);
}

/** What the clients do, in a process of their own. */
async function serveOrders(): Promise<void> {
  for (;;) {
    const [what] = (await once(process, 'message')) as [Orders];
    process.send?.(await orderAll(what));
  }
}

async function orderAll({ server, algorithm, clients, seconds }: Orders) {
  const times: number[] = [];
  const startedAt = performance.now();
  const end = startedAt + seconds * 1_000;
  const client = async (number: number): Promise<void> => {
    using connection = await connectClient(server);
    const request = acm(server, 'RequestCertificate', {
      DomainName: nameOf(number),
      ValidationMethod: 'DNS',
      KeyAlgorithm: algorithm,
    });
    for (let now = performance.now(); now < end; now = performance.now()) {
      const { CertificateArn } = JSON.parse(await connection.ask(request)) as {
        CertificateArn: string;
      };
      const describe = acm(server, 'DescribeCertificate', { CertificateArn });
      do await wait(pollMilliseconds);
      while (!(await connection.ask(describe)).includes('"Status":"ISSUED"'));
      times.push(performance.now() - now);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  const elapsed = (performance.now() - startedAt) / 1_000;
  times.sort((one, other) => one - other);
  const at = (part: number): number => times[Math.floor(times.length * part)] ?? 0;
  const count = times.length;
  return { count, perSecond: count / elapsed, median: at(0.5), p99: at(0.99) };
}

function acm(server: Signing, operation: string, input: object): string {
  return signedRequest(server, 'acm', `CertificateManager.${operation}`, input);
}

/** Of the n-th client. */
export function nameOf(client: number): string {
  return `n${client}.${zone}`;
}

if (import.meta.main && process.send !== undefined) {
  await serveOrders();
} else if (import.meta.main) {
  const [seconds = 3, clients = 64] = process.argv.slice(2).map(Number);
  for (const each of await issuance({ seconds, clients }))
    process.stdout.write(`${rowText(each)}\n`);
}
