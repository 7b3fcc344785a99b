import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { Change } from '../../src/store/change.ts';
import {
  GuardFailed,
  NewerSchemaError,
  StoreUnavailable,
  type Migrations,
  type Store,
} from '../../src/store/store.ts';
import { entryMigrations, insert, numbers, type EntryTables } from './store-entries.ts';

/** An engine as the suite sees it. */
export interface StoreEngine {
  readonly name: string;
  /** URL of the module that exports this engine as `engine`, for the suite's child processes. */
  readonly module: string;
  /** A fresh and empty place for a database. */
  makePlace(): Promise<string>;
  open<Tables>(
    place: string,
    migrations: Migrations,
    options?: { readOnly?: boolean },
  ): Promise<Store<Tables>>;
}

/** What every implementation of the port `Store` must show. */
export function storeSuite(engine: StoreEngine): void {
  const opened = (place: string) => engine.open<EntryTables>(place, entryMigrations);
  const fresh = async () => opened(await engine.makePlace());

  describe(`the store on ${engine.name}`, () => {
    it('keeps all statements of a Change, and a read after the commit sees them', async () => {
      await using store = await fresh();
      await store.commit(insert(store.db, 1, 2, 3));
      assert.deepEqual(await numbers(store.db), [1, 2, 3]);
    });

    it('keeps nothing of a Change of which one statement breaks a guard', async () => {
      await using store = await fresh();
      const change = insert(store.db, 1);
      change.write(store.db.deleteFrom('entry').where('n', '=', 7), { rows: 1 });
      await assert.rejects(store.commit(change), GuardFailed);
      assert.deepEqual(await numbers(store.db), []);
    });

    it('guards by the number of rows that a query returns', async () => {
      await using store = await fresh();
      const whileAbsent = (n: number) => {
        const change = new Change();
        change.write(store.db.selectFrom('entry').select('n').where('n', '=', n), { rows: 0 });
        change.write(store.db.insertInto('entry').values({ n, text: '' }));
        return change;
      };
      await store.commit(whileAbsent(1));
      await assert.rejects(store.commit(whileAbsent(1)), GuardFailed);
    });

    it('takes a broken primary or unique key as a broken guard', async () => {
      await using store = await fresh();
      await store.commit(insert(store.db, 1));
      await assert.rejects(store.commit(insert(store.db, 2, 1)), GuardFailed);
      const sameName = new Change();
      sameName.write(store.db.insertInto('entry').values({ n: 3, text: '', unique_name: 'a' }));
      sameName.write(store.db.insertInto('entry').values({ n: 4, text: '', unique_name: 'a' }));
      await assert.rejects(store.commit(sameName), GuardFailed);
      assert.deepEqual(await numbers(store.db), [1]);
    });

    it('tells a statement that can never work from a guard, and goes on', async () => {
      await using store = await fresh();
      const wrong = new Change();
      wrong.write({ compile: () => ({ sql: 'insert into nowhere values (1)', parameters: [] }) });
      const [failed, kept] = await Promise.allSettled([
        store.commit(wrong),
        store.commit(insert(store.db, 1)),
      ]);
      assert.ok(failed.status === 'rejected' && failed.reason instanceof TypeError);
      assert.equal(kept.status, 'fulfilled');
    });

    it('refuses a value that no column takes, and goes on', async () => {
      await using store = await fresh();
      const wrong = new Change();
      const text = new Map() as unknown as string;
      wrong.write(store.db.insertInto('entry').values({ n: 1, text }));
      await assert.rejects(store.commit(wrong), TypeError);
      await store.commit(insert(store.db, 1));
    });

    it('decides many Changes in the order in which they were handed in, each for itself', async () => {
      await using store = await fresh();
      const results = await Promise.allSettled(
        [1, 1, 2, 1, 3].map((n) => store.commit(insert(store.db, n))),
      );
      assert.deepEqual(
        results.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
      );
      assert.deepEqual(await numbers(store.db), [1, 2, 3]);
    });

    it('comes to the same as if Changes were committed one after the other', async () => {
      const step = fc.record({
        kind: fc.constantFrom('insert', 'delete', 'delete if there', 'require', 'require not'),
        n: fc.integer({ min: 1, max: 4 }),
      });
      const changes = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 12 });
      await using store = await fresh();
      await fc.assert(
        fc.asyncProperty(changes, async (each) => {
          const clear = new Change();
          clear.write(store.db.deleteFrom('entry'));
          await store.commit(clear);
          const expected = new Set<number>();
          const outcomes = each.map((steps) => applyToModel(expected, steps));
          const results = await Promise.allSettled(
            each.map((steps) => store.commit(changeOf(store.db, steps))),
          );
          assert.deepEqual(
            results.map(({ status }) => status === 'fulfilled'),
            outcomes,
          );
          assert.deepEqual(
            await numbers(store.db),
            [...expected].toSorted((a, b) => a - b),
          );
        }),
        { numRuns: 100 },
      );
    });

    it('lets exactly one of a thousand rivals win', async () => {
      await using store = await fresh();
      const results = await Promise.allSettled(
        Array.from({ length: 1000 }, (_, n) => {
          const change = insert(store.db, n + 1);
          change.write(
            store.db.insertInto('entry').values({ n: -n - 1, text: '', unique_name: 'crown' }),
          );
          return store.commit(change);
        }),
      );
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
      assert.equal((await numbers(store.db)).length, 2);
    });

    it('has what waits for the commit done first, once, and keeps nothing when that fails', async () => {
      await using store = await fresh();
      const change = insert(store.db, 1);
      let times = 0;
      change.beforeCommit(async () => {
        times += 1;
        change.write(store.db.insertInto('entry').values({ n: 2, text: '' }));
      });
      await change.prepare();
      await store.commit(change);
      assert.equal(times, 1);
      assert.deepEqual(await numbers(store.db), [1, 2]);

      const failing = insert(store.db, 3);
      failing.beforeCommit(() => Promise.reject(new TypeError('cannot be prepared')));
      await assert.rejects(store.commit(failing), TypeError);
      assert.deepEqual(await numbers(store.db), [1, 2]);
    });

    it('calls back only after the commit, and only if there was one', async () => {
      await using store = await fresh();
      const told: number[] = [];
      for (const n of [1, 1]) {
        const change = insert(store.db, n);
        change.afterCommit(() => told.push(n));
        await store.commit(change).catch(() => {});
      }
      assert.deepEqual(told, [1]);
    });

    it('returns bytes as they were, also those of a view on a larger buffer', async () => {
      await using store = await fresh();
      const bytes = Buffer.from('between before and after').subarray(8, 14);
      const change = new Change();
      change.write(store.db.insertInto('entry').values({ n: 1, text: '', bytes }));
      await store.commit(change);
      const row = await store.db.selectFrom('entry').select('bytes').executeTakeFirstOrThrow();
      assert.deepEqual(Buffer.from(row.bytes ?? []).toString(), 'before');
    });

    it('refuses to write except by a Change', async () => {
      await using store = await fresh();
      await assert.rejects(store.db.insertInto('entry').values({ n: 1, text: '' }).execute());
      await assert.rejects(
        store.db.transaction().execute(async () => {}),
        TypeError,
      );
      assert.deepEqual(await numbers(store.db), []);
    });

    it('writes nothing when it is open for reading only', async () => {
      const place = await engine.makePlace();
      await using writing = await opened(place);
      await using reading = await engine.open<EntryTables>(place, entryMigrations, {
        readOnly: true,
      });
      await assert.rejects(reading.commit(insert(reading.db, 1)), StoreUnavailable);
      await writing.commit(insert(writing.db, 2));
      assert.deepEqual(await numbers(reading.db), [2]);
    });

    it('shows by a number that something was committed, here or elsewhere', async () => {
      const place = await engine.makePlace();
      await using one = await opened(place);
      await using other = await opened(place);
      const seen = [one.changed()];
      await one.commit(insert(one.db, 1));
      seen.push(one.changed());
      await other.commit(insert(other.db, 2));
      seen.push(one.changed());
      assert.equal(new Set(seen).size, 3);
      assert.equal(one.changed(), seen.at(-1));
    });

    it('finishes what was handed in before it closes, and takes nothing after', async () => {
      const place = await engine.makePlace();
      const store = await opened(place);
      const { db } = store;
      const before = store.commit(insert(db, 1));
      const late = insert(db, 2);
      await store[Symbol.asyncDispose]();
      await before;
      await assert.rejects(store.commit(late), StoreUnavailable);
      await using again = await opened(place);
      assert.deepEqual(await numbers(again.db), [1]);
    });

    it('applies each migration once, also when several open at the same time', async () => {
      const place = await engine.makePlace();
      const stores = await Promise.all([opened(place), opened(place), opened(place)]);
      await stores[0].commit(insert(stores[0].db, 1));
      for (const store of stores) assert.deepEqual(await numbers(store.db), [1]);
      for (const store of stores) await store[Symbol.asyncDispose]();
    });

    it('keeps nothing of a migration that fails', async () => {
      const place = await engine.makePlace();
      const broken: Migrations = {
        ...entryMigrations,
        'entry-0002': {
          async up(db) {
            await db.schema.createTable('half').addColumn('n', 'integer').execute();
            throw new Error('the power went');
          },
        },
      };
      await assert.rejects(engine.open(place, broken));
      await using store = await opened(place);
      assert.deepEqual(await numbers(store.db), []);
    });

    it('refuses a database that a newer version has used', async () => {
      const place = await engine.makePlace();
      const newer: Migrations = { ...entryMigrations, 'entry-0002': { up: async () => {} } };
      await (await engine.open(place, newer))[Symbol.asyncDispose]();
      await assert.rejects(
        opened(place),
        (error) => error instanceof NewerSchemaError && error.message.includes('entry-0002'),
      );
    });

    it('refuses to read what no process has prepared yet', async () => {
      const place = await engine.makePlace();
      await assert.rejects(
        engine.open(place, entryMigrations, { readOnly: true }),
        StoreUnavailable,
      );
    });

    it('lets two processes write at once and loses nothing', async () => {
      const place = await engine.makePlace();
      await using store = await opened(place);
      const child = forkWriter(engine, place, { from: 1_000_000, count: 300 });
      const exit = once(child, 'exit');
      for (let n = 1; n <= 300; n++) await store.commit(insert(store.db, n));
      assert.deepEqual(await exit, [0, null]);
      assert.equal((await numbers(store.db)).length, 300 + 2 * 300);
    });

    it('has what it acknowledged after kill -9, and no half of anything', async () => {
      const place = await engine.makePlace();
      await (await opened(place))[Symbol.asyncDispose]();
      const child = forkWriter(engine, place, { from: 1, count: 1_000_000 });
      const acknowledged: number[] = [];
      child.on('message', (n: number) => {
        acknowledged.push(n);
        if (acknowledged.length === 200) child.kill('SIGKILL');
      });
      await once(child, 'exit');
      await using store = await opened(place);
      const kept = new Set(await numbers(store.db));
      assert.ok(acknowledged.length >= 200);
      assert.deepEqual(
        acknowledged.filter((n) => !kept.has(n)),
        [],
      );
      for (const n of kept) assert.ok(kept.has(-n), `${n} was kept without its other half`);
    });
  });
}

