import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempDisposableSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { totpCode, totpStep } from '../../src/lib/totp.ts';
import { decodeBase32 } from '../../src/services/iam/test-room.ts';
import { holdfast } from '../command.ts';
import { until } from '../until.ts';
import { readSettings, startWorld, type World } from '../world.ts';
import { AwsCli } from './aws-cli.ts';
import { atTerminal, hasTerminals } from './terminal.ts';

const skip = spawnSync('aws', ['--version']).status !== 0;
const skipTerminal = skip || !hasTerminals;
const launcher = join(import.meta.dirname, '../../bin/holdfast.cjs');
const main = join(import.meta.dirname, '../../src/main.ts');

interface Keys {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken?: string;
}

/** No blanks: arguments are split at them. */
const document = (...Statement: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });

function cliAs(world: World, keys: Keys): AwsCli {
  return new AwsCli(world, {
    AWS_ACCESS_KEY_ID: keys.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.SecretAccessKey,
    ...(keys.SessionToken === undefined ? {} : { AWS_SESSION_TOKEN: keys.SessionToken }),
  });
}

function ofSettings(settings: Readonly<Record<string, string>>): Keys {
  return {
    AccessKeyId: settings['AWS_ACCESS_KEY_ID'] ?? '',
    SecretAccessKey: settings['AWS_SECRET_ACCESS_KEY'] ?? '',
  };
}

async function accountOf(cli: AwsCli): Promise<string> {
  return (await cli.run<{ Account: string }>('sts get-caller-identity')).Account;
}

/** A profile whose credentials are root's, as operating.md has it. */
function rootProfile(folder: string, account: string, data: string): NodeJS.ProcessEnv {
  const file = join(folder, 'config');
  const command = `"${process.execPath}" "${launcher}" account root ${account} --data "${data}"`;
  writeFileSync(file, `[profile root]\ncredential_process = ${command}\n`);
  return { AWS_CONFIG_FILE: file };
}

test(
  'root, through credential_process of the AWS CLI',
  { skip: skipTerminal, timeout: 900_000 },
  async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-root-'));
    await using world = await startWorld();
    const { dataDirectory: data } = world;
    const admin = new AwsCli(world);
    const account = await accountOf(admin);
    const profile = rootProfile(folder.path, account, data);
    const root = new AwsCli(world, profile);
    const { Arn } = await root.run<{ Arn: string }>('sts get-caller-identity --profile root');
    assert.equal(Arn, `arn:aws:iam::${account}:root`);
    await root.run('iam create-user --user-name made-by-root --profile root');
    const { Events } = await admin.run<{ Events: { CloudTrailEvent: string }[] }>(
      'cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=CreateUser',
    );
    const { userIdentity } = JSON.parse(Events[0]?.CloudTrailEvent ?? '') as {
      userIdentity: { type: string; accessKeyId: string };
    };
    assert.equal(userIdentity.type, 'Root');
    const signIns = await admin.run<{ Events: { CloudTrailEvent: string }[] }>(
      'cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=SignInAsRoot',
    );
    const keys = signIns.Events.map(
      ({ CloudTrailEvent }) =>
        (JSON.parse(CloudTrailEvent) as { additionalEventData: { accessKeyId: string } })
          .additionalEventData.accessKeyId,
    );
    assert.ok(keys.includes(userIdentity.accessKeyId), 'its sign-in is on record');

    const shown = await atTerminal(
      `"${process.execPath}" "${main}" account root ${account} --data "${data}"`,
      process.env,
    );
    assert.equal(shown.status, 1);
    assert.match(shown.screen, /not shown on a terminal without --show/);
    assert.doesNotMatch(shown.screen, /SecretAccessKey/);
  },
);

