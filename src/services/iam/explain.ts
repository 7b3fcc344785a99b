import { accountId, parseArn } from '../../aws/arn.ts';
import { contextKeysOf } from '../../aws/policy/context-keys.ts';
import { globalConditionKeys } from '../../aws/policy/condition-keys.ts';
import { evaluate } from '../../aws/policy/evaluate.ts';
import { statementSpans } from '../../aws/policy/positions.ts';
import type {
  ConditionContext,
  Decision,
  PolicyDocument,
  Statement,
} from '../../aws/policy/types.ts';
import type { Principal } from '../../aws/principal.ts';
import { rootArn } from './arn.ts';
import type { IamPorts } from './ports.ts';
import type { SimulatedCaller } from './simulate.ts';
import { callerNamed } from './simulated-caller.ts';

/** What is to be explained. */
export interface Question {
  /** ARN of a user, a group, a role or a root user. */
  readonly principal: string;
  /** `service:Operation`. */
  readonly action: string;
  /** An ARN, or `*`. */
  readonly resource: string;
  /** Condition keys of the request, besides those that follow from who asks. */
  readonly context: ConditionContext;
  /** When it is asked. */
  readonly now: Temporal.Instant;
  readonly region: string;
}

/** Why a call would be allowed or refused. */
export interface Explanation {
  readonly isAllowed: boolean;
  readonly reason: Decision['reason'];
  readonly statements: readonly DecidingStatement[];
  /** Keys that the policies ask for, and that the question does not say. */
  readonly missingKeys: readonly string[];
  /** What would have to change for the call to be allowed; none when it is. */
  readonly advice: readonly string[];
}

interface DecidingStatement {
  /** The policy's name, and whose it is. */
  readonly policy: string;
  /** From 1; undefined when the policy's text is not at hand. */
  readonly lines: readonly [first: number, last: number] | undefined;
  readonly text: string;
}

/**
 * Decides as a call would be decided, and says by what.
 * @param resourcePolicy of the resource, when it has one that decides (a key policy)
 * @throws NoSuchEntity, InvalidInput
 */
export async function explain(
  question: Question,
  resourcePolicy: PolicyDocument | undefined,
  ports: IamPorts,
): Promise<Explanation> {
  const caller = await callerOf(question.principal, ports);
  const { principal, identity, boundary } = caller;
  const { action, resource, context, now, region } = question;
  const asked = {
    principal,
    action,
    resource,
    context: {
      ...globalConditionKeys({
        principal,
        requestedRegion: region,
        region,
        origin: {},
        calledVia: [],
        now,
      }),
      ...context,
    },
  };
  const decision = evaluate(asked, {
    identity,
    ...(boundary === undefined ? {} : { boundary }),
    ...(resourcePolicy === undefined ? {} : { resource: resourcePolicy }),
    resourcePolicyDecides: resourcePolicy !== undefined,
    resourceAccount: parseArn(resource)?.account || principal.account,
  });
  const documents = [...identity, boundary, resourcePolicy].filter((each) => each !== undefined);
  return {
    isAllowed: decision.allowed,
    reason: decision.reason,
    statements: decision.statements.map((each) => described(each, documents)),
    missingKeys: missingKeys(documents, asked.context),
    advice: decision.allowed ? [] : adviceOn(decision.reason, question),
  };
}

async function callerOf(arn: string, ports: IamPorts): Promise<SimulatedCaller> {
  const account = parseArn(arn)?.account ?? '';
  if (account === '' || arn !== rootArn(account)) return callerNamed(account, arn, ports);
  const root: Principal = {
    type: 'root',
    account: accountId(account),
    arn,
    principalId: account,
    accessKeyId: '',
  };
  return { principal: root, identity: [] };
}

function described(statement: Statement, documents: readonly PolicyDocument[]): DecidingStatement {
  const document = documents.find(({ statements }) => statements.includes(statement));
  const source = document?.source;
  if (document === undefined || source === undefined)
    return { policy: 'a policy without a name', lines: undefined, text: '' };
  const span = statementSpans(source.text)[document.statements.indexOf(statement)];
  const owner = source.owner === undefined ? '' : ` of ${source.type} ${source.owner}`;
  return {
    policy: `${source.name}${owner}${source.arn === undefined ? '' : ` (${source.arn})`}`,
    lines: span && [span.start.line, span.end.line],
    text: span === undefined ? '' : source.text.slice(span.startIndex, span.endIndex),
  };
}

function missingKeys(
  documents: readonly PolicyDocument[],
  context: ConditionContext,
): readonly string[] {
  const given = new Set(
    Object.entries(context).flatMap(([key, value]) =>
      value === undefined ? [] : [key.toLowerCase()],
    ),
  );
  const wanted = new Set(documents.flatMap((each) => [...contextKeysOf(each)]));
  return [...wanted].filter((key) => !given.has(key.toLowerCase()));
}

/** In whose hands it lies to allow it. */
function adviceOn(reason: Decision['reason'], { action, resource, principal }: Question): string[] {
  const an = `an Allow of ${action} on ${resource}`;
  switch (reason) {
    case 'no-identity-allow':
      return [`add ${an} to a policy of ${principal}, or of one of its groups`];
    case 'no-boundary-allow':
      return [`add ${an} to the permissions boundary of ${principal}, or take the boundary away`];
    case 'no-session-allow':
      return [`hand in session policies with ${an}, or none`];
    case 'no-resource-allow':
      return [`add ${an} for ${principal}, or for its account, to the policy of ${resource}`];
    case 'allowed':
      return [];
    default:
      return [
        'remove the Deny, or narrow it so that it does not speak of this call: no Allow overrides it',
      ];
  }
}