/** A process that commits `n` and `-n` together, counting up, and sends each `n` once it is durable. */
function forkWriter(engine: StoreEngine, place: string, range: { from: number; count: number }) {
  return fork(new URL('./store-writer.ts', import.meta.url), [
    engine.module,
    place,
    String(range.from),
    String(range.count),
  ]);
}

interface Step {
  readonly kind: string;
  readonly n: number;
}

function changeOf(db: Kysely<EntryTables>, steps: readonly Step[]): Change {
  const change = new Change();
  for (const { kind, n } of steps) {
    const found = db.selectFrom('entry').select('n').where('n', '=', n);
    const deletion = db.deleteFrom('entry').where('n', '=', n);
    if (kind === 'insert') change.write(db.insertInto('entry').values({ n, text: '' }));
    else if (kind === 'delete') change.write(deletion, { rows: 1 });
    else if (kind === 'delete if there') change.write(deletion);
    else change.write(found, { rows: kind === 'require' ? 1 : 0 });
  }
  return change;
}

/** @returns whether the steps hold; only then is `entries` changed */
function applyToModel(entries: Set<number>, steps: readonly Step[]): boolean {
  const next = new Set(entries);
  for (const { kind, n } of steps) {
    const isThere = next.has(n);
    if (
      kind === 'insert' || kind === 'require not' ? isThere : kind !== 'delete if there' && !isThere
    )
      return false;
    if (kind === 'insert') next.add(n);
    else if (kind.startsWith('delete')) next.delete(n);
  }
  entries.clear();
  for (const n of next) entries.add(n);
  return true;
}
