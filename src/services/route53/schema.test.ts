import assert from 'node:assert/strict';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { authorityMigrations } from '../../aws/authority/schema.ts';
import { silentLog } from '../../lib/log.ts';
import { Change } from '../../store/change.ts';
import { openSqliteStore } from '../../store/sqlite/index.ts';
import { route53Migrations, type Route53Tables } from './schema.ts';
import { Route53Reader } from './store.ts';

test('the zones of an older version are listed by name', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-route53-schema-'));
  const open = (migrations: typeof route53Migrations) =>
    openSqliteStore<Route53Tables>({
      file: join(folder.path, 'store.sqlite'),
      migrations: [authorityMigrations, migrations],
      log: silentLog,
    });
  const account = '111122223333';
  const { 'route53-0001': first, 'route53-0002': second } = route53Migrations;
  assert.ok(first !== undefined && second !== undefined);
  {
    await using before = await open({ 'route53-0001': first, 'route53-0002': second });
    const change = new Change();
    for (const name of ['b.example', 'x.a.example', 'a.example']) {
      change.write(
        before.db.insertInto('route53_hosted_zone').values({
          account,
          id: `Z${name}`,
          name,
          caller_reference: name,
          comment: null,
          created_at: 0,
          record_set_count: 2,
          version: 1,
        }),
      );
    }
    await before.commit(change);
  }
  await using after = await open(route53Migrations);
  const zones = await new Route53Reader(after.db).zonesByName(account, '', 10);
  assert.deepEqual(
    zones.map(({ name }) => name),
    ['a.example', 'x.a.example', 'b.example'],
  );
});
