import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { allCases } from './permissions/cases/index.ts';
import { casesOf, faultsOf } from './permissions/gate.ts';
import { Scene } from './permissions/scene.ts';
import { World } from './permissions/world.ts';

let world: World;
before(async () => {
  world = await World.open();
});
after(() => world[Symbol.dispose]());

test('every operation of every service has a case, and every case an operation', () => {
  assert.deepEqual(casesOf(world.services, allCases).missing, []);
});

test('an operation asks for the documented permissions on its resource, and for nothing else', async () => {
  const { tried } = casesOf(world.services, allCases);
  const faults: Record<string, string[]> = {};
  for (const [n, each] of tried.entries()) {
    const found = await faultsOf(each, new Scene(world, world.ours, `ours${n}`)).catch(
      (error: unknown) => [String(error)],
    );
    if (found.length > 0) faults[`${each.service.signingName}:${each.name} #${n}`] = found;
  }
  assert.deepEqual(faults, {});
});
