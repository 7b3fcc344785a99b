import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { testTls } from '../../src/aws/test-edge.ts';
import { TestProvider } from '../../src/services/sts/test-provider.ts';
import { freePort } from '../loopback.ts';
import { until } from '../until.ts';
import { startWorld, type World } from '../world.ts';
import { AwsCli, hasEndpointVariable } from './aws-cli.ts';

const hasAws = spawnSync('aws', ['--version']).status === 0;
const pythons = ['/usr/bin/python3', 'python3'].filter(
  (python) => spawnSync(python, ['-c', 'import boto3']).status === 0,
);
const audience = 'sts.amazonaws.com';
const main = 'repo:octo/app:ref:refs/heads/main';

/** No blanks: arguments of the CLI are split at them. */
const document = (...Statement: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });

/** An issuer as GitHub's or a cluster's, on loopback, and a folder for what is given to holdfast and to its clients. */
class Issuer implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'holdfast-issuer-'));
  readonly provider: TestProvider;
  readonly #server = createServer(testTls, (request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(this.provider.answer(request.url ?? '')));
  });

  static async start(): Promise<Issuer> {
    const issuer = new Issuer(await freePort());
    const { port } = new URL(`https://${issuer.provider.url}`);
    issuer.#server.listen(Number(port), '127.0.0.1');
    await once(issuer.#server, 'listening');
    return issuer;
  }

  private constructor(port: number) {
    this.provider = new TestProvider(`localhost:${port}/app`);
  }

  /** @returns the name of a new file */
  write(name: string, content: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, content);
    return file;
  }

  /** Lets holdfast ask it. */
  configuration(outbound: object): string {
    return this.write('config.json', JSON.stringify({ outbound }));
  }

  token(sub: string, more: object = {}): string {
    return this.provider.token(Temporal.Now.instant(), { sub, aud: audience, ...more });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
    rmSync(this.folder, { recursive: true });
  }
}

/**
 * What Kubernetes and GitHub's action set: a role, and a file with a token. No access key. The CLI keeps credentials at
 * home, by role and session name.
 */
function webIdentity(
  roleArn: string,
  tokenFile: string,
  sessionName = 'build-1',
): Record<string, string | undefined> {
  return {
    HOME: dirname(tokenFile),
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_ROLE_ARN: roleArn,
    AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
    AWS_ROLE_SESSION_NAME: sessionName,
  };
}

/** A CLI that takes the role with the token by itself; one from before it knew of other endpoints is told to. */
async function buildWith(
  world: World,
  roleArn: string,
  tokenFile: string,
  sessionName = 'build-1',
): Promise<AwsCli> {
  const environment = webIdentity(roleArn, tokenFile, sessionName);
  if (hasEndpointVariable()) return new AwsCli(world, environment);
  const withoutKey = { ...environment, AWS_WEB_IDENTITY_TOKEN_FILE: undefined };
  const { Credentials } = await new AwsCli(world, withoutKey).run<{
    Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string };
  }>(
    `sts assume-role-with-web-identity --role-arn ${roleArn} --role-session-name ${sessionName}
     --web-identity-token file://${tokenFile}`,
  );
  return new AwsCli(world, {
    AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: Credentials.SessionToken,
  });
}

async function trustMain(
  admin: AwsCli,
  { url }: TestProvider,
  thumbprint: string,
): Promise<string> {
  const { OpenIDConnectProviderArn: provider } = await admin.run<{
    OpenIDConnectProviderArn: string;
  }>(
    `iam create-open-id-connect-provider --url https://${url} --client-id-list ${audience} --thumbprint-list ${thumbprint}`,
  );
  const trust = document({
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: { [`${url}:aud`]: audience },
      StringLike: { [`${url}:sub`]: 'repo:octo/app:ref:refs/heads/*' },
    },
  });
  const { Role } = await admin.run<{ Role: { Arn: string } }>(
    `iam create-role --role-name deploy --assume-role-policy-document ${trust}`,
  );
  const allow = document({ Effect: 'Allow', Action: ['acm:*', 'route53:*'], Resource: '*' });
  await admin.run(
    `iam put-role-policy --role-name deploy --policy-name own --policy-document ${allow}`,
  );
  return Role.Arn;
}

