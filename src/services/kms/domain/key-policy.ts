import { principalKeys } from '../../../aws/policy/condition-keys.ts';
import { evaluate } from '../../../aws/policy/evaluate.ts';
import {
  InvalidPrincipalError,
  PolicySyntaxError,
  parsePolicy,
} from '../../../aws/policy/parse.ts';
import type { PolicyDocument } from '../../../aws/policy/types.ts';
import type { Principal } from '../../../aws/principal.ts';
import { MalformedPolicyDocumentException } from '../errors.ts';

/** A key has one policy, of this name. */
export const policyName = 'default';
/** KMS's quota, white space included. */
const maxPolicyBytes = 32_768;

/** What a key gets when CreateKey names no policy: the account's identity policies decide. */
export function defaultKeyPolicy(account: string): object {
  return {
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  };
}

/** Checks a policy that is to be written. @throws MalformedPolicyDocumentException */
export function checkKeyPolicy(text: string): PolicyDocument {
  if (new TextEncoder().encode(text).length > maxPolicyBytes) {
    throw new MalformedPolicyDocumentException(
      `Policy is too long: it must have at most ${maxPolicyBytes} bytes.`,
    );
  }
  return readKeyPolicy(text);
}

/** @throws MalformedPolicyDocumentException */
export function readKeyPolicy(text: string): PolicyDocument {
  try {
    return parsePolicy(text, 'resource');
  } catch (error) {
    if (error instanceof InvalidPrincipalError) {
      throw invalidPrincipals();
    }
    if (error instanceof PolicySyntaxError)
      throw new MalformedPolicyDocumentException(error.message);
    throw error;
  }
}

export function invalidPrincipals(): MalformedPolicyDocumentException {
  return new MalformedPolicyDocumentException(
    'Policy contains a statement with one or more invalid principals.',
  );
}

/**
 * Whether the key policy leaves its maker a way to change it again: by naming the principal, or the account,
 * whose identity policies are taken to allow it.
 */
export function allowsPolicyUpdate(
  policy: PolicyDocument,
  principal: Principal,
  key: { readonly account: string; readonly arn: string },
): boolean {
  const { account } = principal;
  const { allowed } = evaluate(
    {
      principal,
      action: 'kms:PutKeyPolicy',
      resource: key.arn,
      context: { 'kms:CallerAccount': account, ...principalKeys(principal) },
    },
    {
      identity: [allowEverything],
      resource: policy,
      resourcePolicyDecides: true,
      resourceAccount: key.account,
    },
  );
  return allowed;
}

const allowEverything: PolicyDocument = {
  version: '2012-10-17',
  statements: [{ effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [] }],
};

/** A policy in the form in which GetKeyPolicy answers: Version, Id, Statement, two spaces, ` : ` between. */
export function formatKeyPolicy(policy: object): string {
  const { Version, Id, Statement, ...rest } = policy as Record<string, unknown>;
  return format({ Version, Id, Statement, ...rest }, '');
}

function format(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    return value.length === 0
      ? '[ ]'
      : `[ ${value.map((each) => format(each, indent)).join(', ')} ]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${inner}${JSON.stringify(name)} : ${format(member, inner)}`);
  return members.length === 0 ? '{ }' : `{\n${members.join(',\n')}\n${indent}}`;
}
