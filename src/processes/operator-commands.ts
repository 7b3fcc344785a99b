import * as v from 'valibot';
import { accountId, region, type AccountId } from '../aws/arn.ts';
import { AwsError } from '../aws/errors.ts';
import type { Call } from '../aws/call.ts';
import type { ConditionContext } from '../aws/policy/types.ts';
import { systemRandom } from '../lib/random.ts';
import { DomainAssignmentRefused } from '../services/route53/index.ts';
import type { ClientSettings } from './client-env.ts';
import { accountEnv } from './first-account.ts';
import { OperatorRefusal, type OperatorCommand } from './operator-server.ts';
import type { Rooms } from './rooms.ts';
import type { Settings } from './settings.ts';

/** Puts another gateway in the place of the one that serves. Resolves with whether it serves by now. */
type ReplaceGateway = () => Promise<boolean>;

/** What the operator can ask for on the socket in the data folder, by path. Each is on record as the operator's. */
export function operatorCommands(
  { iam, kms, pipeline, route53, firstAccount }: Rooms,
  settings: Settings,
  client: ClientSettings,
  replaceGateway: ReplaceGateway,
): ReadonlyMap<string, OperatorCommand> {
  const run = async <T>(
    eventName: string,
    requestParameters: Readonly<Record<string, string>> | null,
    account: AccountId,
    work: (call: Call) => Promise<T>,
  ): Promise<T> => {
    try {
      return await pipeline.runAsOperator(
        { eventName, requestParameters, account, region: region(settings.region) },
        work,
      );
    } catch (error) {
      if (error instanceof DomainAssignmentRefused || error instanceof AwsError)
        throw new OperatorRefusal(error.message, { cause: error });
      throw error;
    }
  };
  const knownAccount = async (text = ''): Promise<AccountId> => {
    const known = await iam.accounts.list();
    const account = known.find((each) => each === text);
    if (account === undefined)
      throw new OperatorRefusal(`there is no account ${text}; there are: ${known.join(', ')}`);
    return account;
  };
  return new Map<string, OperatorCommand>([
    [
      'domain/allow',
      async ({ account, suffix = '' }) => {
        const owner = await knownAccount(account);
        await run('AllowDomain', { account: owner, suffix }, owner, (call) =>
          route53.domains.allow(call.change, owner, suffix),
        );
        return {};
      },
    ],
    [
      'domain/remove',
      async ({ account, suffix = '' }) => {
        const owner = await knownAccount(account);
        await run('RemoveDomain', { account: owner, suffix }, owner, (call) =>
          route53.domains.remove(call.change, owner, suffix),
        );
        return {};
      },
    ],
    [
      'domain/list',
      ({ after }) =>
        run('ListDomains', null, firstAccount, async () => ({
          assignments: await route53.domains.list(after),
        })),
    ],
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
      'explain',
      ({ principal = '', action = '', resource = '*', context = '{}' }) =>
        run('ExplainDecision', { principal, action, resource }, firstAccount, async (call) => {
          const question = {
            principal,
            action,
            resource,
            context: readContext(context),
            now: call.clock.now(),
            region: settings.region,
          };
          return { ...(await iam.explain(question, await kms.keyPolicy(resource))) };
        }),
    ],
    [
      'gateway/replace',
      async () => {
        await run('ReplaceGateway', null, firstAccount, async () => ({}));
        if (await replaceGateway()) return {};
        throw new OperatorRefusal('no other gateway serves yet; the log says why');
      },
    ],
  ]);
}

const contextShape = v.record(v.string(), v.union([v.string(), v.array(v.string())]));

/** Condition keys as JSON, as the command line makes it. */
function readContext(text: string): ConditionContext {
  return v.parse(contextShape, JSON.parse(text));
}
