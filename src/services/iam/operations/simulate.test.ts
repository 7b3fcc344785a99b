import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as iam from '@aws-sdk/client-iam';
import { IdentityRoom, named, userWith } from '../test-room.ts';

const policy = (...Statement: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });

const refusedInput = named('InvalidInputException');

test('a simulated policy says what it decides, by which statement, and what it was not told', async () => {
  await using room = await IdentityRoom.open();
  const client = new iam.IAMClient(room.clientSettings());
  const text = policy(
    { Effect: 'Allow', Action: 'kms:*', Resource: '*' },
    {
      Effect: 'Deny',
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalTag/team': 'b' } },
    },
  );
  const simulate = async (more: Partial<iam.SimulateCustomPolicyCommandInput> = {}) => {
    const { EvaluationResults = [] } = await client.send(
      new iam.SimulateCustomPolicyCommand({
        PolicyInputList: [text],
        ActionNames: ['kms:Decrypt', 'acm:ListCertificates'],
        ...more,
      }),
    );
    return EvaluationResults;
  };
  const [decrypt, list] = await simulate();
  assert.equal(decrypt?.EvalDecision, 'allowed');
  assert.deepEqual(decrypt.MissingContextValues, ['aws:PrincipalTag/team']);
  assert.deepEqual(decrypt.MatchedStatements, [
    {
      SourcePolicyId: 'PolicyInputList.1',
      SourcePolicyType: 'IAM Policy',
      StartPosition: { Line: 1, Column: 38 },
      EndPosition: { Line: 1, Column: 88 },
    },
  ]);
  assert.equal(list?.EvalDecision, 'implicitDeny');
  assert.deepEqual(list.MatchedStatements, []);

  const [denied] = await simulate({
    ContextEntries: [
      {
        ContextKeyName: 'aws:principaltag/team',
        ContextKeyType: 'string',
        ContextKeyValues: ['b'],
      },
    ],
  });
  assert.equal(denied?.EvalDecision, 'explicitDeny');
  assert.equal(denied.MatchedStatements?.length, 1);
  assert.deepEqual(denied.MissingContextValues, []);

  const [bounded] = await simulate({
    PermissionsBoundaryPolicyInputList: [
      policy({ Effect: 'Allow', Action: 'acm:*', Resource: '*' }),
    ],
  });
  assert.equal(bounded?.EvalDecision, 'implicitDeny');
  assert.equal(bounded.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary, false);

  await assert.rejects(
    simulate({ PolicyInputList: ['{}'] }),
    named('InvalidInputException', /PolicyInputList\.1/),
  );
});

test("a resource's policy has its say", async () => {
  await using room = await IdentityRoom.open();
  const client = new iam.IAMClient(room.clientSettings());
  const CallerArn = `arn:aws:iam::${room.account}:user/alice`;
  const decide = async (principal: string, identity: object) => {
    const { EvaluationResults } = await client.send(
      new iam.SimulateCustomPolicyCommand({
        PolicyInputList: [policy(identity)],
        ActionNames: ['kms:Decrypt'],
        ResourceArns: [`arn:aws:kms:eu-west-1:${room.account}:key/1`],
        CallerArn,
        ResourcePolicy: policy({
          Effect: 'Allow',
          Principal: { AWS: principal },
          Action: 'kms:*',
          Resource: '*',
        }),
      }),
    );
    return EvaluationResults?.[0]?.EvalDecision;
  };
  const nothing = { Effect: 'Allow', Action: 'acm:*', Resource: '*' };
  const decrypt = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };
  assert.equal(await decide(CallerArn, nothing), 'allowed');
  assert.equal(await decide(room.account, nothing), 'implicitDeny');
  assert.equal(await decide(room.account, decrypt), 'allowed');
  assert.equal(await decide('arn:aws:iam::444455556666:root', decrypt), 'implicitDeny');
});