test(
  'root with an MFA device, at a terminal and without one',
  { skip: skipTerminal, timeout: 900_000 },
  async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-root-'));
    await using world = await startWorld();
    const { dataDirectory: data } = world;
    const account = await accountOf(new AwsCli(world));
    const seedFile = join(folder.path, 'seed');
    const codes = join(folder.path, 'codes');
    writeFileSync(codes, '000000\n000000\n');
    const enable = ['account', 'mfa', account, 'enable', '--data', data];
    const nobody = [...enable, '--mfa-code-fd', '3'];
    const nowhere = await holdfast(nobody, undefined, [codes]);
    assert.match(nowhere.errors, /the seed needs a place/);
    const wrong = await holdfast([...nobody, '--seed-file', seedFile], undefined, [codes]);
    assert.match(wrong.errors, /Authentication code for device is not valid/);
    assert.ok(!existsSync(seedFile), 'a seed that is of no use does not stay');

    const command = [process.execPath, main, ...enable].map((word) => `"${word}"`).join(' ');
    let seed: Uint8Array = new Uint8Array();
    // The present code and the next: both hold for another half minute.
    let step = 0;
    const enabled = await atTerminal(command, process.env, [
      {
        after: /A code of the device: $/,
        type: (screen) => {
          seed = decodeBase32(/into the device: ([A-Z2-7]{64})/.exec(screen)?.[1] ?? '');
          step = totpStep(Temporal.Now.instant());
          return totpCode(seed, step);
        },
      },
      { after: /The code after it: $/, type: () => totpCode(seed, step + 1) },
    ]);
    assert.equal(enabled.status, 0, enabled.screen);
    assert.match(enabled.screen, /needs codes of arn:aws:iam::[0-9]+:mfa\/root-account-mfa-device/);

    await until('the half minute in which the code after those is taken', 120, async () =>
      totpStep(Temporal.Now.instant()) > step ? true : undefined,
    );
    const profile = rootProfile(folder.path, account, data);
    const environment = { ...process.env, ...world.environment, ...profile, AWS_PAGER: '' };
    const used = await atTerminal(
      `aws --endpoint-url ${world.endpoint} --profile root iam get-account-summary --query SummaryMap.AccountMFAEnabled`,
      environment,
      [
        {
          after: /Enter MFA code for .*: $/,
          type: () => {
            step = Math.max(step + 2, totpStep(Temporal.Now.instant()));
            return totpCode(seed, step);
          },
        },
      ],
    );
    assert.match(used.screen, /^1\r?$/m, 'the client took what the terminal was asked for');

    const code = join(folder.path, 'code');
    writeFileSync(code, `${totpCode(seed, step)}\n`);
    const again = await holdfast(
      ['account', 'root', account, '--data', data, '--mfa-code-fd', '3'],
      undefined,
      [code],
    );
    assert.equal(again.status, 1);
    assert.match(again.errors, /not valid, or was used before/);

    const lost = await holdfast(['account', 'mfa', account, 'disable', '--data', data]);
    assert.equal(lost.status, 0, lost.errors);
    const without = await holdfast(['account', 'root', account, '--data', data]);
    assert.match(without.output, /^\{"Version":1,"AccessKeyId":"ASIA/);
  },
);

test(
  'the first admin is replaced and removed, and does not come back',
  { skip, timeout: 900_000 },
  async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-root-'));
    await using world = await startWorld();
    const first = new AwsCli(world);
    const account = await accountOf(first);
    await first.run('iam create-user --user-name olga');
    const [{ AccessKey }] = await Promise.all([
      first.run<{ AccessKey: Keys }>('iam create-access-key --user-name olga'),
      first.run(
        'iam attach-user-policy --user-name olga --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
      ),
    ]);
    const olga = cliAs(world, AccessKey);
    await Promise.all([
      olga.run(
        `iam delete-access-key --user-name admin --access-key-id ${world.credentials.accessKeyId}`,
      ),
      olga.run('iam delete-user-policy --user-name admin --policy-name AdministratorAccess'),
    ]);
    await olga.run('iam delete-user --user-name admin');
    await assert.rejects(first.run('iam list-users'), /InvalidClientTokenId/);

    await world.restart();
    await until('the word on client.env', 120, async () =>
      /The access key in .*client\.env is no longer active/.test(world.told()) ? true : undefined,
    );
    const { Users } = await olga.run<{ Users: { UserName: string }[] }>('iam list-users');
    assert.deepEqual(
      Users.map(({ UserName }) => UserName),
      ['olga'],
    );

    // The last one goes, too: the machine's owner makes another.
    await olga.run(
      'iam detach-user-policy --user-name olga --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
    );
    await assert.rejects(olga.run('iam list-users'), /AccessDenied/);
    const file = join(folder.path, 'admin.env');
    const command = [
      'account',
      'admin',
      account,
      '--client-env',
      file,
      '--data',
      world.dataDirectory,
    ];
    const made = await holdfast(command);
    assert.equal(made.status, 0, made.errors);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const admin = cliAs(world, ofSettings(readSettings(file)));
    await admin.run(
      'iam delete-access-key --user-name olga --access-key-id ' + AccessKey.AccessKeyId,
    );
    await admin.run('iam delete-user --user-name olga');
    assert.match((await holdfast(command)).errors, /admin\.env exists already/);
    const twice = await holdfast([...command.slice(0, 4), `${file}.2`, ...command.slice(5)]);
    assert.match(twice.errors, /User with name admin already exists/);
    assert.ok(!existsSync(`${file}.2`));
    assert.ok(
      readFileSync(join(world.dataDirectory, 'client.env'), 'utf8').includes(
        world.credentials.accessKeyId,
      ),
    );
  },
);

