import type { Credential } from '../directory.ts';
import type { ConditionContext } from './types.ts';
import type { Principal } from '../principal.ts';

/** Where a request came from. */
export interface Origin {
  /** IP address; absent for work that no request asked for. */
  readonly sourceIp?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly referer?: string | undefined;
  readonly credential?: Credential | undefined;
}

/**
 * The global condition keys, and KMS's two that tell who asks and through whom.
 * @see AWS IAM User Guide, "AWS global condition context keys"
 */
export function globalConditionKeys(from: {
  readonly principal: Principal;
  /** `us-east-1` for a global service. */
  readonly requestedRegion: string;
  readonly region: string;
  readonly origin: Origin;
  /** Services that call on the principal's behalf, the first one first: `acm.amazonaws.com`. */
  readonly calledVia: readonly string[];
  readonly now: Temporal.Instant;
}): ConditionContext {
  const { principal, origin, calledVia, now } = from;
  const isDirect = calledVia.length === 0 && principal.type !== 'service';
  return {
    ...principalKeys(principal),
    ...tagKeys(principal, origin.credential),
    ...sessionKeys(principal, origin.credential, now),
    'aws:SecureTransport': 'true',
    'aws:SourceIp': isDirect ? origin.sourceIp : undefined,
    'aws:UserAgent': isDirect ? origin.userAgent : undefined,
    'aws:Referer': isDirect ? origin.referer : undefined,
    'aws:RequestedRegion': from.requestedRegion,
    'aws:CurrentTime': now.toString({ smallestUnit: 'second' }),
    'aws:EpochTime': String(Math.floor(now.epochMilliseconds / 1000)),
    'aws:ViaAWSService': String(calledVia.length > 0),
    'aws:CalledVia': calledVia.length > 0 ? calledVia : undefined,
    'aws:CalledViaFirst': calledVia[0],
    'aws:CalledViaLast': calledVia.at(-1),
    'kms:CallerAccount': principal.account,
    'kms:ViaService': viaService(calledVia.at(-1), from.region),
  };
}

/** Those that tell who somebody is. */
export function principalKeys(principal: Principal): ConditionContext {
  if (principal.type === 'service') {
    return {
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': principal.name,
      'aws:PrincipalServiceNamesList': [principal.name],
      'aws:SourceAccount': principal.account,
    };
  }
  if (principal.type === 'web-identity')
    return { ...principal.conditionKeys, 'aws:FederatedProvider': principal.provider };
  return {
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalAccount': principal.account,
    // Of a session: the role, not the session.
    'aws:PrincipalArn': principal.type === 'role-session' ? principal.roleArn : principal.arn,
    'aws:PrincipalType': principalTypes[principal.type],
    'aws:userid': principal.principalId,
    'aws:username': principal.type === 'user' ? principal.userName : undefined,
  };
}

const principalTypes = {
  root: 'Account',
  user: 'User',
  'role-session': 'AssumedRole',
  'federated-user': 'FederatedUser',
} as const;

/** Long-term keys have none of these: absent is not the same as false. */
function sessionKeys(
  principal: Principal,
  credential: Credential | undefined,
  now: Temporal.Instant,
): ConditionContext {
  const session = credential?.session;
  if (session === undefined || principal.type === 'service') return {};
  // A role's session does not inherit the MFA of whoever assumed the role.
  const mfaAt = principal.type === 'role-session' ? undefined : session.mfaAt;
  return {
    'aws:MultiFactorAuthPresent': String(mfaAt !== undefined),
    'aws:MultiFactorAuthAge':
      mfaAt === undefined
        ? undefined
        : String(Math.floor((now.epochMilliseconds - mfaAt.epochMilliseconds) / 1000)),
    'aws:TokenIssueTime': session.issuedAt.toString({ smallestUnit: 'second' }),
    'aws:SourceIdentity': session.sourceIdentity,
    'aws:FederatedProvider': session.federatedProvider,
  };
}

function tagKeys(principal: Principal, credential: Credential | undefined): ConditionContext {
  if (principal.type === 'service') return {};
  return Object.fromEntries(
    (credential?.tags ?? []).map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value]),
  );
}

/** `acm.amazonaws.com` → `acm.eu-west-1.amazonaws.com`. */
function viaService(service: string | undefined, region: string): string | undefined {
  return service?.replace(/^([a-z0-9-]+)\.amazonaws\.com$/, `$1.${region}.amazonaws.com`);
}
