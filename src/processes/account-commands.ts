import { accountId, type AccountId } from '../aws/arn.ts';
import type { Call } from '../aws/call.ts';
import { systemRandom } from '../lib/random.ts';
import type { ClientSettings } from './client-env.ts';
import { accountEnv } from './first-account.ts';
import type { OperatorCommand } from './operator-server.ts';
import type { Rooms } from './rooms.ts';
import { showCredentials } from './shown-credentials.ts';

/** How a command of the operator runs: with a record in the trail of the account that it is about. */
export interface OperatorRun {
  readonly run: <T>(
    eventName: string,
    requestParameters: Readonly<Record<string, string>> | null,
    account: AccountId,
    work: (call: Call) => Promise<T>,
  ) => Promise<T>;
  /** @throws OperatorRefusal */
  readonly knownAccount: (text: string | undefined) => Promise<AccountId>;
}

/** Accounts, their root users, and their admins, by path. */
export function accountCommands(
  { iam, firstAccount }: Rooms,
  client: ClientSettings,
  { run, knownAccount }: OperatorRun,
): ReadonlyMap<string, OperatorCommand> {
  return new Map<string, OperatorCommand>([
    [
      'account/create',
      async () => {
        const account = accountId(iam.accounts.newId(systemRandom));
        const made = await run('CreateAccount', null, account, (call) =>
          iam.accounts.create(call, account),
        );
        using secret = made.secretAccessKey;
        return { account, clientEnv: accountEnv(client, { ...made, secretAccessKey: secret }) };
      },
    ],
    [
      'account/list',
      () =>
        run('ListAccounts', null, firstAccount, async () => ({
          accounts: await iam.accounts.list(),
        })),
    ],
    [
      'account/admin',
      async ({ account: text, userName = '' }) => {
        const account = await knownAccount(text);
        const made = await run('CreateAdmin', { account, userName }, account, (call) =>
          iam.accounts.addAdmin(call, account, userName),
        );
        using secret = made.secretAccessKey;
        return { clientEnv: accountEnv(client, { ...made, secretAccessKey: secret }) };
      },
    ],
    ...rootCommands(iam, { run, knownAccount }),
  ]);
}

function rootCommands(
  { rootUsers }: Rooms['iam'],
  { run, knownAccount }: OperatorRun,
): readonly (readonly [string, OperatorCommand])[] {
  return [
    [
      'account/root',
      async ({ account: text, durationSeconds = '', mfaSerial: serial, mfaCode: code }) => {
        const account = await knownAccount(text);
        const mfaSerials = await rootUsers.devices(account);
        // Whoever asks has to be asked for a code first; nothing has happened yet.
        if (code === undefined && mfaSerials.length > 0) return { mfaSerials };
        const parameters = { account, durationSeconds };
        const made = await run('SignInAsRoot', parameters, account, (call) =>
          rootUsers.signIn(call, {
            durationSeconds: Number(durationSeconds),
            mfa: serial === undefined || code === undefined ? undefined : { serial, code },
          }),
        );
        return { ...showCredentials(made), expiration: made.expiresAt.toString() };
      },
    ],
    [
      'account/mfa/create',
      async ({ account: text, deviceName = '' }) => {
        const account = await knownAccount(text);
        const parameters = { account, deviceName };
        const made = await run('CreateRootMFADevice', parameters, account, (call) =>
          rootUsers.createDevice(call, deviceName),
        );
        const { serial, characters, qr } = made;
        const seed = Buffer.from(characters).toString('latin1');
        characters.fill(0);
        return { serial, seed, qr };
      },
    ],
    [
      'account/mfa/enable',
      async ({ account: text, deviceName = '', firstCode = '', secondCode = '' }) => {
        const account = await knownAccount(text);
        await run('EnableRootMFADevice', { account, deviceName }, account, (call) =>
          rootUsers.enableDevice(call, deviceName, [firstCode, secondCode]),
        );
        return {};
      },
    ],
    [
      'account/mfa/disable',
      async ({ account: text, deviceName }) => {
        const account = await knownAccount(text);
        const parameters = { account, ...(deviceName === undefined ? {} : { deviceName }) };
        return {
          serials: await run('RemoveRootMFADevices', parameters, account, (call) =>
            rootUsers.removeDevices(call, deviceName),
          ),
        };
      },
    ],
  ];
}
