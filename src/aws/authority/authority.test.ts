import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Change } from '../../store/change.ts';
import { GuardFailed } from '../../store/store.ts';
import { digestOf, type SetRow } from './authority-set.ts';
import { TamperedSet } from './authority.ts';
import { cellar, gate, permitOffice, permits, place, realMac } from './test-permits.ts';

const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../test/vectors/formats.json'), 'utf8'),
);

/** What who can write the database might try, and whether it leaves the number of rows and the set's record alone. */
const attacks: Readonly<Record<string, string>> = {
  'a column is changed': `UPDATE permit SET level = 9 WHERE person = 'alice'`,
  'a number becomes a text': `UPDATE permit SET badge = '1' WHERE person = 'alice'`,
  'bytes are changed': `UPDATE permit SET badge = x'ff' WHERE person = 'alice'`,
  'a row is renamed': `UPDATE permit SET person = 'mallory' WHERE person = 'alice'`,
  'a row is inserted': `INSERT INTO permit SELECT account, region, door, 'mallory', '', 9, NULL FROM permit WHERE person = 'alice'`,
  'a row is deleted': `DELETE FROM permit WHERE person = 'bob'`,
  'a row is taken out of another set': `UPDATE permit SET door = 'gate' WHERE person = 'carol'`,
  'two rows are swapped': `UPDATE permit SET level = CASE person WHEN 'alice' THEN 2 ELSE 1 END WHERE door = 'gate'`,
  'the record is deleted': `DELETE FROM authority_set WHERE owner = 'gate'`,
  'the generation is changed': `UPDATE authority_set SET generation = generation + 1 WHERE owner = 'gate'`,
  'the count is changed': `UPDATE authority_set SET row_count = row_count + 1 WHERE owner = 'gate'`,
  'the MAC is changed': `UPDATE authority_set SET mac = zeroblob(33) WHERE owner = 'gate'`,
  'the MAC has another version': `UPDATE authority_set SET mac = x'02' || substr(mac, 2) WHERE owner = 'gate'`,
  'the generation is a text': `UPDATE authority_set SET generation = 'x' WHERE owner = 'gate'`,
  'the MAC is cut off': `UPDATE authority_set SET mac = x'01' WHERE owner = 'gate'`,
  'the record of another set is taken': `UPDATE authority_set SET mac = (SELECT mac FROM authority_set WHERE owner = 'cellar') WHERE owner = 'gate'`,
};

async function refusals(authenticateRows = realMac): Promise<string[]> {
  const refused: string[] = [];
  for (const [attack, statement] of Object.entries(attacks)) {
    const { authority, fill, tamper, broken } = await permitOffice(authenticateRows);
    await fill();
    // Read before, so that what is kept in memory is put to the test too.
    assert.equal((await authority.load(permits, gate))?.length, 2);
    tamper(statement);
    await setImmediate();
    try {
      await authority.load(permits, gate);
    } catch (error) {
      assert.ok(error instanceof TamperedSet, `${attack}: ${String(error)}`);
      assert.deepEqual(broken, [{ kind: 'permits', ...gate }]);
      refused.push(attack);
    }
  }
  return refused;
}

test('whatever is done to the rows of a set, or to its record, is seen at its next use', async () => {
  assert.deepEqual(await refusals(), Object.keys(attacks));
});

test('it is the MAC that sees it: where every MAC is right only what does not add up is seen', async () => {
  const always = async (): Promise<Uint8Array> => new Uint8Array(32);
  const seen = await refusals(always);
  for (const each of ['a column is changed', 'two rows are swapped', 'a row is renamed'])
    assert.ok(!seen.includes(each), each);
});

test('rows are written and digested as docs/formats.md says', () => {
  const { rows, bytesColumn, digest } = vectors.authorityRows;
  const read = (rows as SetRow[]).map(({ table, row }) => {
    const value = row[bytesColumn];
    return typeof value === 'string'
      ? { table, row: { ...row, [bytesColumn]: Uint8Array.fromHex(value) } }
      : { table, row };
  });
  assert.equal(digestOf(read).toHex(), digest);
  assert.equal(digestOf(read.toReversed()).toHex(), digest);
});

test('a row that is put back after it was taken away is no part of the set', async () => {
  const { store, authority, fill, tamper } = await permitOffice();
  await fill();
  tamper('CREATE TEMP TABLE old AS SELECT * FROM permit');
  const change = new Change();
  const key = { ...place, door: 'gate', person: 'bob' };
  change.write(store.db.deleteFrom('permit').where('person', '=', 'bob'), { rows: 1 });
  authority.edit(change, permits, gate).remove('permit', key);
  await store.commit(change);
  assert.deepEqual(await authority.load(permits, gate), ['alice 1']);
  tamper(`INSERT INTO permit SELECT * FROM old WHERE person = 'bob'`);
  await setImmediate();
  await assert.rejects(async () => authority.load(permits, gate), TamperedSet);
});

