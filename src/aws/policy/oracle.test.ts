import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engineDecision } from '../../../test/policy-oracle/engine.ts';
import { naiveEvaluate, type NaiveDecision } from '../../../test/policy-oracle/naive-evaluate.ts';
import { randomCases } from '../../../test/policy-oracle/random-cases.ts';

const seed = 1;
const count = 100_000;

test(`engine and naive evaluator agree on ${count} random requests`, () => {
  const seen: Record<NaiveDecision, number> = { allowed: 0, explicitDeny: 0, implicitDeny: 0 };
  let left = count;
  for (const asked of randomCases(seed)) {
    const wanted = naiveEvaluate(asked);
    assert.equal(engineDecision(asked), wanted, JSON.stringify(asked, undefined, 1));
    seen[wanted] += 1;
    if (--left === 0) break;
  }
  // Each decision is there often enough to say something.
  for (const times of Object.values(seen)) assert.ok(times > count / 20, JSON.stringify(seen));
});
