import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import * as iam from '@aws-sdk/client-iam';
import {
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
  type AssumeRoleWithWebIdentityCommandInput,
} from '@aws-sdk/client-sts';
import { IdentityRoom, named, type Credentials } from '../../iam/test-room.ts';
import { hmacToken, part, signedToken, signingKey, TestProvider } from '../test-provider.ts';

const policy = (...statements: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const audience = 'sts.amazonaws.com';
const denied = named('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity');
const noToken = named('InvalidIdentityTokenException', /is not a valid JWT/);
const notProved = named('InvalidIdentityTokenException', /Couldn't retrieve verification key/);
const nobody: Credentials = { accessKeyId: '', secretAccessKey: '' };

/** An account with a provider, and a role for what the provider says is the main branch of one repository. */
async function opened() {
  const room = await IdentityRoom.open();
  const client = new iam.IAMClient(room.clientSettings());
  const provider = new TestProvider();
  room.outbound = (request) => provider.send(request);
  await client.send(
    new iam.CreateOpenIDConnectProviderCommand({
      Url: `https://${provider.url}`,
      ClientIDList: [audience, 'other-client'],
    }),
  );
  const providerArn = `arn:aws:iam::${room.account}:oidc-provider/${provider.url}`;
  const makeRole = async (name: string, statement: object = {}) => {
    const trust = {
      Effect: 'Allow',
      Principal: { Federated: providerArn },
      Action: 'sts:AssumeRoleWithWebIdentity',
      ...statement,
    };
    await client.send(
      new iam.CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: policy(trust) }),
    );
    const allowed = { Effect: 'Allow', Action: '*', Resource: '*' };
    await client.send(
      new iam.PutRolePolicyCommand({
        RoleName: name,
        PolicyName: 'own',
        PolicyDocument: policy(allowed),
      }),
    );
  };
  const sts = new STSClient(room.clientSettings(nobody));
  const assume = (
    token: string,
    name = 'deploy',
    more: Partial<AssumeRoleWithWebIdentityCommandInput> = {},
  ) =>
    sts.send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: `arn:aws:iam::${room.account}:role/${name}`,
        RoleSessionName: 's1',
        WebIdentityToken: token,
        ...more,
      }),
    );
  const claims = (more: object = {}) => provider.claims(room.now(), more);
  const token = (more: object = {}) => provider.token(room.now(), more);
  await makeRole('deploy', {
    Condition: {
      StringEquals: { [`${provider.url}:aud`]: audience },
      StringLike: { [`${provider.url}:sub`]: 'repo:octo/app:ref:refs/heads/*' },
    },
  });
  return { room, client, provider, providerArn, makeRole, assume, claims, token };
}

async function records(room: IdentityRoom): Promise<Record<string, unknown>[]> {
  const { Events = [] } = await new CloudTrailClient(
    room.clientSettings(room.admin, 'us-east-1'),
  ).send(
    new LookupEventsCommand({
      LookupAttributes: [
        { AttributeKey: 'EventName', AttributeValue: 'AssumeRoleWithWebIdentity' },
      ],
    }),
  );
  return Events.map((each) => JSON.parse(each.CloudTrailEvent ?? '') as Record<string, unknown>);
}

test('whom the provider vouches for gets a session of the role, and the trail says who', async () => {
  const { room, provider, providerArn, assume, token } = await opened();
  await using _room = room;
  const given = token();
  const answer = await assume(given, 'deploy', { DurationSeconds: 900 });
  assert.equal(answer.Provider, providerArn);
  assert.equal(answer.Audience, audience);
  assert.equal(answer.SubjectFromWebIdentityToken, 'repo:octo/app:ref:refs/heads/main');
  assert.equal(answer.PackedPolicySize, undefined);
  const session = {
    accessKeyId: answer.Credentials?.AccessKeyId ?? '',
    secretAccessKey: answer.Credentials?.SecretAccessKey ?? '',
    sessionToken: answer.Credentials?.SessionToken ?? '',
  };
  const { Arn } = await new STSClient(room.clientSettings(session)).send(
    new GetCallerIdentityCommand({}),
  );
  assert.equal(Arn, `arn:aws:sts::${room.account}:assumed-role/deploy/s1`);
  assert.equal(Arn, answer.AssumedRoleUser?.Arn);
  await new iam.IAMClient(room.clientSettings(session)).send(new iam.ListUsersCommand({}));

  const [record] = await records(room);
  assert.deepEqual(record?.['userIdentity'], {
    type: 'WebIdentityUser',
    principalId: `${providerArn}:${audience}:repo:octo/app:ref:refs/heads/main`,
    userName: 'repo:octo/app:ref:refs/heads/main',
    identityProvider: providerArn,
  });
  assert.deepEqual(record['requestParameters'], {
    roleArn: `arn:aws:iam::${room.account}:role/deploy`,
    roleSessionName: 's1',
    durationSeconds: 900,
  });
  const elements = record['responseElements'] as Record<string, unknown>;
  assert.equal(elements['provider'], providerArn);
  const text = JSON.stringify(record);
  assert.ok(!text.includes(given.split('.')[2] ?? ''));
  assert.ok(!text.includes(session.sessionToken) && !text.includes(session.secretAccessKey));
  assert.deepEqual(provider.paths, [
    `https://${provider.url}/.well-known/openid-configuration`,
    `https://${provider.url}/keys`,
  ]);
});

