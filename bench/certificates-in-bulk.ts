import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ImportCertificateCommand } from '@aws-sdk/client-acm';
import { adoptSets } from '../src/aws/authority/adopt.ts';
import { Authority } from '../src/aws/authority/authority.ts';
import { silentLog } from '../src/lib/log.ts';
import { migrations } from '../src/processes/data-store.ts';
import { acmAuthoritySets } from '../src/services/acm/index.ts';
import { openSqliteStore } from '../src/store/sqlite/index.ts';
import { TestVault } from '../src/vault/test-vault.ts';
import { plantedKey } from '../test/planted-key.ts';
import { clientsOf } from '../test/sdk-clients.ts';
import type { World } from '../test/world.ts';

/**
 * Makes `count` certificates in the world's account: imports one and copies its rows, past the server, which is
 * stopped meanwhile. To ask for a million would take longer than all measurements.
 * @returns their ARNs, the oldest first
 */
export async function seedCertificates(world: World, count: number): Promise<string[]> {
  const model = await importOne(world);
  await world.stop();
  const file = join(world.dataDirectory, 'holdfast.db');
  copy(file, model, count - 1);
  await authenticate(file, rootKeyOf(world));
  await world.restart();
  return [model, ...Array.from({ length: count - 1 }, (_, n) => copiedArn(model, n + 1))];
}

async function importOne(world: World): Promise<string> {
  using clients = clientsOf(world);
  const { certificatePem, keyPem } = plantedKey('ec');
  const { CertificateArn = '' } = await clients.acm.send(
    new ImportCertificateCommand({ Certificate: certificatePem, PrivateKey: keyPem }),
  );
  return CertificateArn;
}

const digits = 12;

function copiedArn(model: string, n: number): string {
  return model.slice(0, -digits) + String(n).padStart(digits, '0');
}

function copy(file: string, model: string, count: number): void {
  using database = new DatabaseSync(file);
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN');
  for (const [table, key] of [
    ['acm_certificate', 'arn'],
    ['acm_material', 'certificate_arn'],
  ] as const) {
    const columns = database
      .prepare(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map(({ name }) => String(name));
    const copied = columns.map((name) => {
      if (name === key)
        return `substr(${key}, 1, length(${key}) - ${digits}) || printf('%0${digits}d', n)`;
      return name === 'created_at' ? 'created_at + n' : name;
    });
    database
      .prepare(
        `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
         INSERT INTO ${table} (${columns.join()})
         SELECT ${copied.join()} FROM (SELECT * FROM ${table} WHERE ${key} = ?), numbers`,
      )
      .run(count, model);
  }
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
}

/** The rows have no MAC yet. Done at the next start it would make that very long. */
async function authenticate(file: string, rootKey: Uint8Array<ArrayBuffer>): Promise<void> {
  await using store = await openSqliteStore({ file, migrations, log: silentLog });
  const { client: vault } = new TestVault(rootKey);
  const authority = new Authority(store.db, { vault, alarm: () => {} });
  for (const set of acmAuthoritySets) await adoptSets(store, authority, set);
}

/** Out of the seal file: see docs/formats.md. */
function rootKeyOf({ dataDirectory }: World): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(dirname(dataDirectory), 'world.seal')).subarray(32, 64));
}
