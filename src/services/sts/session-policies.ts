import { deflateRawSync } from 'node:zlib';
import { CommonError } from '../../aws/errors.ts';
import { parsePolicy, PolicySyntaxError } from '../../aws/policy/parse.ts';
import { MalformedPolicyDocumentException, PackedPolicyTooLargeException } from './errors.ts';
import type { Tag } from './model.ts';
import type { StsPorts } from './ports.ts';

interface SessionInput {
  readonly Policy?: string | undefined;
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

interface SessionPolicies {
  readonly policies?: string[];
  readonly policyArns?: string[];
}

/** What policies and tags of a session may take together, packed: the token travels in the head of each request. */
const packedBytes = 4096;

/**
 * The policies that narrow a session, checked.
 * @throws MalformedPolicyDocument; validation for a managed policy that is not there
 */
export async function readSessionPolicies(
  { Policy, PolicyArns }: SessionInput,
  account: string,
  { identity }: StsPorts,
): Promise<SessionPolicies> {
  if (Policy !== undefined) refuseMalformed(Policy);
  const arns = (PolicyArns ?? []).map(({ arn }) => arn ?? '');
  for (const arn of arns)
    if (!(await identity.hasPolicy(account, arn)))
      throw new CommonError('validation', `Policy ${arn} does not exist or is not attachable.`);
  return {
    ...(Policy === undefined ? {} : { policies: [Policy] }),
    ...(arns.length === 0 ? {} : { policyArns: arns }),
  };
}

/**
 * How much of the room for policies and tags they take, in percent; undefined when there are none.
 * @throws PackedPolicyTooLarge
 */
export function packedPolicySize({ Policy, PolicyArns, Tags }: SessionInput): number | undefined {
  if (Policy === undefined && PolicyArns === undefined && Tags === undefined) return undefined;
  const packed = deflateRawSync(JSON.stringify([Policy, PolicyArns, Tags]));
  const percent = Math.ceil((packed.length / packedBytes) * 100);
  if (percent > 100) throw new PackedPolicyTooLargeException(percent);
  return percent;
}

function refuseMalformed(document: string): void {
  try {
    parsePolicy(document, 'session');
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    throw new MalformedPolicyDocumentException(error.message);
  }
}
