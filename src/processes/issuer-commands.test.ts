import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { operatorCommands } from './operator-commands.ts';
import { OperatorRefusal } from './operator-server.ts';
import { openTestRooms } from './test-rooms.ts';

const server = await openTestRooms();
after(() => server[Symbol.dispose]());
const client = { endpoint: 'https://127.0.0.1:4566', caFile: '/ca.pem', region: 'us-east-1' };
const commands = operatorCommands(
  server.rooms,
  server.settings,
  client,
  async () => true,
  () => [],
);

const right = { name: 'ca', directory: 'https://ca.test/dir', domains: 'a.test' };
const wrong: Readonly<Record<string, Record<string, string>>> = {
  'without a name': { name: '' },
  'with a name that is no word': { name: 'a b' },
  'for an account that is not there': { account: '000000000001' },
  'for what is no domain': { domains: 'a.test b_?' },
  'whose directory is no URL': { directory: 'ca.test' },
  'whose directory is not https': { directory: 'http://ca.test/dir' },
  'whose directory has credentials in it': { directory: 'https://user:sesame@ca.test/dir' },
  'with a rank that is no number': { rank: 'first' },
  'with a contact that is no address': { contacts: 'ops' },
  'with half of an external account': { eabKeyId: 'id' },
  'with an external key that is no base64url': { eabKeyId: 'id', eabKey: '§' },
};
for (const [how, input] of Object.entries(wrong)) {
  test(`an issuer ${how} is refused, in one line without a secret, before anybody is asked`, async () => {
    const add = commands.get('issuer/add') ?? assert.fail();
    await assert.rejects(
      async () => add({ ...right, ...input }),
      (error) => error instanceof OperatorRefusal && !/sesame|\n/.test(error.message),
    );
  });
}

test('a CA that may not be asked is told to the operator, and nothing is kept', async () => {
  const add = commands.get('issuer/add') ?? assert.fail();
  await assert.rejects(
    async () => add({ ...right, directory: 'https://127.0.0.1:1/dir' }),
    (error) => error instanceof OperatorRefusal && /no address/.test(error.message),
  );
  const list = commands.get('issuer/list') ?? assert.fail();
  assert.deepEqual(await list({}), { issuers: [] });
});

test('an issuer that is not there is neither removed nor tested', async () => {
  for (const command of ['issuer/remove', 'issuer/test']) {
    const run = commands.get(command) ?? assert.fail();
    await assert.rejects(async () => run({ name: 'nobody' }), OperatorRefusal);
  }
});
