import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasProcessTable } from '../process-table.ts';
import { parsePlace } from '../torture/control.ts';
import { faultText } from '../torture/fault.ts';
import { steps } from '../torture/life.ts';
import { matrix } from '../torture/matrix.ts';
import { mutations } from '../torture/mutations.ts';
import { faultAfterKill, placesAfterKills, points } from '../torture/points.ts';
import { Torture } from '../torture/rounds.ts';

// `npm run torture` does the same at any length.

const seed = 1;
const rounds = 16;
const options = { skip: !hasProcessTable, timeout: 900_000 };

test(
  'processes are killed at chosen places and moments: what was acknowledged holds',
  options,
  async (t) => {
    await using torture = await Torture.start();
    const places = await torture.countPlaces();
    const reached = new Set([...places.keys()].map((name) => parsePlace(name).point as string));
    for (const { place } of placesAfterKills()) reached.add(place.point);
    assert.deepEqual(
      Object.keys(points).filter((point) => !reached.has(point)),
      [],
      'every fault point is reached by a life',
    );
    for (const fault of matrix(seed, places).slice(0, rounds)) {
      const { wrong, hasFired } = await torture.round(fault);
      if (!hasFired) t.diagnostic(`not reached: ${faultText(fault)}`);
      assert.deepEqual(wrong, [], `replay: npm run torture -- --fault '${faultText(fault)}'`);
    }
  },
);

test('fault points that are reached only after another kill are reached', options, async () => {
  await using torture = await Torture.start();
  for (const [point, places] of Map.groupBy(placesAfterKills(), ({ place }) => place.point)) {
    let isReached = false;
    // Which process is the first to look at what another one left is a matter of moments.
    for (let tries = 0; tries < 12 && !isReached; tries++) {
      const fault = faultAfterKill(places[tries % places.length]!, {
        step: 'associate',
        milliseconds: tries,
      });
      const { wrong, hasFired } = await torture.round(fault);
      assert.deepEqual(wrong, [], `replay: npm run torture -- --fault '${faultText(fault)}'`);
      isReached = hasFired;
    }
    assert.ok(isReached, point);
  }
});

test('each step of a life has fault points', () => {
  for (const step of steps)
    assert.ok(
      Object.values(points).some((facts) => (facts.steps as readonly string[]).includes(step)),
      step,
    );
});

for (const { meaning, edits, showsAt } of mutations) {
  test(`it is noticed when ${meaning}`, options, async (t) => {
    await using torture = await Torture.start({ mutations: edits, patienceMilliseconds: 8_000 });
    for (const fault of showsAt) {
      const { wrong } = await torture.round(fault);
      if (wrong.length === 0) continue;
      t.diagnostic(wrong[0]?.split('\n')[0] ?? '');
      return;
    }
    assert.fail('nobody noticed');
  });
}
