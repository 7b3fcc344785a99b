import { closeSync, fsyncSync, openSync, unlinkSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { askServer, OperatorError } from './operator-client.ts';

const help = `Usage: holdfast account create --client-env FILE [--data DIR]
       holdfast account list [--data DIR]

Makes an account with an admin user. FILE, which must not exist yet, gets the settings and the access key of that
user, as client.env has them for the first account; only its owner may read it.
`;

/** The command `holdfast account`. Resolves with the exit status. */
export async function account(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      'client-env': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [action, ...rest] = positionals;
  const isCreation = action === 'create' && values['client-env'] !== undefined;
  if (values.help === true || rest.length > 0 || !(isCreation || action === 'list')) {
    process[values.help === true ? 'stdout' : 'stderr'].write(help);
    return values.help === true ? 0 : 2;
  }
  const data = values.data ?? 'holdfast-data';
  try {
    if (action === 'list') {
      const { accounts } = (await askServer(data, 'account/list', {})) as {
        accounts: readonly string[];
      };
      process.stdout.write(accounts.map((each) => `${each}\n`).join(''));
    } else {
      await create(data, values['client-env'] ?? '');
    }
    return 0;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`holdfast: ${error.message}\n`);
    return 1;
  }
}

async function create(data: string, file: string): Promise<void> {
  const descriptor = newPrivateFile(file);
  try {
    const made = await newAccount(data, file);
    writeFileSync(descriptor, made.clientEnv);
    fsyncSync(descriptor);
    process.stdout.write(
      `Made account ${made.account}; its admin user's access key is in ${file}.\n`,
    );
  } finally {
    closeSync(descriptor);
  }
}

/** Without an account no file stays behind, which would stand in the way of the next try. */
async function newAccount(
  data: string,
  file: string,
): Promise<{ account: string; clientEnv: string }> {
  try {
    return (await askServer(data, 'account/create', {})) as { account: string; clientEnv: string };
  } catch (error) {
    unlinkSync(file);
    throw error;
  }
}

/** Made before the account is, so that a key never gets lost for want of a place. */
function newPrivateFile(file: string): number {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new OperatorError(
      reason === 'EEXIST' ? `${file} exists already` : `${file} cannot be made (${reason})`,
    );
  }
}
