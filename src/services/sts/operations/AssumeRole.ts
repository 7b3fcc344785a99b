import type { Call } from '../../../aws/call.ts';
import { CommonError } from '../../../aws/errors.ts';
import { operation } from '../../../aws/operation.ts';
import { showCredentials } from '../credentials.ts';
import { checkMfa } from '../mfa.ts';
import type { AssumeRoleRequest, AssumeRoleResponse } from '../model.ts';
import type { RoleToAssume, StsPorts } from '../ports.ts';
import { accountOfRole } from '../role-arn.ts';
import { authorizedRole, sessionSeconds } from '../role-to-assume.ts';
import { packedPolicySize, readSessionPolicies } from '../session-policies.ts';
import { sessionTags, tagContext } from '../session-tags.ts';

/** At most, with the credentials of another role. */
const chainedSeconds = 3600;

/** @see AWS STS API Reference, "AssumeRole"; AWS IAM User Guide, "Methods to assume a role" */
export const AssumeRole = operation<AssumeRoleRequest, AssumeRoleResponse, StsPorts>(
  'AssumeRole',
  async (input, call, ports) => {
    const { RoleArn: arn, RoleSessionName: sessionName } = input;
    if (call.principal.type === 'root')
      throw new CommonError('access-denied', 'Roles may not be assumed by root accounts.');
    accountOfRole(arn);
    const sourceIdentity = input.SourceIdentity ?? call.session?.sourceIdentity;
    const tags = sessionTags(call, input);
    const mfaAt = await checkMfa(call, input, ports);
    const role = await authorizedRole(call, ports, {
      arn,
      action: 'sts:AssumeRole',
      context: {
        ...tagContext(input),
        'sts:ExternalId': input.ExternalId,
        'sts:RoleSessionName': sessionName,
      },
      hasMfaCode: mfaAt !== undefined,
      isTagged: tags.tags.length > 0,
      sourceIdentity,
    });
    const durationSeconds = checkDuration(call, input.DurationSeconds, role);
    const PackedPolicySize = packedPolicySize(input);
    const policies = await readSessionPolicies(input, role.account, ports);
    const { roleName, roleId } = role;
    const made = await ports.sessions.issue(call, {
      account: role.account,
      durationSeconds,
      claims: {
        who: { kind: 'role', roleName, roleId, sessionName },
        ...tags,
        ...policies,
        ...mfaOf(call, mfaAt),
        isChained: call.principal.type === 'role-session',
        ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
      },
    });
    ports.identity.noteRoleUse(call, role);
    return {
      Credentials: showCredentials(made),
      AssumedRoleUser: {
        AssumedRoleId: `${roleId}:${sessionName}`,
        Arn: `arn:aws:sts::${role.account}:assumed-role/${roleName}/${sessionName}`,
      },
      PackedPolicySize,
      SourceIdentity: sourceIdentity,
    };
  },
);

/** For the record: as with AWS, `aws:MultiFactorAuthPresent` is false in a role's session. */
function mfaOf({ principal, session }: Call, givenAt: Temporal.Instant | undefined) {
  const at = givenAt ?? (principal.type === 'user' ? session?.mfaAt : undefined);
  return at === undefined ? {} : { mfaAt: at.epochMilliseconds };
}

/** @throws validation */
function checkDuration({ principal }: Call, asked: number | undefined, role: RoleToAssume): number {
  if (principal.type === 'role-session' && (asked ?? 0) > chainedSeconds)
    throw new CommonError(
      'validation',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  return sessionSeconds(asked, role);
}
