import { readOperatorName } from './condition.ts';
import { operatorNamed } from './operators.ts';
import { refuseResource, refuseVariable, refuseVendor } from './resource-element.ts';
import { parseStrictJson } from './strict-json.ts';
import { InvalidPrincipalError, legacyParsing, PolicySyntaxError, shown } from './syntax-error.ts';
import type { Condition, PolicyDocument, PrincipalElement, Statement } from './types.ts';

/** Where a policy stands, which decides the elements that it may have. */
export type PolicyKind = 'identity' | 'managed' | 'resource' | 'session' | 'trust';

export { InvalidPrincipalError, PolicySyntaxError };

interface Rules {
  readonly principal: 'required' | 'forbidden';
  readonly resource: 'required' | 'forbidden';
  /** White space outside strings is not counted. */
  readonly maxCharacters: number;
  readonly sid: RegExp;
}

const identity: Rules = {
  principal: 'forbidden',
  resource: 'required',
  maxCharacters: 10_240,
  sid: /^[A-Za-z0-9]*$/,
};

/** `identity` has the limit of all inline policies of a role; the sums of others are IAM's to check. */
const rulesOf: Readonly<Record<PolicyKind, Rules>> = {
  identity,
  managed: { ...identity, maxCharacters: 6144 },
  session: { ...identity, maxCharacters: 2048 },
  resource: {
    principal: 'required',
    resource: 'required',
    maxCharacters: 32_768,
    sid: /^[^]{0,256}$/,
  },
  trust: {
    principal: 'required',
    resource: 'forbidden',
    maxCharacters: 2048,
    sid: /^[A-Za-z0-9]*$/,
  },
};

/** White space included: what the APIs take at all. */
const maxTextCharacters = 131_072;

/**
 * Reads a policy that is to be saved. Everything that the evaluation would not understand is refused here.
 * @throws PolicySyntaxError
 */
export function parsePolicy(text: string, kind: PolicyKind): PolicyDocument {
  if (text.length > maxTextCharacters || !/^[\t\n\r -\u00ff]+$/.test(text))
    throw new PolicySyntaxError();
  if (policySize(text) > rulesOf[kind].maxCharacters) {
    throw new PolicySyntaxError(
      `Cannot exceed quota for PolicySize: ${rulesOf[kind].maxCharacters}`,
    );
  }
  const document = record(parseJson(text, kind), ['Version', 'Id', 'Statement']);
  const version = document['Version'] ?? '2008-10-17';
  if (version !== '2012-10-17' && version !== '2008-10-17') throw new PolicySyntaxError();
  const id = document['Id'];
  if (id !== undefined && typeof id !== 'string') throw new PolicySyntaxError();
  const statements = oneOrMany(document['Statement']).map((each) =>
    readStatement(each, kind, version === '2012-10-17'),
  );
  if (statements.length === 0) throw new PolicySyntaxError();
  const sids = statements.flatMap(({ sid }) => (sid === undefined || sid === '' ? [] : [sid]));
  if (new Set(sids).size !== sids.length) {
    throw new PolicySyntaxError('Statement IDs (SID) in a single policy must be unique.');
  }
  return { version, ...(id === undefined ? {} : { id }), statements };
}

/** The characters of a policy that count against its limits: all but white space outside strings. */
export function policySize(text: string): number {
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1').length;
}

