import type { Call } from '../../../aws/call.ts';
import { operation } from '../../../aws/operation.ts';
import type { WebIdentityPrincipal } from '../../../aws/principal.ts';
import { showCredentials } from '../credentials.ts';
import type {
  AssumeRoleWithWebIdentityRequest,
  AssumeRoleWithWebIdentityResponse,
} from '../model.ts';
import type { StsPorts } from '../ports.ts';
import { authorizedRole, sessionSeconds } from '../role-to-assume.ts';
import { packedPolicySize, readSessionPolicies } from '../session-policies.ts';
import { sessionTags, tagContext } from '../session-tags.ts';

/**
 * Nobody signs this call: who calls has been found out from the token (`web-identity/identify.ts`), and the role's trust
 * policy alone decides.
 * @see AWS STS API Reference, "AssumeRoleWithWebIdentity"
 */
export const AssumeRoleWithWebIdentity = operation<
  AssumeRoleWithWebIdentityRequest,
  AssumeRoleWithWebIdentityResponse,
  StsPorts
>('AssumeRoleWithWebIdentity', async (input, call, ports) => {
  const caller = webIdentity(call);
  const { RoleArn: arn, RoleSessionName: sessionName } = input;
  noteRequest(call, input);
  const { sourceIdentity } = caller.session;
  const given = tagsOf(caller);
  const tags = sessionTags(call, given);
  const role = await authorizedRole(call, ports, {
    arn,
    action: 'sts:AssumeRoleWithWebIdentity',
    context: { ...tagContext(given), 'sts:RoleSessionName': sessionName },
    isTagged: tags.tags.length > 0,
    sourceIdentity,
  });
  const { account, roleName, roleId } = role;
  const durationSeconds = sessionSeconds(input.DurationSeconds, role);
  const PackedPolicySize = packedPolicySize({ ...input, ...given });
  const policies = await readSessionPolicies(input, account, ports);
  const made = await ports.sessions.issue(call, {
    account,
    durationSeconds,
    claims: {
      who: { kind: 'role', roleName, roleId, sessionName },
      ...tags,
      ...policies,
      federatedProvider: caller.provider,
      ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    },
  });
  ports.identity.noteRoleUse(call, role);
  const shown = {
    AssumedRoleUser: {
      AssumedRoleId: `${roleId}:${sessionName}`,
      Arn: `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`,
    },
    Audience: caller.audience,
    PackedPolicySize,
    Provider: caller.provider,
    SourceIdentity: sourceIdentity,
    SubjectFromWebIdentityToken: caller.subject,
  };
  noteAnswer(call, shown, made);
  return { ...shown, Credentials: showCredentials(made) };
});

function webIdentity({ principal }: Call): WebIdentityPrincipal {
  if (principal.type !== 'web-identity') throw new TypeError('no provider vouches for the caller');
  return principal;
}

/** Undefined where there are none, as in a request that hands none in. */
function tagsOf({ session: { tags, transitiveTagKeys } }: WebIdentityPrincipal) {
  return {
    ...(tags.length === 0 ? {} : { Tags: tags }),
    ...(transitiveTagKeys.length === 0 ? {} : { TransitiveTagKeys: transitiveTagKeys }),
  };
}

/** As CloudTrail shows it: without the token. */
function noteRequest({ audit }: Call, input: AssumeRoleWithWebIdentityRequest): void {
  audit.requestParameters({
    roleArn: input.RoleArn,
    roleSessionName: input.RoleSessionName,
    durationSeconds: input.DurationSeconds,
    policy: input.Policy,
    policyArns: input.PolicyArns,
  });
}

/** As CloudTrail shows it, but for the session token: it is half of the credentials. */
function noteAnswer(
  { audit }: Call,
  shown: Omit<AssumeRoleWithWebIdentityResponse, 'Credentials'>,
  {
    accessKeyId,
    expiresAt,
  }: { readonly accessKeyId: string; readonly expiresAt: Temporal.Instant },
): void {
  const { AssumedRoleUser: user } = shown;
  audit.responseElements({
    credentials: { accessKeyId, expiration: expiresAt.toString() },
    subjectFromWebIdentityToken: shown.SubjectFromWebIdentityToken,
    assumedRoleUser: { assumedRoleId: user?.AssumedRoleId, arn: user?.Arn },
    packedPolicySize: shown.PackedPolicySize,
    provider: shown.Provider,
    audience: shown.Audience,
    sourceIdentity: shown.SourceIdentity,
  });
}
