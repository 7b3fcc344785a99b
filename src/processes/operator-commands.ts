import * as v from 'valibot';
import { region, type AccountId } from '../aws/arn.ts';
import { AwsError, CommonError } from '../aws/errors.ts';
import type { ConditionContext } from '../aws/policy/types.ts';
import { DomainAssignmentRefused } from '../services/route53/index.ts';
import { accountCommands, type OperatorRun } from './account-commands.ts';
import type { ClientSettings } from './client-env.ts';
import { doctorCommands } from './doctor/commands.ts';
import { eventCommands } from './event-commands.ts';
import { issuerCommands } from './issuer-commands.ts';
import { OperatorRefusal, type OperatorCommand } from './operator-server.ts';
import type { Rooms } from './rooms.ts';
import type { Settings } from './settings.ts';

/** Puts another gateway in the place of the one that serves. Resolves with whether it serves by now. */
type ReplaceGateway = () => Promise<boolean>;

/** What the operator can ask for on the socket in the data folder, by path. Each is on record as the operator's. */
export function operatorCommands(
  rooms: Rooms,
  settings: Settings,
  client: ClientSettings,
  replaceGateway: ReplaceGateway,
  failing: () => readonly string[],
): ReadonlyMap<string, OperatorCommand> {
  const { iam, kms, pipeline, route53, firstAccount } = rooms;
  const run: OperatorRun['run'] = async (eventName, requestParameters, account, work) => {
    try {
      return await pipeline.runAsOperator(
        { eventName, requestParameters, account, region: region(settings.region) },
        work,
      );
    } catch (error) {
      if (isForOperator(error)) throw new OperatorRefusal(error.message, { cause: error });
      throw error;
    }
  };
  const knownAccount = async (text = ''): Promise<AccountId> => {
    const known = await iam.accounts.list();
    const account = known.find((each) => each === text);
    if (account === undefined)
      throw new OperatorRefusal(`there is no account '${text}': see holdfast account list`);
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
    ...doctorCommands(rooms, settings, { run }, failing),
    ...accountCommands(rooms, client, { run, knownAccount }),
    ...issuerCommands(rooms, { run, knownAccount }),
    ...eventCommands(rooms, { run, knownAccount }),
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

/** What can be told in one line, and is no fault of ours. */
function isForOperator(error: unknown): error is Error {
  return (
    error instanceof DomainAssignmentRefused ||
    error instanceof AwsError ||
    (error instanceof CommonError && error.kind !== 'internal')
  );
}

const contextShape = v.record(v.string(), v.union([v.string(), v.array(v.string())]));

/** Condition keys as JSON, as the command line makes it. */
function readContext(text: string): ConditionContext {
  return v.parse(contextShape, JSON.parse(text));
}