async function issueCertificate(cli: AwsCli): Promise<string> {
  const { HostedZone } = await cli.run<{ HostedZone: { Id: string } }>(
    'route53 create-hosted-zone --name build.test --caller-reference one',
  );
  const { CertificateArn: arn } = await cli.run<{ CertificateArn: string }>(
    'acm request-certificate --domain-name www.build.test --validation-method DNS',
  );
  const record = await until('the record to prove control with', 120, async () => {
    const { Certificate } = await cli.run<{
      Certificate: {
        DomainValidationOptions: { ResourceRecord?: { Name: string; Value: string } }[];
      };
    }>(`acm describe-certificate --certificate-arn ${arn}`);
    return Certificate.DomainValidationOptions[0]?.ResourceRecord;
  });
  const ResourceRecordSet = {
    Name: record.Name,
    Type: 'CNAME',
    TTL: 60,
    ResourceRecords: [{ Value: record.Value }],
  };
  const changes = JSON.stringify({ Changes: [{ Action: 'UPSERT', ResourceRecordSet }] });
  await cli.run(
    `route53 change-resource-record-sets --hosted-zone-id ${HostedZone.Id} --change-batch ${changes}`,
  );
  await cli.run(`acm wait certificate-validated --certificate-arn ${arn}`);
  return arn;
}

/** Who boto3 says that it is. */
function callerIn(python: string, world: World, environment: Record<string, string | undefined>) {
  const script = `
import boto3, os
sts = boto3.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
token = open(os.environ["AWS_WEB_IDENTITY_TOKEN_FILE"]).read()
answer = sts.assume_role_with_web_identity(
    RoleArn=os.environ["AWS_ROLE_ARN"], RoleSessionName="build-2", WebIdentityToken=token)
keys = answer["Credentials"]
session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
print(session.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"]).get_caller_identity()["Arn"])
print(answer["SubjectFromWebIdentityToken"])`;
  const { stdout, stderr } = spawnSync(python, ['-W', 'ignore', '-c', script], {
    env: { PATH: process.env['PATH'], ...world.environment, ...environment },
    encoding: 'utf8',
  });
  return { lines: stdout.trim().split('\n'), stderr };
}

test(
  'a build without an access key, with a token in a file, gets a certificate with the AWS CLI',
  { skip: !hasAws, timeout: 900_000 },
  async () => {
    await using issuer = await Issuer.start();
    const roots = issuer.write('roots.pem', testTls.cert);
    const config = issuer.configuration({ allow: ['127.0.0.1/32'], trustedRoots: roots });
    await using world = await startWorld({ '--config': config });
    const admin = new AwsCli(world);
    const roleArn = await trustMain(admin, issuer.provider, '0'.repeat(40));
    const token = issuer.token(main);
    const build = await buildWith(world, roleArn, issuer.write('token', token));
    const { Arn } = await build.run<{ Arn: string }>('sts get-caller-identity');
    assert.match(Arn, /:assumed-role\/deploy\/build-1$/);
    await issueCertificate(build);

    const eve = issuer.write('eve', issuer.token('repo:eve/app:ref:refs/heads/main'));
    await assert.rejects(
      buildWith(world, roleArn, eve, 'eve').then((cli) => cli.run('acm list-certificates')),
      /AccessDenied.*Not authorized to perform sts:AssumeRoleWithWebIdentity/,
    );
    for (const python of pythons) {
      const environment = webIdentity(roleArn, join(issuer.folder, 'token'));
      const { lines, stderr } = callerIn(python, world, environment);
      assert.deepEqual(lines, [Arn.replace('build-1', 'build-2'), main], stderr);
    }
    const { Events } = await admin.run<{ Events: { CloudTrailEvent: string }[] }>(
      'cloudtrail lookup-events --region us-east-1 --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoleWithWebIdentity',
    );
    const text = JSON.stringify(Events) + world.log();
    assert.match(text, /WebIdentityUser/);
    assert.ok(!text.includes(token.split('.')[2] ?? ''));
  },
);

test(
  'an issuer on a private address is asked only if the operator allows it, and trusted by its thumbprint',
  { skip: !hasAws, timeout: 900_000 },
  async () => {
    await using issuer = await Issuer.start();
    const thumbprint = new X509Certificate(testTls.cert).fingerprint.replaceAll(':', '');
    const tokenFile = issuer.write('token', issuer.token(main));
    await using world = await startWorld({ '--config': issuer.configuration({ allow: [] }) });
    const roleArn = await trustMain(new AwsCli(world), issuer.provider, thumbprint);
    const listing = async (): Promise<object> =>
      (await buildWith(world, roleArn, tokenFile)).run('acm list-certificates');
    await assert.rejects(listing(), /IDPCommunicationError/);
    assert.equal(issuer.provider.asked, 0);
    assert.match(world.log(), /localhost has no address that may be reached/);

    issuer.configuration({ allow: ['127.0.0.1/32'] });
    await world.restart();
    await listing();
    assert.equal(issuer.provider.asked, 1);
  },
);