test('a signature that comes with the call is passed over', async () => {
  const { room, token } = await opened();
  await using _room = room;
  const form = new URLSearchParams({
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: `arn:aws:iam::${room.account}:role/deploy`,
    RoleSessionName: 's1',
    WebIdentityToken: token(),
  });
  const { status } = await room.pipeline.handle({
    method: 'POST',
    target: '/',
    rawHeaders: [
      'host',
      'sts.test',
      'content-type',
      'application/x-www-form-urlencoded; charset=utf-8',
      'authorization',
      'AWS4-HMAC-SHA256 Credential=AKIAX/20261125/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=00',
    ],
    body: Buffer.from(form.toString()),
    remoteAddress: '192.0.2.7',
    signal: new AbortController().signal,
  });
  assert.equal(status, 200);
});

test('the trust policy decides by provider, audience and subject, and does not say what there is', async () => {
  const { room, assume, token, makeRole } = await opened();
  await using _room = room;
  await makeRole('open');
  await makeRole('users', { Principal: { AWS: room.account }, Action: 'sts:*' });
  await makeRole('everybody', { Principal: '*', Action: 'sts:*' });
  await makeRole('elsewhere', {
    Principal: { Federated: `arn:aws:iam::${room.account}:oidc-provider/other.test` },
  });
  await assume(token({ sub: 'anybody' }), 'open');
  await assert.rejects(assume(token({ sub: 'repo:octo/app:pull_request' })), denied);
  await assert.rejects(assume(token({ sub: 'repo:eve/app:ref:refs/heads/main' })), denied);
  await assert.rejects(assume(token({ aud: 'other-client' })), denied);
  for (const name of ['users', 'everybody', 'elsewhere', 'nobody-made-it'])
    await assert.rejects(assume(token(), name), denied, name);
  const [record] = await records(room);
  assert.equal(record?.['errorCode'], 'AccessDenied');
});

test('a token counts for its audience only, or for its authorized party when it names one', async () => {
  const { room, assume, token } = await opened();
  await using _room = room;
  const wrong = named('InvalidIdentityTokenException', 'Incorrect token audience');
  await assert.rejects(assume(token({ aud: 'somebody-else' })), wrong);
  await assert.rejects(assume(token({ azp: 'somebody-else' })), wrong);
  await assert.rejects(assume(token({ aud: [] })), noToken);
  const { Audience } = await assume(token({ aud: ['somebody-else', audience] }));
  assert.equal(Audience, audience);
  await assume(token({ aud: 'somebody-else', azp: audience }));
});

test('a token counts from its beginning to its end', async () => {
  const { room, assume, token } = await opened();
  await using _room = room;
  const second = Math.floor(room.now().epochMilliseconds / 1000);
  const expired = named('ExpiredTokenException', /^Token expired: current date\/time \d+ must be/);
  await assert.rejects(assume(token({ exp: second - 1 })), expired);
  const early = named('InvalidIdentityTokenException', 'The ID Token provided is not yet valid.');
  await assert.rejects(assume(token({ nbf: second + 300 })), early);
  await assert.rejects(assume(token({ iat: second + 300 })), early);
  for (const claim of ['iss', 'sub', 'aud', 'exp', 'iat'])
    await assert.rejects(
      assume(token({ [claim]: undefined })),
      named('InvalidIdentityTokenException', `Missing a required claim: ${claim}`),
    );
});

test('what the provider has not signed is refused, whatever it says of itself', async () => {
  const { room, provider, assume, claims, token } = await opened();
  await using _room = room;
  const { key } = provider;
  const pem = createPublicKey(key.privateKey).export({ type: 'spki', format: 'pem' });
  await assert.rejects(assume(signedToken(signingKey('one'), claims())), notProved);
  await assert.rejects(assume(signedToken(signingKey('two'), claims())), notProved);
  await assert.rejects(assume(`${part({ alg: 'none' })}.${part(claims())}.`), noToken);
  await assert.rejects(assume(`${part({ alg: 'none' })}.${part(claims())}.AA`), noToken);
  await assert.rejects(assume(hmacToken(String(pem), claims(), 'one')), noToken);
  // Another algorithm than the key's.
  const es384 = { ...signingKey('one', 'ES384') };
  await assert.rejects(assume(signedToken(es384, claims())), notProved);
  await assert.rejects(assume(signedToken(signingKey('one', 'RS256'), claims())), notProved);
  const crit = { alg: 'ES256', kid: 'one', crit: ['b64'], b64: false };
  await assert.rejects(assume(signedToken(key, claims(), crit)), noToken);
  // A key that comes with the token is no key of the provider's.
  const own = signingKey('own');
  const withKey = { alg: 'ES256', jwk: own.jwk, jku: 'https://eve.test/' };
  await assert.rejects(assume(signedToken(own, claims(), withKey)), notProved);
  const twice = `{"alg":"ES256","kid":"one","kid":"two"}`;
  await assert.rejects(assume(signedToken(key, claims(), twice)), noToken);
  const text = JSON.stringify(claims());
  await assert.rejects(assume(signedToken(key, `{"sub":"admin",${text.slice(1)}`)), noToken);
  const [head, , signature] = token().split('.');
  await assert.rejects(assume(`${head}.${part(claims({ sub: 'x' }))}.${signature}`), notProved);
  for (const broken of ['abcd', 'a.b.c', '....', `${token()}.x`, `${token()}=`])
    await assert.rejects(assume(broken), noToken, broken);
});

