import fc from 'fast-check';
import { engineDecision } from '../../../test/policy-oracle/engine.ts';
import { naiveEvaluate } from '../../../test/policy-oracle/naive-evaluate.ts';
import { caseMaker } from '../../../test/policy-oracle/random-cases.ts';
import { must, subject, type Target } from '../target.ts';

/** An input is what chance says, two bytes at a time: so that a change of it is a change of one part of a request. */
export const policyDecisionTarget: Target = {
  about: 'decisions: the engine and a naive evaluator agree on any request and policies',
  inputs: fc.uint8Array({ minLength: 20, maxLength: 1_000 }),
  maxBytes: 2_000,
  async start() {
    return subject((bytes) => {
      const asked = caseMaker(chanceFrom(bytes)).request();
      must(engineDecision(asked) === naiveEvaluate(asked), 'engine and naive evaluator agree');
    });
  },
};

/** Numbers from 0 to 1, and 0 when the input is used up. */
function chanceFrom(bytes: Uint8Array): () => number {
  let at = 0;
  return () => ((bytes[at++] ?? 0) * 256 + (bytes[at++] ?? 0)) / 65_536;
}