test('results come page by page, and a page of long policies ends early', async () => {
  await using room = await IdentityRoom.open();
  const client = new iam.IAMClient(room.clientSettings());
  const ActionNames = Array.from({ length: 60 }, (_none, n) => `kms:A${n}`);
  const pagesOf = async (PolicyInputList: string[]) => {
    const pages: string[][] = [];
    for await (const { EvaluationResults = [] } of iam.paginateSimulateCustomPolicy(
      { client, pageSize: 50 },
      { PolicyInputList, ActionNames },
    ))
      pages.push(EvaluationResults.map(({ EvalActionName = '' }) => EvalActionName));
    return pages;
  };
  const allow = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
  const short = await pagesOf([policy(allow)]);
  assert.deepEqual(
    short.map(({ length }) => length),
    [50, 10],
  );
  assert.deepEqual(short.flat(), ActionNames);
  const long = policy(...Array.from({ length: 150 }, () => allow));
  const many = await pagesOf(Array.from({ length: 9 }, () => long));
  assert.deepEqual(many.flat(), ActionNames);
  assert.ok(many.length > short.length);
});

test('as AWS answers: what is told of a resource that is named, of one in another account, and of what cannot be asked', async () => {
  await using room = await IdentityRoom.open();
  const client = new iam.IAMClient(room.clientSettings());
  const CallerArn = `arn:aws:iam::${room.account}:user/alice`;
  const theirs = 'arn:aws:kms:eu-west-1:444455556666:key/1';
  const allow = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
  const deny = { Effect: 'Deny', Action: 'kms:*', Resource: '*' };
  const decide = async (more: Partial<iam.SimulateCustomPolicyCommandInput>) => {
    const { EvaluationResults } = await client.send(
      new iam.SimulateCustomPolicyCommand({
        PolicyInputList: [policy(allow)],
        ActionNames: ['kms:Decrypt'],
        CallerArn,
        ...more,
      }),
    );
    return EvaluationResults?.[0];
  };

  const all = await decide({});
  assert.equal(all?.EvalDecisionDetails, undefined);
  assert.equal(all?.ResourceSpecificResults, undefined);

  const named = await decide({ ResourceArns: [theirs] });
  assert.equal(named?.EvalDecision, 'allowed', 'without a resource policy one account is asked');
  assert.deepEqual(named.EvalDecisionDetails, {});
  const [specific] = named.ResourceSpecificResults ?? [];
  assert.equal(specific?.EvalResourceName, theirs);
  assert.equal(specific.EvalResourceDecision, 'allowed');
  assert.deepEqual(specific.MatchedStatements, named.MatchedStatements);

  const across = await decide({
    ResourceArns: [theirs],
    ResourcePolicy: policy({ ...allow, Principal: { AWS: '777788889999' } }),
  });
  assert.equal(across?.EvalDecision, 'implicitDeny');
  assert.deepEqual(across.EvalDecisionDetails, {
    'IAM Policy': 'allowed',
    'Resource Policy': 'implicitDeny',
  });

  const both = await decide({
    PolicyInputList: [policy(allow), policy(deny)],
    ResourcePolicy: policy({ ...deny, Principal: '*' }, { ...allow, Principal: '*' }),
  });
  assert.deepEqual(
    both?.MatchedStatements?.map(({ SourcePolicyId, SourcePolicyType }) => [
      SourcePolicyId,
      SourcePolicyType,
    ]),
    [
      ['PolicyInputList.2', 'IAM Policy'],
      ['ResourcePolicy', 'Resource Policy'],
    ],
  );

  const entry = (ContextKeyType: iam.ContextKeyTypeEnum, ...ContextKeyValues: string[]) => ({
    ContextKeyName: 'aws:x',
    ContextKeyType,
    ContextKeyValues,
  });
  for (const [what, input] of [
    ['a number that is none', { ContextEntries: [entry('numeric', 'many')] }],
    ['a date that is none', { ContextEntries: [entry('dateList', '2026-01-01', 'soon')] }],
    ['a key twice', { ContextEntries: [entry('string', 'a'), entry('string', 'b')] }],
    ['a role as caller', { CallerArn: `arn:aws:iam::${room.account}:role/x` }],
    [
      'a resource policy and no caller',
      { CallerArn: undefined, ResourcePolicy: policy({ ...allow, Principal: '*' }) },
    ],
    ['an action with a wildcard', { ActionNames: ['kms:*'] }],
  ] as const)
    await assert.rejects(
      decide(input as Partial<iam.SimulateCustomPolicyCommandInput>),
      refusedInput,
      what,
    );
});

