import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { holdfast } from '../../command.ts';
import { clientsOf, type Clients } from '../../sdk-clients.ts';
import { startWorld, type World } from '../../world.ts';

let world: World;
let clients: Clients;
let account: string;

before(async () => {
  world = await startWorld();
  clients = clientsOf(world);
  const { Account } = await clients.sts.send(new GetCallerIdentityCommand({}));
  account = Account ?? '';
  const iam: IAMClient = clients.iam;
  await iam.send(new CreateUserCommand({ UserName: 'olga' }));
  await iam.send(
    new PutUserPolicyCommand({
      UserName: 'olga',
      PolicyName: 'team-a',
      PolicyDocument: `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "acm:*", "Resource": "*" },
    {
      "Effect": "Deny",
      "Action": "acm:DeleteCertificate",
      "Resource": "*",
      "Condition": { "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" } }
    }
  ]
}`,
    }),
  );
});
after(async () => {
  clients[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

async function explain(action: string, ...more: string[]) {
  const principal = `arn:aws:iam::${account}:user/olga`;
  const { status, output, errors } = await holdfast([
    'explain', '--data', world.dataDirectory, '--principal', principal, '--action', action, ...more,
  ]); // prettier-ignore
  return { status, text: `${output}${errors}` };
}

test('what decides is shown with its policy and lines', async () => {
  assert.deepEqual(await explain('acm:ListCertificates'), {
    status: 0,
    text: `Allowed: acm:ListCertificates on *
  by team-a of user olga, line 4
    { "Effect": "Allow", "Action": "acm:*", "Resource": "*" }
Policies ask for these as well, which were not given: aws:MultiFactorAuthPresent
`,
  });
});

test('a Deny, and a missing Allow, say what would have to change', async () => {
  const denied = await explain('acm:DeleteCertificate');
  assert.equal(denied.status, 3);
  assert.match(denied.text, /^Refused: an explicit Deny in an identity-based policy: /);
  assert.match(denied.text, /by team-a of user olga, lines 5 to 10\n/);
  assert.match(denied.text, /To allow it: remove the Deny, or narrow it/);
  const withMfa = await explain(
    'acm:DeleteCertificate',
    '--context',
    'aws:MultiFactorAuthPresent=true',
  );
  assert.equal(withMfa.status, 0);
  const missing = await explain('iam:ListUsers');
  assert.match(missing.text, /^Refused: no identity-based policy allows it: iam:ListUsers on \*\n/);
  assert.match(missing.text, /To allow it: add an Allow of iam:ListUsers on \*/);
});

test("a key's own policy has its say", async () => {
  const { KeyMetadata } = await clients.kms.send(
    new CreateKeyCommand({
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${account}:user/admin` },
            Action: 'kms:*',
            Resource: '*',
          },
        ],
      }),
    }),
  );
  const { status, text } = await explain('kms:Decrypt', '--resource', KeyMetadata?.Arn ?? '');
  assert.equal(status, 3);
  assert.match(text, /^Refused: no resource-based policy allows it/);
});

test('who is not there is told apart from who may not', async () => {
  const { status, text } = await explain(
    'acm:ListCertificates',
    '--principal',
    'arn:aws:iam::111122223333:user/x',
  );
  assert.equal(status, 1);
  assert.equal(text, 'holdfast: The user with name x cannot be found.\n');
  assert.equal((await explain('acm:ListCertificates', '--context', 'novalue')).status, 2);
});
