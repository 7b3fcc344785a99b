import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { covers, type Grant } from './domain/grant.ts';
import { contextRule, contextRules } from './grant-digests.ts';

const context = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2'));

test('whatever grant covers a use is among those that are read for it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('EncryptionContextEquals' as const, 'EncryptionContextSubset' as const),
      context,
      context,
      (type, constrained, used) => {
        const constraint = { type, context: constrained };
        const grant = { operations: ['Decrypt'], constraint } as unknown as Grant;
        if (covers(grant, 'Decrypt', used))
          assert.ok(contextRules(used).includes(contextRule(constraint)));
      },
    ),
    { numRuns: 2000 },
  );
});