test(
  'two accounts share a role and a key, with the AWS CLI',
  { skip, timeout: 900_000 },
  async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-root-'));
    await using world = await startWorld();
    const file = join(folder.path, 'two.env');
    const made = await holdfast([
      'account',
      'create',
      '--client-env',
      file,
      '--data',
      world.dataDirectory,
    ]);
    assert.equal(made.status, 0, made.errors);
    const one = new AwsCli(world);
    const two = cliAs(world, ofSettings(readSettings(file)));
    const [first, second] = [await accountOf(one), await accountOf(two)];
    const listed = await holdfast(['account', 'list', '--data', world.dataDirectory]);
    assert.equal(listed.output, `${first}\n${second}\n`);

    const partner = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${second}:root` } };
    const trust = document({
      ...partner,
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'ours' } },
    });
    await one.run(`iam create-role --role-name partner --assume-role-policy-document ${trust}`);
    const assume = `sts assume-role --role-arn arn:aws:iam::${first}:role/partner --role-session-name visit`;
    await assert.rejects(two.run(assume), /AccessDenied/);
    const { Credentials } = await two.run<{ Credentials: Keys }>(`${assume} --external-id ours`);
    assert.equal(await accountOf(cliAs(world, Credentials)), first);

    const policy = document(
      {
        ...partner,
        Principal: { AWS: `arn:aws:iam::${first}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
      { ...partner, Action: 'kms:Decrypt', Resource: '*' },
    );
    const { KeyMetadata } = await one.run<{ KeyMetadata: { Arn: string } }>(
      `kms create-key --policy ${policy}`,
    );
    const plaintext = join(folder.path, 'plaintext');
    const blob = join(folder.path, 'blob');
    writeFileSync(plaintext, 'ours');
    const { CiphertextBlob } = await one.run<{ CiphertextBlob: string }>(
      `kms encrypt --key-id ${KeyMetadata.Arn} --plaintext fileb://${plaintext}`,
    );
    writeFileSync(blob, Buffer.from(CiphertextBlob, 'base64'));
    const decrypt = `kms decrypt --key-id ${KeyMetadata.Arn} --ciphertext-blob fileb://${blob}`;
    const { Plaintext } = await two.run<{ Plaintext: string }>(decrypt);
    assert.equal(Buffer.from(Plaintext, 'base64').toString(), 'ours');
    await assert.rejects(
      two.run(`kms encrypt --key-id ${KeyMetadata.Arn} --plaintext fileb://${plaintext}`),
      /AccessDenied/,
    );
  },
);
