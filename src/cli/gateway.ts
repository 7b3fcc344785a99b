import { parseArgs } from 'node:util';
import { askServer, OperatorError } from './operator-client.ts';

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
    process[values.help === true ? 'stdout' : 'stderr'].write(help);
    return values.help === true ? 0 : 2;
  }
  try {
    await askServer(values.data ?? 'holdfast-data', 'gateway/replace', {});
    process.stdout.write('Another gateway process serves now.\n');
    return 0;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`holdfast: ${error.message}\n`);
    return 1;
  }
}
