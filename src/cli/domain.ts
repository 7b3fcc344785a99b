import { parseArgs } from 'node:util';
import { askServer } from './operator-client.ts';
import { carryOut, usage } from './operator-command.ts';

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
    return usage(help, values.help);
  }
  return carryOut(async () => {
    const data = values.data ?? 'holdfast-data';
    if (action === 'list') await list(data);
    else await assign(data, action, account, suffix);
  });
}

async function assign(
  data: string,
  action: string,
  account: string,
  suffix: string,
): Promise<void> {
  await askServer(data, `domain/${action}`, { account, suffix });
  const may = action === 'allow' ? 'may now' : 'may no longer';
  process.stdout.write(`Account ${account} ${may} prove control of names under ${suffix}.\n`);
}

/** All assignments; the server gives them page by page. */
async function list(data: string): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined;) {
    const { assignments } = (await askServer(data, 'domain/list', { after })) as {
      assignments: readonly { account: string; suffix: string }[];
    };
    for (const each of assignments) process.stdout.write(`${each.account}  ${each.suffix}\n`);
    after = assignments.at(-1)?.suffix;
  }
}
