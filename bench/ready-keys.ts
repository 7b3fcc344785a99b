/**
 * Milliseconds from RequestCertificate until DescribeCertificate shows ISSUED, for one client after the other, with an
 * RSA key pair that was made ahead, beside a P-256 one that is made then; and what it is when none was made ahead.
 *
 *   node bench/ready-keys.ts
 */
import { setTimeout as wait } from 'node:timers/promises';
import {
  DescribeCertificateCommand,
  RequestCertificateCommand,
  type KeyAlgorithm,
} from '@aws-sdk/client-acm';
import { clientsOf, type Clients } from '../test/sdk-clients.ts';
import { until } from '../test/until.ts';
import { startWorld, type World } from '../test/world.ts';
import { cpuMilliseconds, processesUnder } from './cpu-time.ts';
import { nameOf, proveNames } from './issuance.ts';
import { median, row, rowText, type Row } from './row.ts';

/** Less than are ready: none is waited for. */
const certificates = 12;
const readyKeys = 16;
const pollMilliseconds = 2;

export async function readyKeysRows(): Promise<Row[]> {
  const [ready, none] = [await measure(readyKeys), await measure(0)];
  const parts = { unit: 'ms', baselineName: 'P-256' } as const;
  return [
    row({
      ...parts,
      name: 'Request until ISSUED, RSA 2048, a key pair ready',
      figure: ready.rsa,
      baselineFigure: ready.ec,
      goal: { of: 'ratio', atMost: 1.25 },
      raw: ready,
    }),
    row({
      ...parts,
      name: 'Request until ISSUED, RSA 2048, none ready',
      figure: none.rsa,
      baselineFigure: none.ec,
      raw: none,
    }),
  ];
}

async function measure(size: number) {
  await using world = await startWorld({ '--ready-keys': String(size) });
  await proveNames(world, 1);
  await quiet(world);
  using clients = clientsOf(world);
  const samples = { rsa: [] as number[], ec: [] as number[] };
  for (let n = 0; n < certificates; n += 1) {
    samples.ec.push(await timeOf(clients, 'EC_prime256v1'));
    samples.rsa.push(await timeOf(clients, 'RSA_2048'));
  }
  const middle = (times: readonly number[]): number => median(times, (each) => each);
  return { rsa: middle(samples.rsa), ec: middle(samples.ec), samples };
}

/** Until the vault has done nothing for a second: then no key pair is to be made any more. */
async function quiet(world: World): Promise<void> {
  const vault = processesUnder(world.pid).get('vault') ?? 0;
  let before = 0;
  // The pool is begun two seconds after the start.
  await wait(3_000);
  await until('all key pairs are ready', 60, async () => {
    const now = cpuMilliseconds(vault);
    const isQuiet = now - before < 20;
    before = now;
    if (isQuiet) return true;
    await wait(1_000);
    return undefined;
  });
}

async function timeOf({ acm }: Clients, KeyAlgorithm: KeyAlgorithm): Promise<number> {
  const startedAt = performance.now();
  const { CertificateArn } = await acm.send(
    new RequestCertificateCommand({ DomainName: nameOf(0), ValidationMethod: 'DNS', KeyAlgorithm }),
  );
  for (;;) {
    const answer = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
    if (answer.Certificate?.Status === 'ISSUED') return performance.now() - startedAt;
    await wait(pollMilliseconds);
  }
}

if (import.meta.main)
  for (const each of await readyKeysRows()) process.stdout.write(`${rowText(each)}\n`);