test('of a user: their own policies, those of their groups, and managed ones, by name', async () => {
  await using room = await IdentityRoom.open();
  const client = new iam.IAMClient(room.clientSettings());
  await userWith(room, 'alice', { Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' });
  await client.send(new iam.CreateGroupCommand({ GroupName: 'team' }));
  await client.send(new iam.AddUserToGroupCommand({ GroupName: 'team', UserName: 'alice' }));
  await client.send(
    new iam.PutGroupPolicyCommand({
      GroupName: 'team',
      PolicyName: 'g',
      PolicyDocument: policy({
        Effect: 'Allow',
        Action: 'acm:*',
        Resource: 'arn:aws:acm:*:*:certificate/${aws:username}',
      }),
    }),
  );
  await client.send(
    new iam.AttachUserPolicyCommand({
      UserName: 'alice',
      PolicyArn: 'arn:aws:iam::aws:policy/AWSCertificateManagerReadOnly',
    }),
  );
  const PolicySourceArn = `arn:aws:iam::${room.account}:user/alice`;
  const { EvaluationResults = [] } = await client.send(
    new iam.SimulatePrincipalPolicyCommand({
      PolicySourceArn,
      ActionNames: ['iam:GetUser', 'acm:ListCertificates', 'acm:DeleteCertificate'],
    }),
  );
  assert.deepEqual(
    EvaluationResults.map(({ EvalDecision, MatchedStatements = [] }) => [
      EvalDecision,
      ...MatchedStatements.map(({ SourcePolicyId }) => SourcePolicyId),
    ]),
    [['allowed', 'user_alice_own'], ['allowed', 'AWSCertificateManagerReadOnly'], ['implicitDeny']],
  );
  const { ContextKeyNames } = await client.send(
    new iam.GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn }),
  );
  assert.deepEqual(ContextKeyNames, ['aws:username']);
});

test('the account as a whole, page by page, and its credentials as CSV', async () => {
  await using room = await IdentityRoom.open();
  const client = new iam.IAMClient(room.clientSettings());
  await userWith(room, 'alice', { Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' });
  await client.send(new iam.CreateGroupCommand({ GroupName: 'team' }));
  await client.send(new iam.AddUserToGroupCommand({ GroupName: 'team', UserName: 'alice' }));
  await client.send(
    new iam.AttachGroupPolicyCommand({
      GroupName: 'team',
      PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
    }),
  );
  const names: (string | undefined)[] = [];
  const pages = iam.paginateGetAccountAuthorizationDetails({ client, pageSize: 1 }, {});
  for await (const { UserDetailList, GroupDetailList, Policies } of pages)
    names.push(
      ...(UserDetailList ?? []).map(
        ({ UserName, GroupList }) => `${UserName} ${GroupList?.join()}`,
      ),
      ...(GroupDetailList ?? []).map(({ GroupName }) => GroupName),
      ...(Policies ?? []).map(({ PolicyName }) => PolicyName),
    );
  assert.deepEqual(names, ['admin ', 'alice team', 'team', 'ReadOnlyAccess']);

  await assert.rejects(
    client.send(new iam.GetCredentialReportCommand({})),
    named('CredentialReportNotPresentException'),
  );
  const generate = new iam.GenerateCredentialReportCommand({});
  assert.equal((await client.send(generate)).State, 'STARTED');
  assert.equal((await client.send(generate)).State, 'COMPLETE');
  const { Content } = await client.send(new iam.GetCredentialReportCommand({}));
  const rows = new TextDecoder()
    .decode(Content)
    .split('\n')
    .map((row) => row.split(','));
  assert.equal(rows[0]?.length, 22);
  assert.deepEqual(
    rows.map(([name]) => name),
    ['user', '<root_account>', 'admin', 'alice'],
  );
  assert.equal(rows[3]?.[8], 'true');
});
