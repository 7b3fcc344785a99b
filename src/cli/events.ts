import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { askServer, OperatorError } from './operator-client.ts';
import { carryOut, usage } from './operator-command.ts';
import { readSecretLine } from './secret-input.ts';

const help = `Usage: holdfast events add URL (--secret-file FILE | --secret-fd N) [--account ACCOUNT]
       holdfast events rotate ID (--secret-file FILE | --secret-fd N)
       holdfast events list | remove ID | test ID
  all with [--data DIR]

Webhooks that are told what happens to certificates, as Amazon EventBridge would tell it: each event is a POST, signed
as Standard Webhooks say, with a secret that both sides know: whsec_ and base64 of 24 to 64 random bytes, for example
  echo "whsec_$(openssl rand -base64 32)" > FILE

  --account ACCOUNT    events of this account only (all)
  --secret-file FILE   the secret stands in FILE
  --secret-fd N        the secret is read from descriptor N

rotate signs with the new secret and with the one before; rotate again, and the first one is gone. list says how many
events wait, and why. test delivers an event that says nothing, and waits for it.
`;

const options = {
  data: { type: 'string' },
  account: { type: 'string' },
  'secret-file': { type: 'string' },
  'secret-fd': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parse>['values'];

interface Target {
  readonly id: string;
  readonly url: string;
  readonly account: string;
  readonly backlog: number;
  readonly dropped: number;
  readonly lastFailure: string | null;
}

const secondsToWait = 20;

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], allowPositionals: true, options });
}

const actions: Readonly<
  Record<string, (data: string, what: string, values: Values) => Promise<void>>
> = {
  add: async (data, url, values) => {
    const { account } = values;
    const input = { url, secret: secretOf(values), ...(account === undefined ? {} : { account }) };
    const { id } = (await askServer(data, 'events/add', input)) as { id: string };
    process.stdout.write(`Webhook ${id} hears of events from now on.\n`);
  },
  rotate: async (data, id, values) => {
    await askServer(data, 'events/rotate', { id, secret: secretOf(values) });
    process.stdout.write(`Events for ${id} are signed with this secret and the one before.\n`);
  },
  list: async (data) => {
    for (const each of await targets(data)) process.stdout.write(`${described(each)}\n`);
  },
  remove: async (data, id) => {
    await askServer(data, 'events/remove', { id });
    process.stdout.write(`${id} hears of no event any more, nor of those that waited.\n`);
  },
  test: async (data, id) => {
    await askServer(data, 'events/test', { id });
    await waitUntilDelivered(data, id);
    process.stdout.write(`${id} took the event.\n`);
  },
};

/** The command `holdfast events`. Resolves with the exit status. */
export async function events(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [action = '', what = ''] = positionals;
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  const isComplete = positionals.length === (action === 'list' ? 1 : 2);
  if (values.help === true || run === undefined || !isComplete) {
    return usage(help, values.help);
  }
  return carryOut(() => run(values.data ?? 'holdfast-data', what, values));
}

/** @throws OperatorError */
function secretOf(values: Values): string {
  const { 'secret-file': file, 'secret-fd': descriptor } = values;
  if ((file === undefined) === (descriptor === undefined))
    throw new OperatorError('a webhook has a secret: --secret-file FILE or --secret-fd N');
  if (file !== undefined) return readSecretLine(file);
  const number = Number(descriptor);
  if (!Number.isInteger(number) || number < 0)
    throw new OperatorError(`--secret-fd: '${descriptor}' is no descriptor`);
  return readSecretLine(number);
}

async function targets(data: string): Promise<readonly Target[]> {
  return ((await askServer(data, 'events/list', {})) as { targets: readonly Target[] }).targets;
}

/** @throws OperatorError */
async function waitUntilDelivered(data: string, id: string): Promise<void> {
  for (let seconds = 0; ; seconds += 1) {
    const target = (await targets(data)).find((each) => each.id === id);
    if (target === undefined) throw new OperatorError(`${id} was removed`);
    if (target.backlog === 0) return;
    if (target.lastFailure !== null)
      throw new OperatorError(`not delivered, and tried again until it is: ${target.lastFailure}`);
    if (seconds === secondsToWait)
      throw new OperatorError('not delivered yet, and tried until it is');
    await sleep(1_000);
  }
}

function described({ id, url, account, backlog, dropped, lastFailure }: Target): string {
  const whose = account === '*' ? 'all accounts' : account;
  const lost = dropped === 0 ? '' : `  ${dropped} thrown away`;
  const failure = lastFailure === null ? '' : `  ${lastFailure}`;
  return `${id}  ${whose}  ${backlog} waiting${lost}${failure}${url === '' ? '' : `  ${url}`}`;
}