test('the other sets go on working, and a broken one is told once until it changes', async () => {
  const { authority, fill, tamper, broken } = await permitOffice();
  await fill();
  tamper(attacks['a column is changed'] ?? '');
  for (let i = 0; i < 3; i++)
    await assert.rejects(async () => authority.load(permits, gate), TamperedSet);
  assert.equal(broken.length, 1);
  assert.deepEqual(await authority.load(permits, cellar), ['carol 3']);
  tamper(`UPDATE permit SET level = 8 WHERE person = 'alice'`);
  await assert.rejects(async () => authority.load(permits, gate), TamperedSet);
  assert.equal(broken.length, 2);
});

test('a broken set cannot be edited, so that no edit makes it whole', async () => {
  const { store, fill, tamper, permit } = await permitOffice();
  await fill();
  tamper(attacks['a column is changed'] ?? '');
  await assert.rejects(store.commit(permit('gate', 'dave', 1)), TamperedSet);
  assert.equal(store.database.prepare('SELECT count(*) AS n FROM permit').get()?.['n'], 3);
});

test('several edits of one Change make one new generation', async () => {
  const { store, authority, permit } = await permitOffice();
  const change = permit('gate', 'bob', 2, permit('gate', 'alice', 1));
  authority
    .edit(change, permits, gate)
    .update('permit', { ...place, door: 'gate', person: 'bob' }, { level: 5 });
  change.write(store.db.updateTable('permit').set({ level: 5 }).where('person', '=', 'bob'));
  await store.commit(change);
  assert.deepEqual(await authority.load(permits, gate), ['alice 1', 'bob 5']);
  const records = store.database.prepare('SELECT generation, row_count FROM authority_set').all();
  assert.deepEqual({ ...records[0] }, { generation: 1, row_count: 2 });
});

test('of two that edit a set at the same time one decides again', async () => {
  const { store, fill, permit } = await permitOffice();
  await fill();
  const changes = [permit('gate', 'dave', 1), permit('gate', 'erin', 1)];
  await Promise.all(changes.map((each) => each.prepare()));
  const [first, second] = changes as [Change, Change];
  await store.commit(first);
  await assert.rejects(store.commit(second), GuardFailed);
});

test('a set without rows has no record, and what is dropped needs no proof', async () => {
  const { store, authority, fill, tamper } = await permitOffice();
  await fill();
  const change = new Change();
  change.write(store.db.deleteFrom('permit').where('door', '=', 'cellar'));
  authority
    .edit(change, permits, cellar)
    .remove('permit', { ...place, door: 'cellar', person: 'carol' });
  await store.commit(change);
  assert.equal(await authority.load(permits, cellar), undefined);
  tamper(attacks['a column is changed'] ?? '');
  const drop = new Change();
  drop.write(store.db.deleteFrom('permit').where('door', '=', 'gate'));
  authority.drop(drop, permits, gate);
  await store.commit(drop);
  assert.equal(await authority.load(permits, gate), undefined);
  assert.equal(store.database.prepare('SELECT count(*) AS n FROM authority_set').get()?.['n'], 0);
});

test('what has not changed is read and authenticated once, and a commit of another process is seen', async () => {
  const { store, fill, open, permit, macs, tamper } = await permitOffice();
  await fill();
  const other = open();
  const before = macs();
  const first = await other.load(permits, gate);
  assert.equal(macs(), before + 1);
  await setImmediate();
  assert.equal(await other.load(permits, gate), first);
  // Of what the MAC does not cover.
  tamper(`UPDATE permit SET remark = 'friendly' WHERE person = 'alice'`);
  await store.commit(permit('cellar', 'dave', 1));
  await setImmediate();
  assert.equal(await other.load(permits, gate), first);
  await store.commit(permit('gate', 'erin', 1));
  await setImmediate();
  assert.equal((await other.load(permits, gate))?.length, 3);
});

test('that there is no set is remembered as a set is, until a row of the kind is written', async () => {
  const { store, fill, open, permit } = await permitOffice();
  await fill();
  const other = open();
  const nowhere = { ...place, owner: 'nowhere' };
  const readsOf = async (owner: typeof gate): Promise<number> => {
    const before = store.reads.length;
    await other.load(permits, owner);
    return store.reads.length - before;
  };
  await readsOf(gate);
  await readsOf(nowhere);
  assert.equal(await readsOf(nowhere), await readsOf(gate));
  await store.commit(permit('nowhere', 'dave', 1));
  await setImmediate();
  assert.deepEqual(await other.load(permits, nowhere), ['dave 1']);
});

test('a set is never older than the last commit, also within one turn of the event loop', async () => {
  const { store, open, permit, fill } = await permitOffice();
  await fill();
  const changed = (): number =>
    Number(store.database.prepare('SELECT total_changes() AS n').get()?.['n']);
  for (const reader of [open(), open({ changed })]) {
    const before = (await reader.load(permits, gate))?.length ?? 0;
    await store.commit(permit('gate', `number ${before}`, 1));
    assert.equal((await reader.load(permits, gate))?.length, before + 1);
  }
});
