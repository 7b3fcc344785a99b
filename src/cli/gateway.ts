import { parseArgs } from 'node:util';
import { askServer } from './operator-client.ts';
import { carryOut, usage } from './operator-command.ts';

const help = `Usage: holdfast gateway replace [--data DIR]

Puts another gateway process in the place of the one that serves, and fails no request: it accepts connections once it
holds every key that it can get, and the one before finishes what is open, for five minutes at most.
`;

/** The command `holdfast gateway`. Resolves with the exit status. */
export async function gateway(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { data: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  const [action, ...rest] = positionals;
  if (values.help === true || rest.length > 0 || action !== 'replace') {
    return usage(help, values.help);
  }
  return carryOut(async () => {
    await askServer(values.data ?? 'holdfast-data', 'gateway/replace', {});
    process.stdout.write('Another gateway process serves now.\n');
  });
}
