import { parseArgs } from 'node:util';
import { fillNewPrivateFile } from './new-private-file.ts';
import { askServer } from './operator-client.ts';
import { carryOut, usage } from './operator-command.ts';
import { disableRootMfa, enableRootMfa } from './root-mfa.ts';
import { printRootSession } from './root-session.ts';

const help = `Usage: holdfast account create --client-env FILE [--data DIR]
       holdfast account list [--data DIR]
       holdfast account admin ACCOUNT --client-env FILE [--user-name NAME] [--data DIR]
       holdfast account root ACCOUNT [--duration SECONDS] [--format process|env] [--show]
                             [--mfa-serial ARN] [--mfa-code-fd N] [--data DIR]
       holdfast account mfa ACCOUNT enable [--device-name NAME] [--seed-file FILE]
                             [--mfa-code-fd N] [--data DIR]
       holdfast account mfa ACCOUNT disable [--device-name NAME] [--data DIR]

create  makes an account with an admin user
list    names the accounts, the oldest first
admin   makes another admin user (admin), for when nobody has a key any more
root    prints credentials of the account's root user, for 900 to 3600 s (3600), as a client's credential_process has
        to; or, for a shell, with --format env. They are not shown on a terminal without --show.
mfa     makes sign-in as root need codes of a virtual MFA device (root-account-mfa-device); or takes that device away
        again, or all of them, without a code

FILE, which must not exist yet and which only its owner may read, gets the settings and the access key of the admin
user, as client.env has them for the first account; or the seed of the device, in base32, which is shown on the
terminal otherwise, once. Codes are asked for on the terminal, or read from descriptor N, a line each. Everything is
on record in the account's trail.
`;

const options = {
  data: { type: 'string' },
  'client-env': { type: 'string' },
  'user-name': { type: 'string' },
  duration: { type: 'string' },
  format: { type: 'string' },
  show: { type: 'boolean' },
  'mfa-serial': { type: 'string' },
  'mfa-code-fd': { type: 'string' },
  'device-name': { type: 'string' },
  'seed-file': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** The command `holdfast account`. Resolves with the exit status. */
export async function account(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const run = values.help === true ? undefined : commandOf(positionals, values);
  if (run === undefined) {
    return usage(help, values.help);
  }
  return carryOut(run);
}

/** What was typed, or undefined when it makes no sense. */
function commandOf(
  [action, ...rest]: readonly string[],
  values: Values,
): (() => Promise<void>) | undefined {
  const { data = 'holdfast-data', 'client-env': clientEnv } = values;
  const [name, verb] = rest;
  if (action === 'list' && name === undefined) return () => list(data);
  if (action === 'create' && name === undefined && clientEnv !== undefined)
    return () => create(data, clientEnv);
  if (name === undefined) return undefined;
  if (action === 'admin' && rest.length === 1 && clientEnv !== undefined)
    return () => addAdmin(data, name, values['user-name'] ?? 'admin', clientEnv);
  const descriptor = descriptorOf(values['mfa-code-fd']);
  if (Number.isNaN(descriptor)) return undefined;
  if (action === 'root' && rest.length === 1)
    return () =>
      printRootSession({
        data,
        account: name,
        duration: values.duration ?? '3600',
        format: values.format ?? 'process',
        show: values.show === true,
        mfaSerial: values['mfa-serial'],
        mfaCodeDescriptor: descriptor,
      });
  if (action !== 'mfa' || rest.length !== 2) return undefined;
  if (verb === 'disable') return () => disableRootMfa(data, name, values['device-name']);
  if (verb !== 'enable') return undefined;
  return () =>
    enableRootMfa({
      data,
      account: name,
      // The name that AWS gives it, by which audits tell a virtual device of root.
      deviceName: values['device-name'] ?? 'root-account-mfa-device',
      seedFile: values['seed-file'],
      mfaCodeDescriptor: descriptor,
    });
}

/** NaN when it is no number. */
function descriptorOf(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  return /^[0-9]{1,4}$/.test(typed) ? Number(typed) : Number.NaN;
}

async function list(data: string): Promise<void> {
  const { accounts } = (await askServer(data, 'account/list', {})) as {
    accounts: readonly string[];
  };
  process.stdout.write(accounts.map((each) => `${each}\n`).join(''));
}

async function create(data: string, file: string): Promise<void> {
  const made = await fillNewPrivateFile(file, async () => {
    const { account: id, clientEnv } = (await askServer(data, 'account/create', {})) as {
      account: string;
      clientEnv: string;
    };
    return { text: clientEnv, made: id };
  });
  process.stdout.write(`Made account ${made}; its admin user's access key is in ${file}.\n`);
}

async function addAdmin(data: string, id: string, userName: string, file: string): Promise<void> {
  await fillNewPrivateFile(file, async () => {
    const order = { account: id, userName };
    const { clientEnv } = (await askServer(data, 'account/admin', order)) as { clientEnv: string };
    return { text: clientEnv, made: undefined };
  });
  process.stdout.write(
    `Made the user ${userName} of ${id}, an admin; the access key is in ${file}.\n`,
  );
}
