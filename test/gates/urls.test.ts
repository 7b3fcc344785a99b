import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CreateOpenIDConnectProviderCommand, IAMClient } from '@aws-sdk/client-iam';
import type { ServiceModel } from '../../src/aws/model.ts';
import { operatorCommands } from '../../src/processes/operator-commands.ts';
import type { OperatorCommand } from '../../src/processes/operator-server.ts';
import { serveHelp } from '../../src/processes/settings.ts';
import { openTestRooms, type TestRooms } from '../../src/processes/test-rooms.ts';
import { parseActions } from '../../src/services/elbv2/domain/action.ts';
import type { Action } from '../../src/services/elbv2/model.ts';
import { pipelineHandler } from '../pipeline-handler.ts';

/** Members whose names say that they take a URL, and those that take one though their names do not. */
const namesOfUrls = /(?:url|uri|href|endpoint|\.issuer)$/i;

/** For what it is, not for something else that the try lacks. */
const whyRefused = /URL|^Actions of type '\S+' are not supported$/;

const withCredentials = ['https://user:hunter2@a.test/', 'https://hunter2@a.test/'];

let server: TestRooms;
let commands: ReadonlyMap<string, OperatorCommand>;
before(async () => {
  server = await openTestRooms();
  const client = { endpoint: 'https://127.0.0.1:4566', caFile: '/ca.pem', region: 'us-east-1' };
  commands = operatorCommands(
    server.rooms,
    server.settings,
    client,
    async () => true,
    () => [],
  );
});
after(() => server[Symbol.dispose]());

const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

/** Everything that takes a URL, and a try to hand it one. */
const takers: Readonly<Record<string, (url: string) => unknown>> = {
  'holdfast issuer --directory': (directory) =>
    commands.get('issuer/add')?.({ name: 'ca', directory, domains: 'a.test' }),
  'holdfast events add': (url) => commands.get('events/add')?.({ url, secret }),
  'iam CreateOpenIDConnectProviderRequest.Url': (Url) =>
    new IAMClient({
      region: 'us-east-1',
      credentials: server.first.credentials,
      requestHandler: pipelineHandler(server.rooms.pipeline),
      maxAttempts: 1,
    }).send(new CreateOpenIDConnectProviderCommand({ Url, ThumbprintList: ['0'.repeat(40)] })),
  ...Object.fromEntries(
    ['Issuer', 'AuthorizationEndpoint', 'TokenEndpoint', 'UserInfoEndpoint'].map((member) => [
      `elasticloadbalancing AuthenticateOidcActionConfig.${member}`,
      (url: string) =>
        actionWith({ Type: 'authenticate-oidc', AuthenticateOidcConfig: { [member]: url } }),
    ]),
  ),
  ...Object.fromEntries(
    ['Issuer', 'JwksEndpoint'].map((member) => [
      `elasticloadbalancing JwtValidationActionConfig.${member}`,
      (url: string) =>
        actionWith({ Type: 'jwt-validation', JwtValidationConfig: { [member]: url } }),
    ]),
  ),
};

function actionWith(action: object): unknown {
  return parseActions([action as Action]);
}

test('whatever takes a URL is known here: members of inputs, options and operands of commands', () => {
  const members = server.rooms.services.flatMap(({ signingName, model }) =>
    [...membersOfInputs(model)]
      .filter((member) => namesOfUrls.test(member))
      .map((member) => `${signingName} ${member}`),
  );
  assert.deepEqual(
    [...members, ...urlsOfCommands()].toSorted(inOrder),
    Object.keys(takers).toSorted(inOrder),
  );
});

test('no one of them takes a URL with credentials, or repeats them', async () => {
  for (const [name, take] of Object.entries(takers)) {
    for (const url of withCredentials)
      await assert.rejects(
        async () => take(url),
        (error: Error) => whyRefused.test(error.message) && !error.message.includes('hunter2'),
        `${name}: ${url}`,
      );
  }
});

/** `Shape.Member` of the strings that an input can hold. */
function membersOfInputs({ operations, shapes }: ServiceModel): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const shape = shapes[name];
    if (shape?.type === 'list') visit(shape.member.shape);
    if (shape?.type === 'map') visit(shape.value.shape);
    if (shape?.type !== 'structure') return;
    for (const [member, { shape: of }] of Object.entries(shape.members)) {
      if (shapes[of]?.type === 'string') found.add(`${name}.${member}`);
      visit(of);
    }
  };
  for (const { input } of Object.values(operations)) if (input !== undefined) visit(input);
  return found;
}

/** What the help of each command calls a URL; of `serve` and its configuration nothing may. */
function urlsOfCommands(): string[] {
  const folder = join(import.meta.dirname, '../../src/cli');
  const helps = readdirSync(folder)
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  const named = [...helps, serveHelp].flatMap((help) => [
    ...help.matchAll(/holdfast ([a-z]+) ([a-z]+) URL/g).map(([, ...words]) => words.join(' ')),
    ...help
      .matchAll(/holdfast ([a-z]+) [^\n]*?(--[a-z-]+) URL/g)
      .map(([, ...words]) => words.join(' ')),
  ]);
  return [...new Set(named)].map((each) => `holdfast ${each}`);
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : 1;
}
