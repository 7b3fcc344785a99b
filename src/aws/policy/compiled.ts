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
  coversAction(action: string): boolean;
  coversResource(resource: string, lookup: VariableLookup | undefined): boolean;
}

/** More than all services have; a caller of the simulator can ask for others. */
const maxActions = 1000;

interface CompiledPolicy {
  readonly statements: readonly CompiledStatement[];
  readonly byAction: Map<string, readonly CompiledStatement[]>;
}

const policies = new WeakMap<PolicyDocument, CompiledPolicy>();

/**
 * The statements of a document that speak of an action. A document never changes, so this holds for as long as the
 * document itself: whoever has another version of a policy has another document.
 * @param action `service:Operation`
 */
export function statementsOn(
  document: PolicyDocument,
  action: string,
): readonly CompiledStatement[] {
  let policy = policies.get(document);
  if (policy === undefined) {
    policy = { statements: document.statements.map(compiler(document)), byAction: new Map() };
    policies.set(document, policy);
  }
  let found = policy.byAction.get(action);
  if (found === undefined) {
    found = policy.statements.filter((each) => each.coversAction(action));
    if (policy.byAction.size >= maxActions) policy.byAction.clear();
    policy.byAction.set(action, found);
  }
  return found;
}

function compiler({ version }: PolicyDocument): (statement: Statement) => CompiledStatement {
  return (statement) => ({
    statement,
    version,
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
