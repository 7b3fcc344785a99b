import { accountId, parseArn } from '../../aws/arn.ts';
import { contextKeysOf } from '../../aws/policy/context-keys.ts';
import { evaluate } from '../../aws/policy/evaluate.ts';
import { parsePolicy, PolicySyntaxError, type PolicyKind } from '../../aws/policy/parse.ts';
import { statementSpans } from '../../aws/policy/positions.ts';
import type { ConditionContext, PolicyDocument, PolicySource } from '../../aws/policy/types.ts';
import type { Principal } from '../../aws/principal.ts';
import { InvalidInputException } from './errors.ts';
import { pagedNames, type ListPage } from './pagination.ts';
import type { ContextEntry, EvaluationResult, Statement as MatchedStatement } from './model.ts';

/** What the simulator is asked for, whoever's policies they are. */
export interface SimulationInput {
  readonly ActionNames: readonly string[];
  readonly ResourceArns?: readonly string[] | undefined;
  readonly ResourcePolicy?: string | undefined;
  /** The account that owns the resources, as its root user's ARN or its number. */
  readonly ResourceOwner?: string | undefined;
  readonly CallerArn?: string | undefined;
  readonly ContextEntries?: readonly ContextEntry[] | undefined;
  readonly PermissionsBoundaryPolicyInputList?: readonly string[] | undefined;
}

/** Whose call is simulated. */
export interface SimulatedCaller {
  readonly principal: Principal;
  readonly identity: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument | undefined;
}

/**
 * What the policies would decide, by the engine that decides real calls: for each action on each resource.
 * @throws InvalidInput
 * @see IAM API Reference, "SimulateCustomPolicy"
 */
export function simulate(input: SimulationInput, caller: SimulatedCaller): EvaluationResult[] {
  const { ActionNames, ResourceArns = ['*'], ResourcePolicy, ContextEntries = [] } = input;
  for (const action of ActionNames)
    if (!/^[a-z0-9-]+:[A-Za-z0-9]+$/i.test(action))
      throw new InvalidInputException(`Invalid Input Actions: ${action}`);
  const context = contextOf(ContextEntries);
  const [boundaryText] = input.PermissionsBoundaryPolicyInputList ?? [];
  const boundary =
    boundaryText === undefined
      ? caller.boundary
      : readInput(boundaryText, 'identity', 'PermissionsBoundaryPolicyInputList.1');
  const resource =
    ResourcePolicy === undefined
      ? undefined
      : readInput(ResourcePolicy, 'resource', 'ResourcePolicy', 'resource');
  const asked = { input, caller, context, boundary, resource };
  return ActionNames.flatMap((action) => ResourceArns.map((arn) => resultOf(action, arn, asked)));
}

/** Policies that stand in the input itself. @throws InvalidInput */
export function readInputs(texts: readonly string[], name: string): PolicyDocument[] {
  return texts.map((text, index) => readInput(text, 'identity', `${name}.${index + 1}`));
}

interface Asked {
  readonly input: SimulationInput;
  readonly caller: SimulatedCaller;
  readonly context: ConditionContext;
  readonly boundary: PolicyDocument | undefined;
  readonly resource: PolicyDocument | undefined;
}

function resultOf(action: string, arn: string, asked: Asked): EvaluationResult {
  const { caller, context, boundary, resource } = asked;
  const { principal, identity } = caller;
  const request = { principal, action, resource: arn, context };
  const resourceAccount = ownerOf(asked);
  const policies = {
    identity,
    ...(boundary === undefined ? {} : { boundary }),
    ...(resource === undefined ? {} : { resource }),
    resourceAccount,
    // These need the resource's policy to allow, whatever else does.
    resourcePolicyDecides: resource !== undefined && /^(kms:|sts:AssumeRole)/i.test(action),
  };
  const { allowed, reason, statements } = evaluate(request, policies);
  const documents = [...identity, boundary, resource].filter((each) => each !== undefined);
  const isBounded =
    boundary !== undefined &&
    evaluate(request, { identity: [boundary], resourceAccount: principal.account }).allowed;
  return {
    EvalActionName: action,
    EvalResourceName: arn,
    EvalDecision: allowed
      ? 'allowed'
      : reason.startsWith('explicit-deny')
        ? 'explicitDeny'
        : 'implicitDeny',
    MatchedStatements: statements.flatMap((each) => matched(each, documents)),
    MissingContextValues: missing(documents, context),
    EvalDecisionDetails: {},
    OrganizationsDecisionDetail: { AllowedByOrganizations: true },
    PermissionsBoundaryDecisionDetail:
      boundary === undefined ? undefined : { AllowedByPermissionsBoundary: isBounded },
  };
}

function matched(
  statement: PolicyDocument['statements'][number],
  documents: readonly PolicyDocument[],
): MatchedStatement[] {
  const document = documents.find(({ statements }) => statements.includes(statement));
  const source = document?.source;
  if (document === undefined || source === undefined) return [];
  const span = statementSpans(source.text)[document.statements.indexOf(statement)];
  return [
    {
      SourcePolicyId: idOf(source),
      SourcePolicyType: source.type,
      StartPosition: span && { Line: span.start.line, Column: span.start.column },
      EndPosition: span && { Line: span.end.line, Column: span.end.column },
    },
  ];
}

function idOf({ type, owner, name }: PolicySource): string {
  return owner === undefined ? name : `${type}_${owner}_${name}`;
}

function missing(documents: readonly PolicyDocument[], context: ConditionContext): string[] {
  const given = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  const wanted = new Set(documents.flatMap((each) => [...contextKeysOf(each)]));
  return [...wanted].filter((key) => !given.has(key.toLowerCase()));
}

/** By default the caller's account, as AWS's simulator takes it. @throws InvalidInput */
function ownerOf({ input, caller }: Asked): string {
  const owner = input.ResourceOwner;
  if (owner === undefined) return caller.principal.account;
  const account = /^[0-9]{12}$/.test(owner) ? owner : parseArn(owner)?.account;
  if (account === undefined || account === '')
    throw new InvalidInputException(`Invalid Input ResourceOwner: ${owner}`);
  return accountId(account);
}

function contextOf(entries: readonly ContextEntry[]): ConditionContext {
  return Object.fromEntries(
    entries.map(({ ContextKeyName = '', ContextKeyType = 'string', ContextKeyValues = [] }) => [
      ContextKeyName,
      ContextKeyType.endsWith('List') ? ContextKeyValues : ContextKeyValues[0],
    ]),
  );
}

function readInput(
  text: string,
  kind: PolicyKind,
  name: string,
  type: PolicySource['type'] = 'none',
): PolicyDocument {
  try {
    return { ...parsePolicy(text, kind), source: { type, name, text } };
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    throw new InvalidInputException(`Invalid Input ${name}: ${error.message}`);
  }
}

/** A page of results, in their order. */
export function pagedResults(results: readonly EvaluationResult[], page: ListPage) {
  const numbered = results.map((result, n) => ({ result, name: String(n).padStart(9, '0') }));
  const { items, ...rest } = pagedNames(numbered, page, ({ name }) => name);
  return { EvaluationResults: items.map(({ result }) => result), ...rest };
}
