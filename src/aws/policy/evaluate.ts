import { fulfils, requestContext, type RequestContext } from './condition.ts';
import { matchesArn, matchesWildcards, readPattern, type VariableLookup } from './pattern.ts';
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
 * A Deny anywhere wins. Then a resource policy that names the caller itself is enough in its own account;
 * otherwise the caller's identity policies (and session policies) must allow, and for a resource of
 * another account, or one whose policy decides (KMS keys), the resource's side must allow as well: by
 * its policy, by naming the account, or by a grant.
 * @see AWS IAM User Guide, "Policy evaluation logic"; AWS KMS Developer Guide, "Determining access to keys"
 */
export function evaluate(request: PolicyRequest, policies: ApplicablePolicies): Decision {
  const context = requestContext(() => request.context);
  const inIdentity = applying(policies.identity, request, context);
  const inSession = applying(policies.session ?? [], request, context);
  const inResource = applying(
    policies.resource === undefined ? [] : [policies.resource],
    request,
    context,
  ).flatMap((statement) => {
    const named = namedBy(statement, request.principal);
    return named === undefined ? [] : [{ statement, named }];
  });
  const resourceStatements = inResource.map(({ statement }) => statement);

  const denied =
    denial(inIdentity, 'explicit-deny-identity') ??
    denial(resourceStatements, 'explicit-deny-resource') ??
    denial(inSession, 'explicit-deny-session');
  if (denied !== undefined) return denied;

  return decideWithoutDeny(request, policies, {
    identity: allows(inIdentity),
    session: policies.session === undefined ? undefined : allows(inSession),
    resource: inResource.filter(({ statement }) => statement.effect === 'Allow'),
  });
}

interface Allows {
  readonly identity: readonly Statement[];
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
  const sessionAllows = allowed.session === undefined || allowed.session.length > 0;

  if (isOwnAccount) {
    const identity = namedAs('identity');
    if (identity.length > 0) return yes(identity);
    const direct = namedAs('role', 'everybody');
    if (direct.length > 0 || policies.isGranted === true)
      return sessionAllows ? yes(direct) : no('no-session-allow');
  }
  const needsResource = policies.resourcePolicyDecides === true || !isOwnAccount;
  const resource = allowed.resource.map(({ statement }) => statement);
  if (needsResource && resource.length === 0 && policies.isGranted !== true)
    return no('no-resource-allow');

  const identity = principal.type === 'service' ? [] : allowed.identity;
  if (identity.length === 0 && principal.type !== 'root') return no('no-identity-allow');
  if (!sessionAllows) return no('no-session-allow');
  return yes([...resource, ...identity]);
}

/** The statements of `documents` that speak of this action on this resource under these conditions. */
function applying(
  documents: readonly PolicyDocument[],
  request: PolicyRequest,
  context: RequestContext,
): Statement[] {
  return documents.flatMap(({ version, statements }) => {
    const lookup = version === '2012-10-17' ? context.variable : undefined;
    return statements.filter(
      (statement) =>
        coversAction(statement, request.action) &&
        coversResource(statement, request.resource, lookup) &&
        statement.conditions.every(
          (condition) => fulfils(condition, context, lookup) ?? statement.effect === 'Deny',
        ),
    );
  });
}

function coversAction({ actions, notActions }: Statement, action: string): boolean {
  const name = action.toLowerCase();
  const isListed = (patterns: readonly string[]): boolean =>
    patterns.some((each) => matchesWildcards(name, each.toLowerCase()));
  return actions !== undefined
    ? isListed(actions)
    : notActions !== undefined && !isListed(notActions);
}

/** Trust policies have neither element: they speak of the role that they belong to. */
function coversResource(
  statement: Statement,
  resource: string,
  lookup: VariableLookup | undefined,
): boolean {
  const { resources, notResources } = statement;
  const isListed = (patterns: readonly string[]): boolean =>
    patterns.some((each) => each === '*' || matchesArn(resource, each, lookup));
  if (resources !== undefined) return isListed(resources);
  if (notResources !== undefined) {
    // An exception that cannot be told: a Deny then spares nothing, an Allow gives nothing.
    if (notResources.some((each) => readPattern(each, lookup) === undefined))
      return statement.effect === 'Deny';
    return !isListed(notResources);
  }
  return statement.principal !== undefined || statement.notPrincipal !== undefined;
}

function allows(statements: readonly Statement[]): Statement[] {
  return statements.filter(({ effect }) => effect === 'Allow');
}

function denial(
  statements: readonly Statement[],
  reason: Decision['reason'],
): Decision | undefined {
  const denying = statements.filter(({ effect }) => effect === 'Deny');
  return denying.length === 0 ? undefined : { allowed: false, reason, statements: denying };
}

function yes(statements: readonly Statement[]): Decision {
  return { allowed: true, reason: 'allowed', statements };
}

function no(reason: Decision['reason']): Decision {
  return { allowed: false, reason, statements: [] };
}