function parseJson(text: string, kind: PolicyKind): unknown {
  try {
    return parseStrictJson(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw kind === 'trust'
      ? new PolicySyntaxError('This policy contains invalid Json')
      : new PolicySyntaxError();
  }
}

const statementElements = [
  'Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition',
]; // prettier-ignore

function readStatement(value: unknown, kind: PolicyKind, hasVariables: boolean): Statement {
  const element = record(value, statementElements);
  const { Sid: sid, Effect: effect, Condition: condition } = element;
  const rules = rulesOf[kind];
  if (sid !== undefined && (typeof sid !== 'string' || !rules.sid.test(sid)))
    throw new PolicySyntaxError();
  if (effect !== 'Allow' && effect !== 'Deny') {
    const isCaseWrong = typeof effect === 'string' && /^(allow|deny)$/i.test(effect);
    throw new PolicySyntaxError(isCaseWrong ? legacyParsing : undefined);
  }
  return {
    ...(sid === undefined ? {} : { sid: sid as string }),
    effect,
    ...readPrincipals(element, kind),
    ...readActions(element),
    ...readResources(element, rules, hasVariables),
    conditions: readConditions(condition, hasVariables),
  };
}

function readPrincipals(
  element: Fields,
  kind: PolicyKind,
): Pick<Statement, 'principal' | 'notPrincipal'> {
  const { Principal: principal, NotPrincipal: notPrincipal } = element;
  if (rulesOf[kind].principal === 'forbidden') {
    if (principal === undefined && notPrincipal === undefined) return {};
    throw new PolicySyntaxError('Policy document should not specify a principal.');
  }
  if ((principal === undefined) === (notPrincipal === undefined)) throw new PolicySyntaxError();
  if (principal !== undefined) return { principal: readPrincipal(principal) };
  if (kind === 'trust') throw new PolicySyntaxError('Has prohibited field NotPrincipal.');
  return { notPrincipal: readPrincipal(notPrincipal) };
}

function readPrincipal(value: unknown): PrincipalElement {
  if (value === '*') return '*';
  const kinds = record(value, ['AWS', 'Service', 'Federated', 'CanonicalUser']);
  const entries = Object.entries(kinds).map(([kind, ids]): [string, readonly string[]] => [
    kind,
    strings(ids),
  ]);
  if (entries.length === 0) throw new PolicySyntaxError();
  for (const [kind, ids] of entries) {
    if (ids.length === 0) throw new PolicySyntaxError();
    for (const id of ids) {
      if (!isPrincipalId(kind, id))
        throw new InvalidPrincipalError(`Invalid principal in policy: "${kind}":"${shown(id)}"`);
    }
  }
  return Object.fromEntries(entries);
}

/** No wildcards inside: `ArnLike` on `aws:PrincipalArn` is the way to say "all of these". */
function isPrincipalId(kind: string, id: string): boolean {
  if (kind === 'Service') return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(id);
  if (kind !== 'AWS') return /^[^*?\s]+$/.test(id);
  if (id === '*' || /^[0-9]{12}$/.test(id)) return true;
  if (/^A(IDA[A-Z0-9]{12,28}|ROA[A-Z0-9]{12,28}(:[\w+=,.@-]{2,64})?)$/.test(id)) return true;
  return /^arn:aws:(iam|sts)::[0-9]{12}:(root|(user|role|assumed-role|federated-user)\/[^*?\s]+)$/.test(
    id,
  );
}

function readActions({
  Action: action,
  NotAction: notAction,
}: Fields): Pick<Statement, 'actions' | 'notActions'> {
  if (action !== undefined && notAction !== undefined) throw new PolicySyntaxError();
  const names = strings(action ?? notAction ?? []);
  if (names.length === 0) throw new PolicySyntaxError('Policy statement must contain actions.');
  names.forEach(refuseAction);
  return action === undefined ? { notActions: names } : { actions: names };
}

function refuseAction(action: string): void {
  if (action === '*') return;
  const [vendor = '', name = '', ...more] = action.split(':');
  if (more.length > 0) throw new PolicySyntaxError('Actions/Condition can contain only one colon.');
  if (vendor === '' || name === '') {
    throw new PolicySyntaxError(
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    );
  }
  if (/[*?]/.test(vendor)) {
    throw new PolicySyntaxError(
      'Action vendors (e.g., aws, ec2, etc.) must not contain wildcards.',
    );
  }
  refuseVendor(vendor);
}

function readResources(
  element: Fields,
  rules: Rules,
  hasVariables: boolean,
): Pick<Statement, 'resources' | 'notResources'> {
  const { Resource: resource, NotResource: notResource } = element;
  if (rules.resource === 'forbidden') {
    if (resource === undefined && notResource === undefined) return {};
    throw new PolicySyntaxError(
      `Has prohibited field ${resource === undefined ? 'NotResource' : 'Resource'}.`,
    );
  }
  if (resource !== undefined && notResource !== undefined) throw new PolicySyntaxError();
  const patterns = strings(resource ?? notResource ?? []);
  if (patterns.length === 0)
    throw new PolicySyntaxError('Policy statement must contain resources.');
  for (const pattern of patterns) refuseResource(pattern, hasVariables);
  return resource === undefined ? { notResources: patterns } : { resources: patterns };
}

function readConditions(value: unknown, hasVariables: boolean): Condition[] {
  if (value === undefined) return [];
  const conditions = Object.entries(record(value)).flatMap(([operator, keys]) =>
    Object.entries(record(keys)).map(([key, values]) => readCondition(operator, key, values)),
  );
  if (hasVariables) conditions.flatMap(({ values }) => values).forEach(refuseVariable);
  return conditions;
}

function readCondition(operator: string, key: string, value: unknown): Condition {
  const accepts = acceptsOf(operator);
  if (accepts === undefined)
    throw new PolicySyntaxError(`Invalid Condition type : ${shown(operator)}.`);
  if (key === '') throw new PolicySyntaxError();
  const values = oneOrMany(value).map((each) => {
    if (typeof each !== 'string' && typeof each !== 'boolean' && typeof each !== 'number')
      throw new PolicySyntaxError();
    return String(each);
  });
  if (!values.every(accepts)) throw new PolicySyntaxError(legacyParsing);
  return { operator, key, values };
}

function acceptsOf(operator: string): ((value: string) => boolean) | undefined {
  const { set, base, ifExists } = readOperatorName(operator);
  if (base !== 'Null') return operatorNamed(base)?.accepts;
  return set === undefined && !ifExists ? (value) => /^(true|false)$/i.test(value) : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** An object, with no other members than `allowed`; they are own properties of a bare object. */
function record(value: unknown, allowed?: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PolicySyntaxError();
  for (const name of Object.keys(value)) {
    if (allowed?.includes(name) === false) throw new PolicySyntaxError();
  }
  return value as Fields;
}

function oneOrMany(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function strings(value: unknown): readonly string[] {
  const values = oneOrMany(value);
  if (!values.every((each) => typeof each === 'string')) throw new PolicySyntaxError();
  return values;
}
