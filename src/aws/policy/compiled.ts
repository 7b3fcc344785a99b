import { matcherOf, type Matcher } from './glob.ts';
import {
  arnMatcherOf,
  paddedArn,
  readPattern,
  splitArn,
  type ArnMatcher,
  type VariableLookup,
} from './pattern.ts';
import type { PolicyDocument, Statement } from './types.ts';

/** A statement with what is worked out of it once. */
export interface CompiledStatement {
  readonly statement: Statement;
  readonly version: PolicyDocument['version'];
  /** What its resources are depends on the request. */
  readonly hasVariables: boolean;
  coversAction(action: string): boolean;
  coversResource(resource: string, lookup: VariableLookup | undefined): boolean;
}

/** More than all services have; a caller of the simulator can ask for others. */
const maxActions = 1000;
/** What of them is remembered for each document: callers use few keys, and name them again and again. */
const maxResources = 64;
const maxResourceCharacters = 256;

interface CompiledPolicy {
  readonly statements: readonly CompiledStatement[];
  readonly byAction: Map<string, OnAction>;
  /** How many resources are remembered, under all actions. */
  resources: number;
}

interface OnAction {
  readonly statements: readonly CompiledStatement[];
  readonly byResource: Map<string, readonly CompiledStatement[]>;
}

const policies = new WeakMap<PolicyDocument, CompiledPolicy>();

/**
 * The statements of a document that speak of an action, but for those that surely speak of other resources. A document
 * never changes, so this holds for as long as the document itself: whoever has another version of a policy has another
 * document.
 * @param action `service:Operation`
 */
export function statementsOn(
  document: PolicyDocument,
  action: string,
  resource: string,
): readonly CompiledStatement[] {
  const policy = policies.get(document) ?? compiled(document);
  const onAction = policy.byAction.get(action) ?? withAction(policy, action);
  return onAction.byResource.get(resource) ?? withResource(policy, onAction, resource);
}

function compiled(document: PolicyDocument): CompiledPolicy {
  const statements = document.statements.map(compiler(document));
  const policy: CompiledPolicy = { statements, byAction: new Map(), resources: 0 };
  policies.set(document, policy);
  return policy;
}

function withAction(policy: CompiledPolicy, action: string): OnAction {
  const statements = policy.statements.filter((each) => each.coversAction(action));
  const onAction: OnAction = { statements, byResource: new Map() };
  if (policy.byAction.size >= maxActions) {
    policy.byAction.clear();
    policy.resources = 0;
  }
  policy.byAction.set(action, onAction);
  return onAction;
}

function withResource(
  policy: CompiledPolicy,
  { statements, byResource }: OnAction,
  resource: string,
): readonly CompiledStatement[] {
  const found = statements.filter(
    (each) => each.hasVariables || each.coversResource(resource, undefined),
  );
  if (resource.length > maxResourceCharacters) return found;
  if (policy.resources >= maxResources) {
    for (const each of policy.byAction.values()) each.byResource.clear();
    policy.resources = 0;
  }
  byResource.set(resource, found);
  policy.resources += 1;
  return found;
}

function compiler({ version }: PolicyDocument): (statement: Statement) => CompiledStatement {
  return (statement) => ({
    statement,
    version,
    hasVariables: [...(statement.resources ?? []), ...(statement.notResources ?? [])].some((each) =>
      each.includes('${'),
    ),
    coversAction: actionMatcher(statement),
    coversResource: resourceMatcher(statement),
  });
}

function actionMatcher({ actions, notActions }: Statement): Matcher {
  const isListed = (patterns: readonly string[]): Matcher => {
    const matchers = patterns.map((each) =>
      matcherOf(readPattern(each.toLowerCase(), undefined) ?? []),
    );
    return (action) => {
      const name = action.toLowerCase();
      return matchers.some((matches) => matches(name));
    };
  };
  if (actions !== undefined) return isListed(actions);
  if (notActions === undefined) return () => false;
  const isExcepted = isListed(notActions);
  return (action) => !isExcepted(action);
}

/** Trust policies have neither element: they speak of the role that they belong to. */
function resourceMatcher(statement: Statement): ArnMatcher {
  const { resources, notResources } = statement;
  const isListed = (patterns: readonly string[]): ArnMatcher => {
    if (patterns.includes('*')) return () => true;
    const matchers = patterns.map((each) => arnMatcherOf(paddedArn(splitArn(each))));
    return (resource, lookup) => matchers.some((matches) => matches(resource, lookup));
  };
  if (resources !== undefined) return isListed(resources);
  if (notResources === undefined) {
    const isOfResource = statement.principal !== undefined || statement.notPrincipal !== undefined;
    return () => isOfResource;
  }
  const isExcepted = isListed(notResources);
  // AWS: what has a variable without a value matches no resource, here as in Resource: so it excepts none.
  return (resource, lookup) => !isExcepted(resource, lookup);
}
