import fc from 'fast-check';
import { accountId } from '../../../src/aws/arn.ts';
import { evaluate } from '../../../src/aws/policy/evaluate.ts';
import { parsePolicy, PolicySyntaxError, type PolicyKind } from '../../../src/aws/policy/parse.ts';
import type { ConditionContext, PolicyDocument } from '../../../src/aws/policy/types.ts';
import type { Principal } from '../../../src/aws/principal.ts';
import { attempt, must, subject, type Target } from '../target.ts';
import { anyBytes, bytesOf, oneOf } from './bytes.ts';

const account = accountId('111122223333');
const alice: Principal = {
  type: 'user',
  account,
  arn: `arn:aws:iam::${account}:user/alice`,
  principalId: 'AIDAALICE',
  accessKeyId: 'AKIAALICE',
  userName: 'alice',
};
const key = `arn:aws:kms:eu-west-1:${account}:key/0c4f3c1a-7a0e-4f7e-9d3a-2b1c0d9e8f70`;
const context: ConditionContext = {
  'aws:username': 'alice',
  'aws:SourceIp': '192.0.2.7',
  'aws:CurrentTime': '2026-11-24T12:00:00Z',
  'aws:TagKeys': ['a', 'b'],
  'kms:EncryptionContext:aws:acm:arn': 'arn:aws:acm:eu-west-1:111122223333:certificate/1',
  'kms:EncryptionContext:note': 'a'.repeat(4_000),
};
const kinds: readonly PolicyKind[] = ['identity', 'resource', 'session', 'trust'];

const pattern = fc.oneof(
  fc.constantFrom(
    '*',
    key,
    'arn:aws:kms:*',
    'arn:aws:kms:*:*:key/*',
    'arn:aws:s3:::${aws:username}/?',
  ),
  fc.string({ unit: oneOf("ab*?${}:/,' "), maxLength: 40 }).map((each) => `arn:aws:kms:::${each}`),
);
const action = fc.constantFrom('*', 'kms:*', 'kms:Decrypt', 'kms:D?c*', 'acm:*', 'kms', ':');
const condition = fc.dictionary(
  fc
    .tuple(
      fc.constantFrom('', '', 'ForAllValues:', 'ForAnyValue:'),
      fc.constantFrom(
        'StringLike',
        'StringEquals',
        'ArnLike',
        'IpAddress',
        'DateLessThan',
        'Null',
        'Bool',
        'NumericEquals',
      ),
      fc.constantFrom('', '', 'IfExists'),
    )
    .map((parts) => parts.join('')),
  fc.dictionary(
    fc.constantFrom(...Object.keys(context), 'aws:missing', 'x'),
    fc.oneof(
      fc.array(fc.oneof(pattern, fc.constantFrom('192.0.2.0/24', '::/0', '2026', 'true', '1e3')), {
        maxLength: 3,
      }),
      fc.boolean(),
      fc.string({ unit: oneOf('a*?'), size: 'medium' }),
    ),
    { maxKeys: 2 },
  ),
  { maxKeys: 2 },
);
const statement = fc.record(
  {
    Sid: fc.string(),
    Effect: fc.constantFrom('Allow', 'Deny'),
    Principal: fc.constantFrom(
      '*',
      { AWS: alice.arn },
      { AWS: ['*', account] },
      { Service: 'acm.amazonaws.com' },
    ),
    NotPrincipal: fc.constantFrom({ AWS: account }),
    Action: fc.oneof(action, fc.array(action)),
    NotAction: action,
    Resource: fc.oneof(pattern, fc.array(pattern)),
    NotResource: pattern,
    Condition: condition,
  },
  { requiredKeys: ['Effect', 'Action', 'Resource'] },
);
const document = fc
  .record(
    {
      Version: fc.constantFrom('2012-10-17', '2008-10-17'),
      Id: fc.string(),
      Statement: fc.oneof(statement, fc.array(statement, { maxLength: 4 })),
    },
    { requiredKeys: ['Version', 'Statement'] },
  )
  .map((each) => JSON.stringify(each));

export const policyTarget: Target = {
  about: 'policy documents: read, and evaluated with an Allow beside them',
  inputs: fc.oneof(bytesOf(document), bytesOf(document), bytesOf(fc.json()), anyBytes),
  maxBytes: 34 * 1024,
  words: [
    '${',
    '}',
    '${aws:username}',
    "${a, '",
    '*',
    '?',
    '*a',
    '"Effect":"Deny",',
    '"Condition":{',
    '"StringLike":{"kms:EncryptionContext:note":"',
    'arn:aws:kms:::',
    '\\u0000',
    '"__proto__":',
    '"Action":"kms:*"',
    '"Resource":"*"',
    '"NotResource":',
    '"NotPrincipal":',
    '[',
    '[[[[',
    ' ',
  ],
  async start() {
    return subject((bytes) => {
      for (const kind of kinds) {
        const policy = attempt(
          () => parsePolicy(Buffer.from(bytes).toString('utf8'), kind),
          [PolicySyntaxError],
        );
        if (policy !== undefined) decideWith(policy);
      }
    });
  },
};

/** A policy that allows nothing more than everything, and a Deny that is added, never widen what is allowed. */
function decideWith(policy: PolicyDocument): void {
  const request = { principal: alice, action: 'kms:Decrypt', resource: key, context };
  const more = { resourceAccount: account };
  const alone = evaluate(request, { identity: [policy], ...more });
  const denied = evaluate(request, { identity: [policy, denyAll], ...more });
  must(!denied.allowed, 'a Deny wins');
  const beside = evaluate(request, { identity: [policy, allowAll], ...more });
  must(!alone.allowed || beside.allowed, 'another Allow never allows less');
  evaluate(request, {
    identity: [allowAll],
    resource: policy,
    resourcePolicyDecides: true,
    ...more,
  });
  const limited = evaluate(request, { identity: [allowAll], session: [policy], ...more });
  must(limited.allowed === alone.allowed, 'a session policy allows what it says');
}

const denyAll = statementOf('Deny');
const allowAll = statementOf('Allow');

function statementOf(effect: string): PolicyDocument {
  const Statement = { Effect: effect, Action: '*', Resource: '*' };
  return parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), 'identity');
}
