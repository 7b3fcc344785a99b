/**
 * ListCertificates and DescribeCertificate on the real constellation, with 10 and with 10,000 certificates in the
 * account: what a call costs must not depend on how many there are. One client, one connection, one call after the
 * other; medians.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  DescribeCertificateCommand,
  ImportCertificateCommand,
  ListCertificatesCommand,
  type ACMClient,
} from '@aws-sdk/client-acm';
import { plantedKey } from '../test/planted-key.ts';
import { clientsOf } from '../test/sdk-clients.ts';
import { startWorld } from '../test/world.ts';

const counts = [10, 10_000];
const calls = 300;

await using world = await startWorld();
using clients = clientsOf(world);
const { acm } = clients;
const { certificatePem, keyPem } = plantedKey();
const { CertificateArn: model = '' } = await acm.send(
  new ImportCertificateCommand({ Certificate: certificatePem, PrivateKey: keyPem }),
);

const medians: Record<string, number>[] = [];
for (const count of counts) {
  copyUpTo(count);
  const { CertificateSummaryList = [], NextToken } = await acm.send(
    new ListCertificatesCommand({ MaxItems: count / 2 > 1_000 ? 1_000 : count / 2 }),
  );
  const middle = CertificateSummaryList.at(-1)?.CertificateArn ?? '';
  medians.push({
    'ListCertificates, first 5': await median(() => list(acm)),
    'ListCertificates, next 5': await median(() => list(acm, NextToken)),
    'ListCertificates, last 5': await median(() => list(acm, undefined, 'DESCENDING')),
    DescribeCertificate: await median(() =>
      acm.send(new DescribeCertificateCommand({ CertificateArn: middle })),
    ),
  });
}
for (const [name, few] of Object.entries(medians[0] ?? {})) {
  const many = medians[1]?.[name] ?? 0;
  const [a, b] = [few, many].map((each) => `${each.toFixed(2)} ms`);
  process.stdout.write(
    `${name.padEnd(28)} ${counts[0]}: ${a}  ${counts[1]}: ${b}  ratio ${(many / few).toFixed(2)}\n`,
  );
}

function list(client: ACMClient, NextToken?: string, SortOrder?: 'DESCENDING') {
  return client.send(
    new ListCertificatesCommand({
      MaxItems: 5,
      NextToken,
      ...(SortOrder === undefined ? {} : { SortBy: 'CREATED_AT', SortOrder }),
    }),
  );
}

async function median(call: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < calls; n++) {
    const startedAt = performance.now();
    await call();
    times.push(performance.now() - startedAt);
  }
  return times.toSorted((a, b) => a - b)[calls >> 1] ?? 0;
}

/** Copies the first certificate under other ARNs: to import ten thousand would take longer than the measurement. */
function copyUpTo(count: number): void {
  using database = new DatabaseSync(join(world.dataDirectory, 'holdfast.db'), { timeout: 5_000 });
  for (const [table, key] of [
    ['acm_certificate', 'arn'],
    ['acm_material', 'certificate_arn'],
  ] as const) {
    const columns = database
      .prepare(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map(({ name }) => String(name));
    const copied = columns.map((name) => {
      if (name === key) return `substr(${key}, 1, length(${key}) - 12) || printf('%012d', n)`;
      return name === 'created_at' ? 'created_at + n' : name;
    });
    database
      .prepare(
        `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
         INSERT OR IGNORE INTO ${table} (${columns.join()})
         SELECT ${copied.join()} FROM numbers, (SELECT * FROM ${table} WHERE ${key} = ?)`,
      )
      .run(count - 1, model);
  }
}
