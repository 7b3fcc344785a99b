import {
  everyAccount,
  IssuerConfigurationRefused,
  IssuerProblem,
  type IssuerSettings,
} from '../issuance/index.ts';
import { plainName } from '../lib/domain-name.ts';
import { Secret } from '../lib/secret.ts';
import { OutboundError } from '../outbound/index.ts';
import type { OperatorRun } from './account-commands.ts';
import { OperatorRefusal, type OperatorCommand } from './operator-server.ts';
import type { Rooms } from './rooms.ts';

type Input = Readonly<Record<string, string>>;

/** CAs that sign certificates for accounts here, by path. */
export function issuerCommands(
  { acme, firstAccount }: Pick<Rooms, 'acme' | 'firstAccount'>,
  { run, knownAccount }: OperatorRun,
): ReadonlyMap<string, OperatorCommand> {
  return new Map<string, OperatorCommand>([
    [
      'issuer/add',
      async (input) => {
        using settings = readSettings(input);
        if (settings.account !== everyAccount) await knownAccount(settings.account);
        const { name, account, domains, directory_url: directory } = settings;
        await run('AddIssuer', { name, account, domains, directory }, firstAccount, (call) =>
          told(acme.add(call, settings)),
        );
        return {};
      },
    ],
    [
      'issuer/list',
      () =>
        run('ListIssuers', null, firstAccount, async () => ({
          issuers: (await acme.issuers.list()).map((each) => ({
            name: each.name,
            account: each.account,
            domains: each.domains,
            directory: each.directory_url,
            profile: each.profile,
            preferredChain: each.preferred_chain,
          })),
        })),
    ],
    [
      'issuer/remove',
      async ({ name = '' }) => {
        await run('RemoveIssuer', { name }, firstAccount, (call) =>
          acme.issuers.remove(call.change, name),
        );
        return {};
      },
    ],
    [
      'issuer/test',
      async ({ name = '' }) =>
        run('TestIssuer', { name }, firstAccount, (call) => told(acme.test(call, name))),
    ],
  ]);
}

/** What the CA or the network says is what the operator has to know, and stands on record. @throws IssuerConfigurationRefused */
export async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof IssuerProblem || error instanceof OutboundError)
      throw new IssuerConfigurationRefused(error.message);
    throw error;
  }
}

/** @throws OperatorRefusal */
function readSettings(input: Input): IssuerSettings & Disposable {
  const { name = '', account = everyAccount, directory = '', profile, preferredChain } = input;
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name))
    throw new OperatorRefusal('a name is up to 40 letters a to z, digits and hyphens');
  const binding = readBinding(input);
  return {
    name,
    account,
    domains: words(input['domains']).map(readDomain).join(' '),
    rank: readRank(input['rank']),
    directory_url: readDirectory(directory),
    profile: profile ?? null,
    preferred_chain: preferredChain ?? null,
    contacts: words(input['contacts']).map(readContact),
    binding,
    [Symbol.dispose]: () => binding?.key[Symbol.dispose](),
  };
}

function words(text = ''): string[] {
  return text.split(' ').filter((word) => word !== '');
}

function readDomain(text: string): string {
  const domain = plainName(text.replace(/^\*\./, ''));
  if (
    domain === '*' ||
    /^([a-z0-9_]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(domain)
  )
    return domain;
  throw new OperatorRefusal(`${text} is no domain name`);
}

function readRank(text = '100'): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new OperatorRefusal('a rank is a number from 0 to 9999');
}

function readDirectory(text: string): string {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'https:')
    throw new OperatorRefusal('the directory of a CA is an https URL');
  if (url.username !== '' || url.password !== '')
    throw new OperatorRefusal('a URL with user and password is not taken');
  return url.href;
}

function readContact(text: string): string {
  if (/^[^\s@?,:]+@[^\s@?,:]+$/.test(text)) return text;
  throw new OperatorRefusal(`${text} is no e-mail address`);
}

/** Base64url, as CAs give these keys. @see RFC 8555 §7.3.4 */
function readBinding({ eabKeyId, eabKey }: Input): IssuerSettings['binding'] {
  if (eabKeyId === undefined && eabKey === undefined) return undefined;
  if (eabKeyId === undefined || eabKey === undefined || !/^[\w-]+=*$/.test(eabKey))
    throw new OperatorRefusal('an external account has a key id, and a key in base64url');
  const decoded = Buffer.from(eabKey, 'base64url');
  const key = new Uint8Array(new ArrayBuffer(decoded.length));
  key.set(decoded);
  decoded.fill(0);
  return { keyId: eabKeyId, key: new Secret(key) };
}
