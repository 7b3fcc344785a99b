import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TamperedSet } from './authority.ts';
import { adoptSets } from './adopt.ts';
import { scrub } from './scrub.ts';
import { gate, permitOffice, permits, place } from './test-permits.ts';

type Office = Awaited<ReturnType<typeof permitOffice>>;

async function found({ store, open, broken }: Office, stepsAtMost = Infinity): Promise<string[]> {
  let steps = 0;
  await scrub(store.db, open(), [permits], async () => ++steps < stepsAtMost);
  return broken.map(({ owner }) => owner).sort();
}

test('a round of checks finds what nobody used, and nothing where nothing is', async () => {
  const office = await permitOffice();
  for (let n = 0; n < 120; n++) await office.store.commit(office.permit(`door ${n}`, 'alice', n));
  assert.deepEqual(await found(office), []);
  office.tamper(`UPDATE permit SET level = 200 WHERE door = 'door 77'`);
  office.tamper(`DELETE FROM permit WHERE door = 'door 8'`);
  office.tamper(`DELETE FROM authority_set WHERE owner = 'door 9'`);
  office.tamper(
    `INSERT INTO permit SELECT account, region, 'no such door', person, '', 1, NULL FROM permit WHERE level = 1`,
  );
  assert.deepEqual(await found(office), ['door 77', 'door 8', 'door 9', 'no such door']);
});

test('a round ends when it is told to', async () => {
  const office = await permitOffice();
  for (let n = 0; n < 60; n++) await office.store.commit(office.permit(`door ${n}`, 'alice', n));
  office.tamper(`UPDATE permit SET level = 200`);
  assert.equal((await found(office, 1)).length, 50);
});

test('rows of before are taken once; what has a record is left as it is', async () => {
  const { store, authority, fill, tamper } = await permitOffice();
  await fill();
  tamper(`INSERT INTO permit SELECT account, region, 'old', person, '', level, badge FROM permit`);
  tamper(`UPDATE permit SET level = 9 WHERE door = 'gate' AND person = 'alice'`);
  const old = { ...place, owner: 'old' };
  await assert.rejects(async () => authority.load(permits, old), TamperedSet);
  assert.equal(await adoptSets(store, authority, permits), 1);
  assert.deepEqual(await authority.load(permits, old), ['alice 1', 'bob 2', 'carol 3']);
  await assert.rejects(async () => authority.load(permits, gate), TamperedSet);
  assert.equal(await adoptSets(store, authority, permits), 0);
});
