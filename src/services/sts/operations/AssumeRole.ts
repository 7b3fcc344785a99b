import type { AuthorizationDetails, Call } from '../../../aws/call.ts';
import { CommonError } from '../../../aws/errors.ts';
import { operation } from '../../../aws/operation.ts';
import { showCredentials } from '../credentials.ts';
import { checkMfa } from '../mfa.ts';
import type { AssumeRoleRequest, AssumeRoleResponse } from '../model.ts';
import type { RoleToAssume, StsPorts } from '../ports.ts';
import { packedPolicySize, readSessionPolicies } from '../session-policies.ts';
import { sessionTags, tagContext } from '../session-tags.ts';

const byDefaultSeconds = 3600;
/** At most, with the credentials of another role. */
const chainedSeconds = 3600;

/** @see AWS STS API Reference, "AssumeRole"; AWS IAM User Guide, "Methods to assume a role" */
export const AssumeRole = operation<AssumeRoleRequest, AssumeRoleResponse, StsPorts>(
  'AssumeRole',
  async (input, call, ports) => {
    const { RoleArn: arn, RoleSessionName: sessionName } = input;
    if (call.principal.type === 'root')
      throw new CommonError('access-denied', 'Roles may not be assumed by root accounts.');
    if (!/^arn:aws:iam::[0-9]{12}:role\/.+$/.test(arn))
      throw new CommonError('validation', `${arn} is invalid`);
    const sourceIdentity = input.SourceIdentity ?? call.session?.sourceIdentity;
    const tags = sessionTags(call, input);
    const mfaAt = await checkMfa(call, input, ports);
    const role = await authorizedRole(call, ports, input, {
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

/**
 * The role, if the caller may assume it, hand in tags, and say on whose behalf: his own policies and the role's trust
 * policy are asked for each.
 * @throws access-denied, the same whether the role is there or not
 */
async function authorizedRole(
  call: Call,
  { identity }: StsPorts,
  input: AssumeRoleRequest,
  asked: { hasMfaCode: boolean; isTagged: boolean; sourceIdentity: string | undefined },
): Promise<RoleToAssume> {
  const { RoleArn: arn } = input;
  const role = await identity.roleToAssume(arn);
  const details: AuthorizationDetails = {
    context: {
      ...tagContext(input),
      ...Object.fromEntries(
        (role?.tags ?? []).flatMap(({ Key, Value }) => [
          [`aws:ResourceTag/${Key}`, Value],
          [`iam:ResourceTag/${Key}`, Value],
        ]),
      ),
      'sts:ExternalId': input.ExternalId,
      'sts:RoleSessionName': input.RoleSessionName,
      'sts:SourceIdentity': asked.sourceIdentity,
    },
    resourcePolicyDecides: true,
    ...(role === undefined ? {} : { resourcePolicy: role.trust }),
    hasMfaCode: asked.hasMfaCode,
    hidesReason: true,
  };
  const actions = [
    'sts:AssumeRole',
    ...(asked.isTagged ? ['sts:TagSession'] : []),
    ...(asked.sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
  ];
  for (const action of actions) await call.authorize(action, arn, details);
  if (role === undefined) throw new TypeError('a role that is not there was trusted');
  call.audit.resource({ type: 'AWS::IAM::Role', arn, account: role.account });
  return role;
}

function checkDuration({ principal }: Call, asked: number | undefined, role: RoleToAssume): number {
  const isChained = principal.type === 'role-session';
  const duration = asked ?? byDefaultSeconds;
  if (isChained && duration > chainedSeconds)
    throw new CommonError(
      'validation',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  if (duration > role.maxSessionSeconds)
    throw new CommonError(
      'validation',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  return duration;
}
