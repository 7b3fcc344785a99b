import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempDisposableSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { totpCode, totpStep } from '../../src/lib/totp.ts';
import { until } from '../until.ts';
import { startWorld } from '../world.ts';
import { AwsCli, hasEndpointVariable } from './aws-cli.ts';
import { cliAs, policyOf, type Keys } from './principals.ts';
import { atTerminal, hasTerminals } from './terminal.ts';

const hasAws = spawnSync('aws', ['--version']).status === 0;

/** Whether it asks at the terminal for the code of a profile, and asks STS at the endpoint of the environment. */
const asksForCodes = hasTerminals && hasEndpointVariable();

/** A user, and a role that he assumes with a code of his device. */
function profiles(of: { readonly keys: Keys; readonly serial: string; readonly role: string }) {
  return [
    '[profile olga]',
    `aws_access_key_id = ${of.keys.AccessKeyId}`,
    `aws_secret_access_key = ${of.keys.SecretAccessKey}`,
    '[profile remover]',
    'source_profile = olga',
    `role_arn = ${of.role}`,
    `mfa_serial = ${of.serial}`,
    '',
  ].join('\n');
}

function decodeBase32(text: string): Uint8Array {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const letter of text.trim()) bits += alphabet.indexOf(letter).toString(2).padStart(5, '0');
  return Uint8Array.from({ length: bits.length >> 3 }, (_none, n) =>
    parseInt(bits.slice(8 * n, 8 * n + 8), 2),
  );
}

/** Codes of steps behind `used`, each once its time has come. */
function codes(seed: Uint8Array, used: number): () => Promise<string> {
  let last = used;
  return async () => {
    const step = Math.max(last + 1, totpStep(Temporal.Now.instant()));
    await until('the next code', 120, async () =>
      totpStep(Temporal.Now.instant()) >= step - 1 ? step : undefined,
    );
    last = step;
    return totpCode(seed, step);
  };
}

test(
  'an operator with little rights and an MFA device, with the AWS CLI',
  { skip: !hasAws, timeout: 900_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-identity-'));
    await using world = await startWorld();
    const admin = new AwsCli(world);
    const operator = await admin.run<{ User: { Arn: string } }>('iam create-user --user-name olga');
    const rights = policyOf(
      {
        Effect: 'Allow',
        Action: 'acm:RequestCertificate',
        Resource: '*',
        Condition: { 'ForAllValues:StringLike': { 'acm:DomainNames': '*.team-a.example' } },
      },
      {
        Effect: 'Allow',
        Action: ['acm:DescribeCertificate', 'acm:ListCertificates'],
        Resource: '*',
      },
      {
        Effect: 'Allow',
        Action: 'acm:DeleteCertificate',
        Resource: '*',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      },
    );
    const { Policy } = await admin.run<{ Policy: { Arn: string } }>(
      `iam create-policy --policy-name team-a --policy-document ${rights}`,
    );
    await admin.run('iam create-group --group-name operators');
    await admin.run(`iam attach-group-policy --group-name operators --policy-arn ${Policy.Arn}`);
    await admin.run('iam add-user-to-group --group-name operators --user-name olga');
    const { AccessKey } = await admin.run<{ AccessKey: Keys }>(
      'iam create-access-key --user-name olga',
    );
    const olga = cliAs(world, AccessKey);

    const seedFile = join(folder, 'seed');
    await admin.run(
      `iam create-virtual-mfa-device --virtual-mfa-device-name olga --outfile ${seedFile} --bootstrap-method Base32StringSeed`,
    );
    const serial = operator.User.Arn.replace(':user/', ':mfa/');
    // This one and the next are taken for half a minute at least, the one before for as long as the step lasts.
    const step = totpStep(Temporal.Now.instant());
    const seed = decodeBase32(readFileSync(seedFile, 'utf8'));
    await admin.run(
      `iam enable-mfa-device --user-name olga --serial-number ${serial} --authentication-code1 ${totpCode(seed, step)} --authentication-code2 ${totpCode(seed, step + 1)}`,
    );

    const nextCode = codes(seed, step + 1);

    const { CertificateArn } = await olga.run<{ CertificateArn: string }>(
      'acm request-certificate --domain-name www.team-a.example --validation-method DNS',
    );
    const denied = (action: string) =>
      new RegExp(
        `User: ${operator.User.Arn} is not authorized to perform: ${action} on resource: .* because no identity-based policy allows the ${action} action`,
      );
    await assert.rejects(
      olga.run('acm request-certificate --domain-name www.team-b.example --validation-method DNS'),
      denied('acm:RequestCertificate'),
    );
    await assert.rejects(
      olga.run(
        `acm request-certificate --domain-name www.team-a.example --validation-method DNS --subject-alternative-names www.team-b.example`,
      ),
      denied('acm:RequestCertificate'),
    );
    await assert.rejects(
      olga.run(`acm delete-certificate --certificate-arn ${CertificateArn}`),
      denied('acm:DeleteCertificate'),
    );
    await assert.rejects(
      olga.run(`acm get-certificate --certificate-arn ${CertificateArn}`),
      denied('acm:GetCertificate'),
    );

    const deletion = `acm delete-certificate --certificate-arn ${CertificateArn}`;
    if (asksForCodes) {
      await admin.run(
        `iam create-role --role-name remover --assume-role-policy-document ${policyOf({
          Effect: 'Allow',
          Principal: { AWS: operator.User.Arn },
          Action: 'sts:AssumeRole',
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
        })}`,
      );
      await admin.run(
        `iam put-role-policy --role-name remover --policy-name remove --policy-document ${policyOf({ Effect: 'Allow', Action: 'acm:DeleteCertificate', Resource: '*' })}`,
      );
      const role = operator.User.Arn.replace(':user/olga', ':role/remover');
      await assert.rejects(
        olga.run(`sts assume-role --role-arn ${role} --role-session-name without-mfa`),
        /AccessDenied.*sts:AssumeRole/,
      );
      const config = join(folder, 'config');
      writeFileSync(config, profiles({ keys: AccessKey, serial, role }));
      const typed = await nextCode();
      const { status, screen } = await atTerminal(
        `aws ${deletion} --profile remover`,
        { ...olga.environment, HOME: folder, AWS_CONFIG_FILE: config },
        [{ after: /Enter MFA code for arn:aws:iam::\d+:mfa\/olga: /, type: () => typed }],
      );
      assert.equal(status, 0, screen);
      assert.ok(!screen.includes(typed), 'what is typed is not shown');
    } else {
      const { Credentials } = await olga.run<{ Credentials: Keys }>(
        `sts get-session-token --serial-number ${serial} --token-code ${await nextCode()}`,
      );
      await cliAs(world, Credentials).run(deletion);
    }
    const { Events } = await admin.run<{ Events: { CloudTrailEvent: string }[] }>(
      'cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=DeleteCertificate',
    );
    const attempts = Events.map(
      ({ CloudTrailEvent }) =>
        JSON.parse(CloudTrailEvent) as {
          errorCode?: string;
          userIdentity: { sessionContext?: { attributes: { mfaAuthenticated: string } } };
        },
    );
    assert.deepEqual(
      attempts.map(({ errorCode, userIdentity }) => [
        errorCode,
        userIdentity.sessionContext?.attributes.mfaAuthenticated,
      ]),
      [
        [undefined, 'true'],
        ['AccessDeniedException', undefined],
      ],
    );
    rmSync(folder, { recursive: true });
  },
);

