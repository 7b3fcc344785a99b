import { Secret } from '../lib/secret.ts';
import { everyAccount, webhookSecret } from '../services/events/index.ts';
import type { OperatorRun } from './account-commands.ts';
import type { OperatorCommand } from './operator-server.ts';
import type { Rooms } from './rooms.ts';

/** Who hears of events, by path. */
export function eventCommands(
  { events, firstAccount }: Pick<Rooms, 'events' | 'firstAccount'>,
  { run, knownAccount }: OperatorRun,
): ReadonlyMap<string, OperatorCommand> {
  return new Map<string, OperatorCommand>([
    [
      'events/add',
      async ({ url = '', account = everyAccount, secret: text = '' }) => {
        if (account !== everyAccount) await knownAccount(account);
        // A URL that is refused may hold a password: it stands on no record.
        return run('AddEventTarget', { account }, firstAccount, async (call) => {
          using secret: Secret = webhookSecret(text);
          return { id: await events.addWebhook(call, { url, account, secret }) };
        });
      },
    ],
    [
      'events/rotate',
      async ({ id = '', secret: text = '' }) =>
        run('RotateEventTargetSecret', { id }, firstAccount, async (call) => {
          using secret: Secret = webhookSecret(text);
          await events.rotateSecret(call, id, secret);
          return {};
        }),
    ],
    [
      'events/remove',
      async ({ id = '' }) =>
        run('RemoveEventTarget', { id }, firstAccount, async (call) => {
          await events.remove(call, id);
          return {};
        }),
    ],
    [
      'events/list',
      () =>
        run('ListEventTargets', null, firstAccount, async () => ({ targets: await events.list() })),
    ],
    [
      'events/test',
      async ({ id = '' }) =>
        run('TestEventTarget', { id }, firstAccount, async (call) => {
          await events.test(call, id);
          return {};
        }),
    ],
  ]);
}
