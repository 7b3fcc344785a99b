import { parseArgs } from 'node:util';
import { askServer, OperatorError } from './operator-client.ts';
import { carryOut, usage } from './operator-command.ts';
import { readSecretLine } from './secret-input.ts';

const help = `Usage: holdfast issuer add NAME --directory URL --agree-terms --domain DOMAIN [options]
       holdfast issuer list | remove NAME | test NAME
  all with [--data DIR]

A CA that speaks ACME (RFC 8555). Certificates that are requested from then on are signed by it, if it is for
their account and all of their names; all others by the authority of this installation.

  --directory URL         of the CA
  --agree-terms           you agree to the CA's terms of service
  --domain DOMAIN         sign for this name and all below, * for all names; may be repeated
  --account ACCOUNT       sign for this account only (all)
  --rank N                of several that could sign, the one with the lowest does (100)
  --contact EMAIL         told to the CA; may be repeated
  --profile NAME          which of the CA's profiles certificates are to have
  --preferred-chain CN    of several chains, the one whose top is issued by this name
  --eab-key-id ID         external account binding: the CA's id of your account there,
  --eab-key-file FILE     and its key, in base64url, which is used once and not kept

test asks the CA for its directory and for our account.
`;

const options = {
  data: { type: 'string' },
  directory: { type: 'string' },
  'agree-terms': { type: 'boolean' },
  domain: { type: 'string', multiple: true },
  account: { type: 'string' },
  rank: { type: 'string' },
  contact: { type: 'string', multiple: true },
  profile: { type: 'string' },
  'preferred-chain': { type: 'string' },
  'eab-key-id': { type: 'string' },
  'eab-key-file': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parse>['values'];

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], allowPositionals: true, options });
}

const actions: Readonly<
  Record<string, (data: string, name: string, values: Values) => Promise<void>>
> = {
  add,
  list: (data) => list(data),
  remove: async (data, name) => {
    await askServer(data, 'issuer/remove', { name });
    process.stdout.write(
      `Issuer ${name} signs no more; what it signed stays, and is not renewed.\n`,
    );
  },
  test: async (data, name) => {
    const { profiles } = (await askServer(data, 'issuer/test', { name })) as {
      profiles: readonly string[];
    };
    const offered = profiles.length === 0 ? '' : ` Its profiles: ${profiles.join(', ')}.`;
    process.stdout.write(`Issuer ${name} answers, and our account is valid.${offered}\n`);
  },
};

/** The command `holdfast issuer`. Resolves with the exit status. */
export async function issuer(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [action = '', name = ''] = positionals;
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  const isComplete = positionals.length === (action === 'list' ? 1 : 2);
  if (values.help === true || run === undefined || !isComplete) {
    return usage(help, values.help);
  }
  return carryOut(() => run(values.data ?? 'holdfast-data', name, values));
}

async function add(data: string, name: string, values: Values): Promise<void> {
  const { directory, domain = [], contact = [], account, rank, profile } = values;
  if (directory === undefined || domain.length === 0)
    throw new OperatorError('--directory and --domain say which CA signs for whom');
  if (values['agree-terms'] !== true)
    throw new OperatorError('a CA takes nobody who does not agree to its terms: --agree-terms');
  const keyFile = values['eab-key-file'];
  const given = {
    account,
    rank,
    profile,
    preferredChain: values['preferred-chain'],
    eabKeyId: values['eab-key-id'],
    eabKey: keyFile === undefined ? undefined : readSecretLine(keyFile),
  };
  const input = {
    name,
    directory,
    domains: domain.join(' '),
    contacts: contact.join(' '),
    ...(Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as Record<string, string>),
  };
  await askServer(data, 'issuer/add', input);
  process.stdout.write(`Issuer ${name} signs from now on for ${domain.join(', ')}.\n`);
}

async function list(data: string): Promise<void> {
  const { issuers } = (await askServer(data, 'issuer/list', {})) as {
    issuers: readonly Record<'name' | 'account' | 'domains' | 'directory', string>[];
  };
  for (const each of issuers)
    process.stdout.write(`${each.name}  ${each.account}  ${each.domains}  ${each.directory}\n`);
}
