import { region } from '../aws/arn.ts';
import { unavailable } from '../aws/errors.ts';
import { reveal } from '../lib/secret.ts';
import { reservedSuffixes } from '../services/route53/index.ts';
import type { NewAdmin } from '../services/iam/index.ts';
import { clientEnv, prepareClientEnv, settleClientEnv, type ClientSettings } from './client-env.ts';
import { FileNotWritten } from './private-file.ts';
import type { Rooms } from './rooms.ts';
import type { Settings } from './settings.ts';

/**
 * At a first start: an account with an admin user, whose access key goes to `client.env` and nowhere else, and the
 * suffixes that nobody can own in the world's DNS. At any other start nothing.
 * @returns the account if it was made
 * @throws FileNotWritten, or the pipeline's error
 */
export async function makeFirstAccount(
  { iam, pipeline, route53, firstAccount }: Rooms,
  settings: Settings,
  client: ClientSettings,
): Promise<string | undefined> {
  const { dataDirectory, writesClientEnv } = settings;
  if ((await iam.accounts.first()) !== undefined) {
    settleClientEnv(dataDirectory);
    return undefined;
  }
  const command = {
    eventName: 'CreateAccount',
    requestParameters: null,
    account: firstAccount,
    region: region(settings.region),
  };
  let notWritten: FileNotWritten | undefined;
  const made = pipeline.runAsOperator(command, async (call) => {
    for (const suffix of reservedSuffixes)
      await route53.domains.allow(call.change, firstAccount, suffix);
    const account = await iam.accounts.createFirst(call, firstAccount);
    using secret = account.secretAccessKey;
    if (!writesClientEnv) return;
    try {
      prepareClientEnv(dataDirectory, accountEnv(client, { ...account, secretAccessKey: secret }));
    } catch (error) {
      if (error instanceof FileNotWritten) notWritten = error;
      throw unavailable('The access key could not be kept.', error);
    }
  });
  await made.catch((error: unknown) => {
    throw notWritten ?? error;
  });
  settleClientEnv(dataDirectory);
  return firstAccount;
}

/** The settings of a client of a new account. */
export function accountEnv(
  client: ClientSettings,
  { accessKeyId, secretAccessKey }: Pick<NewAdmin, 'accessKeyId' | 'secretAccessKey'>,
): string {
  return clientEnv(client, {
    accessKeyId,
    secretAccessKey: Buffer.from(reveal(secretAccessKey)).toString(),
  });
}
