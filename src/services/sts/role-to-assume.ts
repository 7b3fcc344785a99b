import type { AuthorizationDetails, Call } from '../../aws/call.ts';
import { CommonError } from '../../aws/errors.ts';
import type { ConditionContext } from '../../aws/policy/types.ts';
import type { RoleToAssume, StsPorts } from './ports.ts';

/** What is asked of a role's trust policy. */
interface Asked {
  readonly arn: string;
  /** `sts:AssumeRole` or its like. */
  readonly action: string;
  readonly context: ConditionContext;
  readonly hasMfaCode?: boolean;
  readonly isTagged: boolean;
  readonly sourceIdentity: string | undefined;
}

const byDefaultSeconds = 3600;

/**
 * The role, if the caller may assume it, hand in tags, and say on whose behalf: his own policies and the role's trust
 * policy are asked for each.
 * @throws access-denied, the same whether the role is there or not
 */
export async function authorizedRole(
  call: Call,
  { identity }: StsPorts,
  { arn, action, context, hasMfaCode, isTagged, sourceIdentity }: Asked,
): Promise<RoleToAssume> {
  const role = await identity.roleToAssume(arn);
  const details: AuthorizationDetails = {
    context: { ...context, ...roleTags(role), 'sts:SourceIdentity': sourceIdentity },
    resourcePolicyDecides: true,
    ...(role === undefined ? {} : { resourcePolicy: role.trust }),
    hasMfaCode: hasMfaCode === true,
    hidesReason: true,
  };
  const actions = [
    action,
    ...(isTagged ? ['sts:TagSession'] : []),
    ...(sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
  ];
  for (const each of actions) await call.authorize(each, arn, details);
  if (role === undefined) throw new TypeError('a role that is not there was trusted');
  call.audit.resource({ type: 'AWS::IAM::Role', arn, account: role.account });
  return role;
}

/** How long the session is to last, in seconds. @throws validation */
export function sessionSeconds(asked: number | undefined, role: RoleToAssume): number {
  const duration = asked ?? byDefaultSeconds;
  if (duration > role.maxSessionSeconds)
    throw new CommonError(
      'validation',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  return duration;
}

function roleTags(role: RoleToAssume | undefined): ConditionContext {
  return Object.fromEntries(
    (role?.tags ?? []).flatMap(({ Key, Value }) => [
      [`aws:ResourceTag/${Key}`, Value],
      [`iam:ResourceTag/${Key}`, Value],
    ]),
  );
}
