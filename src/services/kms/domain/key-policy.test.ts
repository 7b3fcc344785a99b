import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkKeyPolicy, formatKeyPolicy, defaultKeyPolicy, readKeyPolicy } from './key-policy.ts';
import { acmManagedKey } from './managed-keys.ts';

test('a policy comes back in the form of AWS', () => {
  assert.equal(
    formatKeyPolicy(defaultKeyPolicy('111122223333')),
    '{\n  "Version" : "2012-10-17",\n  "Id" : "key-default-1",\n  "Statement" : [ {\n    "Sid" : "Enable IAM User Permissions",\n    "Effect" : "Allow",\n    "Principal" : {\n      "AWS" : "arn:aws:iam::111122223333:root"\n    },\n    "Action" : "kms:*",\n    "Resource" : "*"\n  } ]\n}',
  );
});

test('Version, Id and Statement come first, whatever their order was', () => {
  const text = formatKeyPolicy({ Statement: [], Id: 'x', Version: '2012-10-17' });
  assert.deepEqual(Object.keys(JSON.parse(text) as object), ['Version', 'Id', 'Statement']);
});

test('the policy of aws/acm is read as it is shown', () => {
  const policy = acmManagedKey.policy({ account: '111122223333', region: 'eu-west-1' });
  const { id, statements } = readKeyPolicy(formatKeyPolicy(policy));
  assert.equal(id, 'auto-acm-4');
  assert.deepEqual(
    statements.map(({ sid }) => sid),
    [
      'Allow creation of decryption grants',
      'Allow creation of encryption grant',
      'Allowed operations for the key owner',
      'Deny re-encryption to any other key',
      'Allow decrypt',
    ],
  );
});

test('a policy of more than 32,768 bytes is refused', () => {
  const policy = defaultKeyPolicy('111122223333');
  assert.throws(() => checkKeyPolicy(JSON.stringify(policy) + ' '.repeat(32_768)), {
    name: 'MalformedPolicyDocumentException',
  });
});
