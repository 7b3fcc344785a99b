import { statementsOn } from './compiled.ts';
import { fulfils, requestContext, type RequestContext } from './condition.ts';
import { namedBy, type Named } from './principal-element.ts';
import type {
  ApplicablePolicies,
  Decision,
  PolicyDocument,
  PolicyRequest,
  Statement,
} from './types.ts';

/**
 * Decides one request. Pure: the same request and policies always give the same decision, the order of
 * statements plays no part, another Deny never allows more and another Allow never allows less. What
 * cannot be told (an operator that is not known, a value that cannot be read) counts as matched in a
 * Deny and as not matched in an Allow.
 *
 * A Deny anywhere wins. Then a resource policy that names the caller itself is enough in its own account,
 * whatever boundary and session policies leave out; otherwise the caller's identity policies, boundary and session
 * policies must all allow, and for a resource of another account, or one whose policy decides (KMS keys, trust policies
 * of roles), the resource's side must allow as well: by its policy, by naming the account, or by a grant.
 * @see AWS IAM User Guide, "Policy evaluation logic"; AWS KMS Developer Guide, "Determining access to keys"
 */
export function evaluate(request: PolicyRequest, policies: ApplicablePolicies): Decision {
  const context = requestContext(() => request.context);
  const applying = (documents: readonly PolicyDocument[]): Statement[] =>
    statementsApplying(documents, request, context);
  const { boundary, session, resource } = policies;
  const inIdentity = applying(policies.identity);
  const inBoundary = boundary === undefined ? undefined : applying([boundary]);
  const inSession = session === undefined ? undefined : applying(session);
  const inResource = (resource === undefined ? [] : applying([resource])).flatMap((statement) => {
    const named = namedBy(statement, request.principal, { isBounded: boundary !== undefined });
    return named === undefined ? [] : [{ statement, named }];
  });

  const denied = denial([
    ['explicit-deny-identity', inIdentity],
    ['explicit-deny-resource', inResource.map(({ statement }) => statement)],
    ['explicit-deny-boundary', inBoundary ?? []],
    ['explicit-deny-session', inSession ?? []],
  ]);
  if (denied !== undefined) return denied;

  return decideWithoutDeny(request, policies, {
    identity: allows(inIdentity),
    boundary: inBoundary && allows(inBoundary),
    session: inSession && allows(inSession),
    resource: inResource.filter(({ statement }) => statement.effect === 'Allow'),
  });
}

interface Allows {
  readonly identity: readonly Statement[];
  /** Undefined when the caller has no boundary. */
  readonly boundary: readonly Statement[] | undefined;
  /** Undefined when the caller has no session policies. */
  readonly session: readonly Statement[] | undefined;
  readonly resource: readonly { readonly statement: Statement; readonly named: Named }[];
}

function decideWithoutDeny(
  request: PolicyRequest,
  policies: ApplicablePolicies,
  allowed: Allows,
): Decision {
  const { principal } = request;
  const namedAs = (...levels: Named[]): Statement[] =>
    allowed.resource
      .filter(({ named }) => levels.includes(named))
      .map(({ statement }) => statement);
  const isOwnAccount = principal.account === policies.resourceAccount;

  if (isOwnAccount) {
    const identity = namedAs('identity');
    if (identity.length > 0) return yes(identity);
    const direct = namedAs('role', 'everybody');
    if (direct.length > 0 || policies.isGranted === true) return narrowed(allowed) ?? yes(direct);
  }
  const needsResource = policies.resourcePolicyDecides === true || !isOwnAccount;
  const resource = allowed.resource.map(({ statement }) => statement);
  if (needsResource && resource.length === 0 && policies.isGranted !== true)
    return no('no-resource-allow');

  const identity = principal.type === 'service' ? [] : allowed.identity;
  if (identity.length === 0 && principal.type !== 'root') return no('no-identity-allow');
  return narrowed(allowed) ?? yes([...resource, ...identity]);
}

/** What takes away from what was given: a boundary or session policies that do not allow it too. */
function narrowed({ boundary, session }: Allows): Decision | undefined {
  if (boundary?.length === 0) return no('no-boundary-allow');
  return session?.length === 0 ? no('no-session-allow') : undefined;
}

/** The statements of `documents` that speak of this action on this resource under these conditions. */
function statementsApplying(
  documents: readonly PolicyDocument[],
  request: PolicyRequest,
  context: RequestContext,
): Statement[] {
  const applying: Statement[] = [];
  for (const document of documents)
    for (const compiled of statementsOn(document, request.action, request.resource)) {
      const { statement, version } = compiled;
      const lookup = version === '2012-10-17' ? context.variable : undefined;
      if (
        compiled.coversResource(request.resource, lookup) &&
        statement.conditions.every(
          (condition) => fulfils(condition, context, lookup) ?? statement.effect === 'Deny',
        )
      )
        applying.push(statement);
    }
  return applying;
}

function allows(statements: readonly Statement[]): Statement[] {
  return statements.filter(({ effect }) => effect === 'Allow');
}

/** The first kind of policy that denies gives the reason; all statements that deny are named. */
function denial(
  kinds: readonly (readonly [Decision['reason'], readonly Statement[]])[],
): Decision | undefined {
  let first: Decision['reason'] | undefined;
  const denying: Statement[] = [];
  for (const [reason, statements] of kinds)
    for (const statement of statements) {
      if (statement.effect !== 'Deny') continue;
      first ??= reason;
      denying.push(statement);
    }
  return first === undefined ? undefined : { allowed: false, reason: first, statements: denying };
}

function yes(statements: readonly Statement[]): Decision {
  return { allowed: true, reason: 'allowed', statements };
}

function no(reason: Decision['reason']): Decision {
  return { allowed: false, reason, statements: [] };
}
