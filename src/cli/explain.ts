import { parseArgs } from 'node:util';
import { askServer } from './operator-client.ts';
import { carryOut, usage } from './operator-command.ts';

const help = `Usage: holdfast explain --principal ARN --action SERVICE:OPERATION [--resource ARN]
                        [--context KEY=VALUE]... [--data DIR]

Says whether a user, group, role or root user may do something, by which statements of which policies, and what would
have to change. A condition key that is given twice has several values. Resources are '*' when none is named; of a KMS
key its own policy has its say, grants have none here.

Exit status: 0 when it is allowed, 3 when it is refused.
`;

const refused = 3;

interface Explanation {
  readonly isAllowed: boolean;
  readonly reason: string;
  readonly statements: readonly {
    readonly policy: string;
    readonly lines?: readonly [number, number];
    readonly text: string;
  }[];
  readonly missingKeys: readonly string[];
  readonly advice: readonly string[];
}

/** The command `holdfast explain`. Resolves with the exit status. */
export async function explain(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      principal: { type: 'string' },
      action: { type: 'string' },
      resource: { type: 'string' },
      context: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const { principal, action, resource = '*', context = [] } = values;
  const isWrong = positionals.length > 0 || principal === undefined || action === undefined;
  if (values.help === true || isWrong || !context.every((each) => each.includes('='))) {
    return usage(help, values.help);
  }
  return carryOut(async () => {
    const explanation = (await askServer(values.data ?? 'holdfast-data', 'explain', {
      principal,
      action,
      resource,
      context: JSON.stringify(readContext(context)),
    })) as Explanation;
    process.stdout.write(shown(explanation, { action, resource }));
    return explanation.isAllowed ? 0 : refused;
  });
}

function readContext(pairs: readonly string[]): Record<string, string | string[]> {
  const values = Map.groupBy(
    pairs.map((each) => {
      const at = each.indexOf('=');
      return [each.slice(0, at), each.slice(at + 1)] as const;
    }),
    ([key]) => key,
  );
  return Object.fromEntries(
    [...values].map(([key, all]) => {
      const [first = '', ...others] = all.map(([, value]) => value);
      return [key, others.length === 0 ? first : [first, ...others]];
    }),
  );
}

const reasons: Readonly<Record<string, string>> = {
  'explicit-deny-identity': 'an explicit Deny in an identity-based policy',
  'explicit-deny-resource': 'an explicit Deny in a resource-based policy',
  'explicit-deny-boundary': 'an explicit Deny in a permissions boundary',
  'explicit-deny-session': 'an explicit Deny in a session policy',
  'no-identity-allow': 'no identity-based policy allows it',
  'no-resource-allow': 'no resource-based policy allows it',
  'no-boundary-allow': 'the permissions boundary does not allow it',
  'no-session-allow': 'no session policy allows it',
};

function shown(
  { isAllowed, reason, statements, missingKeys, advice }: Explanation,
  { action, resource }: { action: string; resource: string },
): string {
  const verdict = isAllowed ? 'Allowed' : `Refused: ${reasons[reason] ?? reason}`;
  const lines = [
    `${verdict}: ${action} on ${resource}`,
    ...statements.flatMap(({ policy, lines: span, text }) => [
      `  by ${policy}${span === undefined ? '' : `, ${lineNumbers(span)}`}`,
      ...text.split('\n').map((line) => `    ${line}`),
    ]),
    ...(missingKeys.length === 0
      ? []
      : [`Policies ask for these as well, which were not given: ${missingKeys.join(', ')}`]),
    ...advice.map((each) => `To allow it: ${each}`),
  ];
  return `${lines.join('\n')}\n`;
}

function lineNumbers([first, last]: readonly [number, number]): string {
  return first === last ? `line ${first}` : `lines ${first} to ${last}`;
}
