/**
 * DescribeCertificate, GetCertificate and ListCertificates with 10, 10,000 and 1,000,000 certificates in the account: what
 * a call costs must not depend on how many there are. Three constellations, asked in turns; the one with 10 is the
 * baseline.
 *
 *   node bench/stored-certificates.ts [seconds [clients]]
 */
import { cores, pin } from './cores.ts';
import { constellationUnder } from './cpu-time.ts';
import { seedCertificates } from './certificates-in-bulk.ts';
import { run, startGenerator } from './load.ts';
import { median, row, rowText, type Row, type RowOptions } from './row.ts';
import { signedRequest } from './signed-request.ts';
import { startWorld, type World } from '../test/world.ts';

const counts = [10, 10_000, 1_000_000];
const rounds = 3;
/** Certificates asked for in turn, spread evenly over all. */
const sampleSize = 2_000;

const operations: Readonly<Record<string, (arn: string) => object>> = {
  DescribeCertificate: (CertificateArn) => ({ CertificateArn }),
  GetCertificate: (CertificateArn) => ({ CertificateArn }),
  ListCertificates: () => ({ MaxItems: 10 }),
};

interface Seeded {
  readonly world: World;
  readonly sample: readonly string[];
}

export async function storedCertificates({ seconds, clients }: RowOptions): Promise<Row[]> {
  await using worlds = new AsyncDisposableStack();
  const generator = startGenerator();
  worlds.defer(() => void generator.kill());
  const seeded: Seeded[] = [];
  for (const count of counts) {
    const world = worlds.use(await startWorld());
    const arns = await seedCertificates(world, count);
    const step = Math.max(1, Math.floor(count / sampleSize));
    seeded.push({ world, sample: arns.filter((_, index) => index % step === 0) });
  }
  pin(
    seeded.flatMap(({ world }) => [...constellationUnder(world.pid)]),
    cores()?.measured,
  );
  pin([generator.pid ?? 0], cores()?.clients);
  const rows: Row[] = [];
  for (const [operation, input] of Object.entries(operations)) {
    const rates: number[][] = counts.map(() => []);
    for (let round = 0; round <= rounds; round++) {
      for (const [index, { world, sample }] of seeded.entries()) {
        const { perSecond } = await run(generator, {
          port: Number(new URL(world.endpoint).port),
          caPem: world.caPem,
          clients,
          seconds,
          requests: sample.map((arn) =>
            signedRequest(world, 'acm', `CertificateManager.${operation}`, input(arn)),
          ),
        });
        // The first round is for warming up.
        if (round > 0) rates[index]?.push(perSecond);
      }
    }
    rows.push(...rowsOf(operation, rates));
  }
  return rows;
}

function rowsOf(operation: string, [few = [], ...others]: readonly number[][]): Row[] {
  return others.map((many, index) =>
    row({
      name: `${operation}, ${counts[index + 1]?.toLocaleString('en')} certificates`,
      unit: 'calls/s',
      figure: median(many, (each) => each),
      baselineName: `the same with ${counts[0]}`,
      baselineFigure: median(few, (each) => each),
      goal: { of: 'ratio', atLeast: 0.8 },
      raw: { ours: many, baseline: few },
    }),
  );
}

if (import.meta.main) {
  const [seconds = 2, clients = 16] = process.argv.slice(2).map(Number);
  for (const each of await storedCertificates({ seconds, clients }))
    process.stdout.write(`${rowText(each)}\n`);
}
