import { parseArgs } from 'node:util';
import { askServer, OperatorError } from './operator-client.ts';

const help = `Usage: holdfast domain allow ACCOUNT SUFFIX [--data DIR]
       holdfast domain remove ACCOUNT SUFFIX [--data DIR]
       holdfast domain list [--data DIR]

A hosted zone made here proves control of a name only when the name lies under a suffix that its account was
allowed. A suffix belongs to one account; a longer one takes its part out of a shorter one. Names in zones that
are served elsewhere are proved there, and need nothing here.
`;

/** The command `holdfast domain`. Resolves with the exit status. */
export async function domain(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { data: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  const [action = '', account = '', suffix = ''] = positionals;
  const isComplete = action === 'list' ? positionals.length === 1 : positionals.length === 3;
  if (values.help === true || !isComplete || !['allow', 'remove', 'list'].includes(action)) {
    process[values.help === true ? 'stdout' : 'stderr'].write(help);
    return values.help === true ? 0 : 2;
  }
  try {
    const data = values.data ?? 'holdfast-data';
    const answer = await askServer(
      data,
      `domain/${action}`,
      action === 'list' ? {} : { account, suffix },
    );
    process.stdout.write(told(action, account, suffix, answer));
    return 0;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`holdfast: ${error.message}\n`);
    return 1;
  }
}

function told(action: string, account: string, suffix: string, answer: unknown): string {
  if (action === 'allow')
    return `Account ${account} may now prove control of names under ${suffix}.\n`;
  if (action === 'remove')
    return `Account ${account} may no longer prove control of names under ${suffix}.\n`;
  const { assignments } = answer as { assignments: readonly { account: string; suffix: string }[] };
  return assignments.map((each) => `${each.account}  ${each.suffix}\n`).join('');
}
