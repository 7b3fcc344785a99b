import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Kysely, type CompiledQuery } from 'kysely';
import { NodeSqliteDialect } from '../../store/sqlite/dialect.ts';
import { IdentityRoom } from '../iam/test-room.ts';
import type { LookupAttributeKey } from './model.ts';
import type { CloudTrailTables } from './schema.ts';
import { EventReader } from './store.ts';

/** A reader that runs its queries for real, and lets them be looked at. */
function watchedReader(file: string) {
  const queries: CompiledQuery[] = [];
  const database = new DatabaseSync(file);
  const db = new Kysely<CloudTrailTables>({
    dialect: new NodeSqliteDialect(database),
    log: (event) => void queries.push(event.query as CompiledQuery),
  });
  const plan = ({ sql, parameters }: CompiledQuery): string[] =>
    database
      .prepare(`explain query plan ${sql}`)
      .all(...(parameters as never[]))
      .map((row) => String(row['detail']));
  return { reader: new EventReader(db), queries, plan, [Symbol.dispose]: () => database.close() };
}

const keys: (LookupAttributeKey | undefined)[] = [
  undefined,
  'EventId',
  'EventName',
  'EventSource',
  'ReadOnly',
  'Username',
  'AccessKeyId',
  'ResourceType',
  'ResourceName',
];

for (const key of keys) {
  for (const after of [undefined, { sequence: 5, eventId: 'a' }]) {
    test(`looking up by ${key ?? 'nothing'}${after ? ', second page,' : ''} reads a range of an index`, async () => {
      await using room = await IdentityRoom.open();
      using watched = watchedReader(join(room.folder, 'holdfast.db'));
      await watched.reader.events(
        { account: 'a', region: 'r' },
        { attribute: key && { key, value: 'x' }, from: 0, before: 10, after, limit: 50 },
      );
      assert.equal(watched.queries.length, 2);
      for (const query of watched.queries) {
        for (const step of watched.plan(query)) {
          assert.doesNotMatch(step, /TEMP B-TREE|SCAN (?!found)/);
          if (key !== 'EventId' && /SEARCH cloudtrail/.test(step))
            assert.match(step, /(?:sequence|moment)[<>]/);
        }
      }
    });
  }
}

test('retention steps over accounts and Regions, and reads only what is too old', async () => {
  await using room = await IdentityRoom.open();
  using watched = watchedReader(join(room.folder, 'holdfast.db'));
  await watched.reader.nextPlace({ account: 'a', region: 'r' });
  await watched.reader.oldest({ account: 'a', region: 'r' }, 1, 500);
  for (const query of watched.queries) {
    for (const step of watched.plan(query)) assert.match(step, /^SEARCH .* INDEX/);
  }
});
