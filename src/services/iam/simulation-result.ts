import { contextKeysOf } from '../../aws/policy/context-keys.ts';
import { parsePolicy } from '../../aws/policy/parse.ts';
import { statementSpans } from '../../aws/policy/positions.ts';
import type {
  ConditionContext,
  Decision,
  PolicyDocument,
  PolicyRequest,
  PolicySource,
  Statement as PolicyStatement,
} from '../../aws/policy/types.ts';
import type {
  EvaluationResult,
  PolicyEvaluationDecisionType,
  PolicySourceType,
  Statement as MatchedStatement,
} from './model.ts';

/** What is the same for every result of a simulation. */
export interface Simulated {
  readonly places: ReadonlyMap<PolicyStatement, MatchedStatement>;
  /** Keys that the policies ask for, and nobody gave. */
  readonly missingKeys: readonly string[];
}

/** What else was decided besides. */
export interface Weighed {
  /** Whether the permissions boundary allows; undefined when there is none. */
  readonly boundary: boolean | undefined;
  /** What each account's policies say, of a call from one account on a resource of another. */
  readonly sides: Readonly<Record<string, Decision>>;
}

/** @param documents all policies that have a say */
export function simulatedBy(
  documents: readonly PolicyDocument[],
  context: ConditionContext,
): Simulated {
  const given = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  const wanted = new Set(documents.flatMap((each) => [...contextKeysOf(each)]));
  return {
    places: new Map(documents.flatMap(placesIn)),
    missingKeys: [...wanted].filter((key) => !given.has(key.toLowerCase())),
  };
}

/** A policy that allows all. */
export const everything: PolicyDocument = parsePolicy(
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
  'identity',
);

/**
 * A decision as IAM's simulator tells it: of a resource that was named, once more under ResourceSpecificResults.
 * @see IAM API Reference, "EvaluationResult", "ResourceSpecificResult"
 */
export function resultOf(
  { action, resource }: PolicyRequest,
  decision: Decision,
  { boundary, sides }: Weighed,
  { places, missingKeys }: Simulated,
): EvaluationResult {
  const decided = decisionName(decision);
  const parts = {
    MatchedStatements: decision.statements.flatMap((each) => places.get(each) ?? []),
    MissingContextValues: missingKeys,
    PermissionsBoundaryDecisionDetail:
      boundary === undefined ? undefined : { AllowedByPermissionsBoundary: boundary },
  };
  const details = Object.fromEntries(
    Object.entries(sides).map(([side, each]) => [side, decisionName(each)]),
  );
  const isAcross = Object.keys(sides).length > 0;
  const isNamed = resource !== '*';
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: decided,
    ...parts,
    OrganizationsDecisionDetail: { AllowedByOrganizations: true },
    EvalDecisionDetails: isNamed || isAcross ? details : undefined,
    ResourceSpecificResults: isNamed
      ? [
          {
            EvalResourceName: resource,
            EvalResourceDecision: decided,
            ...parts,
            EvalDecisionDetails: isAcross ? details : undefined,
          },
        ]
      : undefined,
  };
}

function decisionName({ allowed, reason }: Decision): PolicyEvaluationDecisionType {
  if (allowed) return 'allowed';
  return reason.startsWith('explicit-deny') ? 'explicitDeny' : 'implicitDeny';
}

function placesIn({ source, statements }: PolicyDocument): [PolicyStatement, MatchedStatement][] {
  if (source === undefined) return [];
  const spans = statementSpans(source.text);
  return statements.map((statement, index) => {
    const span = spans[index];
    return [
      statement,
      {
        SourcePolicyId: idOf(source),
        SourcePolicyType: typeOf(source),
        StartPosition: span && { Line: span.behind.line, Column: span.behind.column },
        EndPosition: span && { Line: span.end.line, Column: span.end.column },
      },
    ];
  });
}

function idOf({ type, owner, name }: PolicySource): string {
  return owner === undefined ? name : `${type}_${owner}_${name}`;
}

/** AWS answers these words, and not those that its model lists. */
function typeOf({ type }: PolicySource): PolicySourceType {
  return (type === 'resource' ? 'Resource Policy' : 'IAM Policy') as PolicySourceType;
}
