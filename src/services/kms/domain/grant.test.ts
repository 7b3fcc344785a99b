import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { constraintOf, covers, permitsChild, type Grant, type GrantConstraint } from './grant.ts';

const grant: Grant = {
  account: '111122223333',
  region: 'eu-west-1',
  keyId: 'k',
  grantId: 'g',
  name: '',
  granteePrincipal: 'acm.eu-west-1.amazonaws.com',
  issuingAccount: '111122223333',
  operations: ['Decrypt', 'CreateGrant'],
  createdAt: Temporal.Instant.from('2026-11-24T12:00:00Z'),
};
const pairs = { a: '1', b: '2' };
const equal: GrantConstraint = { type: 'EncryptionContextEquals', context: pairs };
const subset: GrantConstraint = { type: 'EncryptionContextSubset', context: pairs };

for (const [what, constraint, context, isCovered] of [
  ['without a constraint any context', undefined, { z: '9' }, true],
  ['the very pairs', equal, { b: '2', a: '1' }, true],
  ['a pair more', equal, { ...pairs, c: '3' }, false],
  ['a pair less', equal, { a: '1' }, false],
  ['another value', equal, { ...pairs, b: '3' }, false],
  ['a value in other case', equal, { a: '1', B: '2' }, false],
  ['a pair more than the subset', subset, { ...pairs, c: '3' }, true],
  ['a pair less than the subset', subset, { a: '1' }, false],
  ['a name that every object has', { ...subset, context: { toString: 'x' } }, {}, false],
] as const) {
  test(`a grant ${isCovered ? 'covers' : 'does not cover'} ${what}`, () => {
    const constrained = constraint === undefined ? grant : { ...grant, constraint };
    assert.equal(covers(constrained, 'Decrypt', context), isCovered);
  });
}

test('a grant covers no operation that it does not name', () => {
  assert.equal(covers(grant, 'Encrypt', {}), false);
});

test('a constraint does not apply to operations without an encryption context', () => {
  const describing: Grant = { ...grant, operations: ['DescribeKey'], constraint: equal };
  assert.equal(covers(describing, 'DescribeKey', {}), true);
});

const context = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2'));
const constraint = fc.option(
  fc.record({
    type: fc.constantFrom('EncryptionContextEquals' as const, 'EncryptionContextSubset' as const),
    context,
  }),
  { nil: undefined },
);
const operations = fc.uniqueArray(
  fc.constantFrom('Encrypt' as const, 'Decrypt' as const, 'CreateGrant' as const),
);

test('a child grant never covers what its parent does not', () => {
  fc.assert(
    fc.property(
      operations,
      constraint,
      operations,
      constraint,
      context,
      (parentOperations, parentConstraint, childOperations, childConstraint, used) => {
        const parent = make(parentOperations, parentConstraint);
        const child = make(childOperations, childConstraint);
        if (!permitsChild(parent, child)) return;
        for (const operation of ['Encrypt', 'Decrypt'] as const) {
          if (covers(child, operation, used)) assert.ok(covers(parent, operation, used));
        }
      },
    ),
    { numRuns: 2000 },
  );
});

function make(allowed: Grant['operations'], under: GrantConstraint | undefined): Grant {
  return { ...grant, operations: allowed, ...(under === undefined ? {} : { constraint: under }) };
}

test('two constraints at once are refused in the words of AWS', () => {
  assert.throws(
    () => constraintOf({ EncryptionContextEquals: pairs, EncryptionContextSubset: pairs }),
    { name: 'ValidationException', message: 'More than one constraint supplied' },
  );
});

test('a constraint has at most 8 pairs, and values of at most 384 characters', () => {
  const nine = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`k${n}`, '1']));
  assert.throws(() => constraintOf({ EncryptionContextEquals: nine }), {
    name: 'ValidationException',
  });
  assert.throws(() => constraintOf({ EncryptionContextSubset: { a: 'x'.repeat(385) } }), {
    name: 'ValidationException',
  });
  assert.ok(constraintOf({ EncryptionContextSubset: { a: 'x'.repeat(384) } }));
});

test('an equality with no pairs allows uses without a context only', () => {
  const empty = constraintOf({ EncryptionContextEquals: {} });
  assert.ok(empty);
  assert.equal(covers({ ...grant, constraint: empty }, 'Decrypt', {}), true);
  assert.equal(covers({ ...grant, constraint: empty }, 'Decrypt', { a: '1' }), false);
});
