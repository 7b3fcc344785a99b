import { accountId, parseArn } from '../../aws/arn.ts';
import { evaluate } from '../../aws/policy/evaluate.ts';
import { parsePolicy, PolicySyntaxError, type PolicyKind } from '../../aws/policy/parse.ts';
import type {
  ApplicablePolicies,
  PolicyDocument,
  PolicyRequest,
  PolicySource,
} from '../../aws/policy/types.ts';
import type { Principal } from '../../aws/principal.ts';
import { InvalidInputException } from './errors.ts';
import { paged, type ListPage } from './pagination.ts';
import type { ContextEntry, EvaluationResult } from './model.ts';
import { simulatedContext } from './simulated-context.ts';
import { everything, resultOf, simulatedBy, type Simulated } from './simulation-result.ts';

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
 * A page of what the policies would decide, by the engine that decides real calls: for each action on each resource.
 * What is not on it is not decided, and a page ends early when the policies are long: a call keeps no other waiting.
 * @throws InvalidInput
 * @see IAM API Reference, "SimulateCustomPolicy"
 */
export function simulate(input: SimulationInput, caller: SimulatedCaller, page: ListPage) {
  const { ActionNames, ResourceArns = ['*'], ContextEntries = [] } = input;
  for (const action of ActionNames)
    if (!/^[a-z0-9.-]+:[A-Za-z0-9-]+$/i.test(action))
      throw new InvalidInputException(`Invalid Input Actions: ${action}`);
  const context = simulatedContext(ContextEntries);
  const policies = policiesOf(input, caller);
  const documents = [...policies.identity, policies.boundary, policies.resource].filter(
    (each) => each !== undefined,
  );
  const simulated = simulatedBy(documents, context);
  const resultAt = (position: number): EvaluationResult => {
    const action = ActionNames[Math.floor(position / ResourceArns.length)] ?? '';
    const resource = ResourceArns[position % ResourceArns.length] ?? '';
    const request = { principal: caller.principal, action, resource, context };
    return decided(request, { ...policies, ...ofResource(request, policies, input) }, simulated);
  };
  const statements = documents.reduce((sum, each) => sum + each.statements.length, 1);
  const limit = Math.min(page.limit, Math.max(1, Math.floor(maxStatements / statements)));
  const first = page.after === undefined ? 0 : Number(page.after) + 1;
  const left = Math.max(0, ActionNames.length * ResourceArns.length - first);
  const positions = Array.from({ length: Math.min(left, limit + 1) }, (_none, n) => first + n);
  const { items, ...rest } = paged(positions, { ...page, limit }, String);
  return { EvaluationResults: items.map(resultAt), ...rest };
}

/** Statements that are weighed for one page: some milliseconds. */
const maxStatements = 20_000;

/** A resource's policy speaks of callers: who is none (a group, a role) must say for whom it is. @throws InvalidInput */
export function refuseNobody({ CallerArn, ResourcePolicy }: SimulationInput): void {
  if (ResourcePolicy !== undefined && CallerArn === undefined)
    throw new InvalidInputException('Invalid Input: a ResourcePolicy needs a CallerArn');
}

/** Policies that stand in the input itself. @throws InvalidInput */
export function readInputs(texts: readonly string[], name: string): PolicyDocument[] {
  return texts.map((text, index) => readInput(text, 'identity', `${name}.${index + 1}`));
}

type SimulatedPolicies = Pick<ApplicablePolicies, 'identity' | 'boundary' | 'resource'>;

function policiesOf(input: SimulationInput, caller: SimulatedCaller): SimulatedPolicies {
  const [boundaryText] = input.PermissionsBoundaryPolicyInputList ?? [];
  const boundary =
    boundaryText === undefined
      ? caller.boundary
      : readInput(boundaryText, 'identity', 'PermissionsBoundaryPolicyInputList.1');
  const { ResourcePolicy } = input;
  return {
    identity: caller.identity,
    ...(boundary === undefined ? {} : { boundary }),
    ...(ResourcePolicy === undefined
      ? {}
      : { resource: readInput(ResourcePolicy, 'resource', 'ResourcePolicy', 'resource') }),
  };
}

/** Whose the resource is, and what its policy weighs. */
function ofResource(
  { action, resource, principal }: PolicyRequest,
  policies: SimulatedPolicies,
  { ResourceOwner }: SimulationInput,
): Pick<ApplicablePolicies, 'resourceAccount' | 'resourcePolicyDecides'> {
  const hasPolicy = policies.resource !== undefined;
  // As with AWS: without a policy of the resource, nobody but the caller's own account is asked.
  const named = hasPolicy ? parseArn(resource)?.account : undefined;
  return {
    resourceAccount: named || ownerOf(ResourceOwner) || principal.account,
    // These need the resource's policy to allow, whatever else does.
    resourcePolicyDecides: hasPolicy && /^(kms:|sts:AssumeRole)/i.test(action),
  };
}

/** @throws InvalidInput */
function ownerOf(owner: string | undefined): string | undefined {
  if (owner === undefined) return undefined;
  const account = /^[0-9]{12}$/.test(owner) ? owner : parseArn(owner)?.account;
  if (account === undefined || account === '')
    throw new InvalidInputException(`Invalid Input ResourceOwner: ${owner}`);
  return accountId(account);
}

function decided(
  request: PolicyRequest,
  policies: ApplicablePolicies,
  simulated: Simulated,
): EvaluationResult {
  const { identity, boundary, resourceAccount } = policies;
  const { account } = request.principal;
  const ofCaller = { identity, ...(boundary === undefined ? {} : { boundary }) };
  const isAcross = resourceAccount !== account;
  const weighed = {
    boundary:
      boundary && evaluate(request, { identity: [boundary], resourceAccount: account }).allowed,
    sides: isAcross
      ? {
          'IAM Policy': evaluate(request, { ...ofCaller, resourceAccount: account }),
          'Resource Policy': evaluate(request, { ...policies, identity: [everything] }),
        }
      : {},
  };
  return resultOf(request, evaluate(request, policies), weighed, simulated);
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