test('all algorithms of AWS are taken', async () => {
  const { room, provider, assume, claims } = await opened();
  await using _room = room;
  const keys = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'].map((alg) =>
    signingKey(alg, alg),
  );
  provider.published = keys.map(({ jwk }) => jwk);
  for (const key of keys) await assume(signedToken(key, claims()));
  // A key without `alg` serves whichever its kind allows; a token without `kid` must mean one.
  provider.published = [{ ...keys[0]?.jwk, alg: undefined, kid: undefined }];
  room.passed = Temporal.Duration.from({ hours: 1 });
  for (const alg of ['RS256', 'RS384', 'RS512'])
    await assume(signedToken({ ...keys[0]!, alg }, claims(), { alg }));
});

test('whether an account has a provider is not told to whom no provider vouches', async () => {
  const { room, provider, claims, assume } = await opened();
  await using _room = room;
  const forged = (iss: string) => signedToken(signingKey('one'), claims({ iss }));
  const answers = await Promise.all(
    [`https://${provider.url}`, 'https://unknown.test'].map((iss) =>
      assume(forged(iss)).then(undefined, (error: Error) => `${error.name}: ${error.message}`),
    ),
  );
  assert.equal(answers[0], answers[1]);
  const other = `arn:aws:iam::999999999999:role/deploy`;
  await assert.rejects(assume(provider.token(room.now()), 'deploy', { RoleArn: other }), notProved);
  assert.ok(provider.paths.every((path) => path.startsWith(`https://${provider.url}/`)));
});

test('tags and source identity of the token go into the session, if the role lets them', async () => {
  const { room, assume, token, makeRole, provider } = await opened();
  await using _room = room;
  const claims = {
    'https://aws.amazon.com/tags': {
      principal_tags: { team: ['a'] },
      transitive_tag_keys: ['team'],
    },
    'https://aws.amazon.com/source_identity': 'olga',
  };
  await assert.rejects(
    assume(token(claims)),
    named('AccessDenied', 'Not authorized to perform sts:TagSession'),
  );
  const actions = ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity'];
  await makeRole('tagged', {
    Action: actions,
    Condition: {
      StringEquals: {
        'aws:RequestTag/team': 'a',
        'sts:SourceIdentity': 'olga',
        'sts:RoleSessionName': 's1',
        'aws:FederatedProvider': `arn:aws:iam::${room.account}:oidc-provider/${provider.url}`,
      },
    },
  });
  const answer = await assume(token(claims), 'tagged');
  assert.equal(answer.SourceIdentity, 'olga');
  assert.ok((answer.PackedPolicySize ?? 0) > 0);
  await assert.rejects(assume(token(), 'tagged'), denied);
  const bad = { 'https://aws.amazon.com/tags': { principal_tags: { team: 'a' } } };
  await assert.rejects(assume(token(bad), 'tagged'), noToken);
});

test('session policies, durations and ARNs are checked as those of AssumeRole are', async () => {
  const { room, assume, token } = await opened();
  await using _room = room;
  const narrow = policy({ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' });
  const { Credentials: made, PackedPolicySize } = await assume(token(), 'deploy', {
    Policy: narrow,
  });
  assert.ok((PackedPolicySize ?? 0) > 0);
  const session = {
    accessKeyId: made?.AccessKeyId ?? '',
    secretAccessKey: made?.SecretAccessKey ?? '',
    sessionToken: made?.SessionToken ?? '',
  };
  await assert.rejects(
    new iam.IAMClient(room.clientSettings(session)).send(new iam.ListUsersCommand({})),
    /session policy/,
  );
  await assert.rejects(
    assume(token(), 'deploy', { DurationSeconds: 7200 }),
    named('ValidationError', /MaxSessionDuration/),
  );
  await assert.rejects(
    assume(token(), 'deploy', { Policy: '{}' }),
    named('MalformedPolicyDocumentException'),
  );
  await assert.rejects(
    assume(token(), 'deploy', { ProviderId: 'www.amazon.com' }),
    named('ValidationError'),
  );
  await assert.rejects(
    assume(token(), 'deploy', { RoleArn: `arn:aws:iam::${room.account}:user/deploy` }),
    named('ValidationError', /is invalid$/),
  );
});

test('a provider that was deleted vouches for nobody any more', async () => {
  const { room, client, providerArn, assume, token } = await opened();
  await using _room = room;
  await assume(token());
  await client.send(
    new iam.DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: providerArn }),
  );
  await assert.rejects(assume(token()), notProved);
});