test(
  'roles, reports and the simulator, with the AWS CLI',
  { skip: !hasAws, timeout: 900_000 },
  async () => {
    await using world = await startWorld();
    const admin = new AwsCli(world);
    const { Account } = await admin.run<{ Account: string }>('sts get-caller-identity');
    const trust = policyOf({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${Account}:root` },
      Action: 'sts:AssumeRole',
    });
    await admin.run(
      `iam create-role --role-name auditor --assume-role-policy-document ${trust} --tags Key=team,Value=a`,
    );
    await admin.run('iam wait role-exists --role-name auditor');
    await admin.run(
      'iam attach-role-policy --role-name auditor --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess',
    );
    const { Role } = await admin.run<{ Role: { Arn: string; AssumeRolePolicyDocument: object } }>(
      'iam get-role --role-name auditor',
    );
    assert.deepEqual(Role.AssumeRolePolicyDocument, JSON.parse(trust));
    const { Credentials } = await admin.run<{ Credentials: Keys }>(
      `sts assume-role --role-arn ${Role.Arn} --role-session-name audit`,
    );
    const auditor = cliAs(world, Credentials);
    const { Arn } = await auditor.run<{ Arn: string }>('sts get-caller-identity');
    assert.equal(Arn, `arn:aws:sts::${Account}:assumed-role/auditor/audit`);
    await auditor.run('iam list-users');
    await assert.rejects(
      auditor.run('iam create-user --user-name eve'),
      /AccessDenied.*because no identity-based policy allows the iam:CreateUser action/,
    );

    const { EvaluationResults } = await admin.run<{
      EvaluationResults: { EvalActionName: string; EvalDecision: string }[];
    }>(
      `iam simulate-principal-policy --policy-source-arn ${Role.Arn} --action-names acm:ListCertificates acm:RequestCertificate`,
    );
    assert.deepEqual(
      EvaluationResults.map(({ EvalActionName, EvalDecision }) => [EvalActionName, EvalDecision]),
      [
        ['acm:ListCertificates', 'allowed'],
        ['acm:RequestCertificate', 'implicitDeny'],
      ],
    );
    using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-qr-'));
    const qrCode = join(folder.path, 'qr.png');
    await admin.run(
      `iam create-virtual-mfa-device --virtual-mfa-device-name auditor --outfile ${qrCode} --bootstrap-method QRCodePNG`,
    );
    assert.equal(readFileSync(qrCode).subarray(1, 4).toString(), 'PNG');
    const { Policies, NextToken } = await admin.run<{ Policies: object[]; NextToken: string }>(
      'iam list-policies --max-items 3 --page-size 2',
    );
    assert.equal(Policies.length, 3);
    const rest = await admin.run<{ Policies: object[] }>(
      `iam list-policies --starting-token ${NextToken}`,
    );
    const all = await admin.run<{ Policies: object[] }>('iam list-policies');
    assert.deepEqual([...Policies, ...rest.Policies], all.Policies);
    await admin.run('iam generate-credential-report');
    const { Content } = await admin.run<{ Content: string }>('iam get-credential-report');
    assert.match(Buffer.from(Content, 'base64').toString(), /^user,arn,.*\n<root_account>,/);
    const { UserDetailList } = await admin.run<{ UserDetailList: { UserName: string }[] }>(
      'iam get-account-authorization-details --filter User',
    );
    assert.deepEqual(
      UserDetailList.map(({ UserName }) => UserName),
      ['admin'],
    );
  },
);
