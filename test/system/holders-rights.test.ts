import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { ImportCertificateCommand } from '@aws-sdk/client-acm';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
  type AccessKey,
} from '@aws-sdk/client-iam';
import { GetFederationTokenCommand, type Credentials } from '@aws-sdk/client-sts';
import { handshake, isServed, sessionOf, type TlsClient } from '../../tools/demo/tls-client.ts';
import { plantedKey } from '../planted-key.ts';
import { clientsOf, type Clients } from '../sdk-clients.ts';
import { until } from '../until.ts';
import { startWorld, type World } from '../world.ts';
import { AwsCli } from './aws-cli.ts';
import { policyOf } from './principals.ts';

const hasAws = spawnSync('aws', ['--version']).status === 0;
const versions = ['TLSv1.2', 'TLSv1.3'] as const;

/** A load balancer, and certificates for its listeners. */
class Stage {
  readonly admin: Clients;
  readonly #loadBalancerArn: string;
  readonly #host: string;

  static async set(admin: Clients): Promise<Stage> {
    const { LoadBalancers } = await admin.elb.send(
      new CreateLoadBalancerCommand({ Name: 'web', Subnets: ['subnet-1', 'subnet-2'] }),
    );
    const [balancer] = LoadBalancers ?? [];
    const address = balancer?.AvailabilityZones?.[0]?.LoadBalancerAddresses?.[0]?.IpAddress;
    return new Stage(admin, balancer?.LoadBalancerArn ?? '', address ?? '');
  }

  private constructor(admin: Clients, loadBalancerArn: string, host: string) {
    this.admin = admin;
    this.#loadBalancerArn = loadBalancerArn;
    this.#host = host;
  }

  /** @returns its ARN, and who asks for it at a port of the load balancer and takes no other */
  async import(port: number): Promise<{ arn: string; client: TlsClient }> {
    const { certificatePem, keyPem } = plantedKey();
    const { CertificateArn: arn = '' } = await this.admin.acm.send(
      new ImportCertificateCommand({ Certificate: certificatePem, PrivateKey: keyPem }),
    );
    const servername = 'planted.demo.test';
    return { arn, client: { host: this.#host, port, servername, ca: String(certificatePem) } };
  }

  async listen({ elb }: Clients, Port: number, CertificateArn: string): Promise<void> {
    const FixedResponseConfig = { StatusCode: '200' };
    await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: this.#loadBalancerArn,
        Protocol: 'HTTPS',
        Port,
        Certificates: [{ CertificateArn }],
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig }],
      }),
    );
  }
}

/** Olga, who may do with load balancers what she likes, but for what the statements say. */
async function olga(world: World, { admin }: Stage) {
  const UserName = 'olga';
  await admin.iam.send(new CreateUserCommand({ UserName }));
  const { AccessKey } = await admin.iam.send(new CreateAccessKeyCommand({ UserName }));
  const own = { Effect: 'Allow', Action: ['elasticloadbalancing:*', 'sts:*'], Resource: '*' };
  return {
    clients: clientsAs(world, AccessKey),
    put: async (...statements: object[]) => {
      const PolicyDocument = policyOf(own, ...statements);
      const PolicyName = 'own';
      await admin.iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }));
    },
  };
}

function clientsAs(world: World, keys: AccessKey | Credentials | undefined): Clients {
  const { AccessKeyId = '', SecretAccessKey = '' } = keys ?? {};
  const token = keys !== undefined && 'SessionToken' in keys ? keys.SessionToken : undefined;
  return clientsOf(world, {
    credentials: {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(token === undefined ? {} : { sessionToken: token }),
    },
  });
}

function deniedBy(kind: string) {
  return {
    name: 'AccessDenied',
    message: new RegExp(`kms:CreateGrant on resource: .* with an explicit deny in ${kind} policy$`),
  };
}

test(
  'a Deny of kms:CreateGrant, of a user or of a session, keeps a certificate from a listener, of one certificate or of all',
  { timeout: 900_000 },
  async () => {
    await using world = await startWorld();
    using admin = clientsOf(world);
    const stage = await Stage.set(admin);
    const [one, two] = [(await stage.import(8443)).arn, (await stage.import(8444)).arn];
    const { clients, put } = await olga(world, stage);
    using asOlga = clients;
    const deny = { Effect: 'Deny', Action: 'kms:CreateGrant', Resource: '*' };
    const ofOne = { StringEquals: { 'kms:EncryptionContext:aws:acm:arn': one } };
    const denyOne = { ...deny, Condition: ofOne };
    await put(deny);
    await assert.rejects(stage.listen(asOlga, 8443, one), deniedBy('an identity-based'));
    await put(denyOne);
    await assert.rejects(stage.listen(asOlga, 8443, one), deniedBy('an identity-based'));
    await stage.listen(asOlga, 8444, two);

    // No Allow of kms is needed: the key's own policy gives it.
    await put();
    const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
    const { Credentials } = await asOlga.sts.send(
      new GetFederationTokenCommand({ Name: 'help', Policy: policyOf(everything, denyOne) }),
    );
    using asHelp = clientsAs(world, Credentials);
    await assert.rejects(stage.listen(asHelp, 8443, one), deniedBy('a session'));
    await stage.listen(asHelp, 8445, two);
    await stage.listen(asOlga, 8443, one);
  },
);

test(
  'a Deny of kms:Decrypt on the holders’ role stops handshakes, of one certificate or of all, until it is gone',
  { skip: !hasAws, timeout: 900_000 },
  async (t) => {
    await using world = await startWorld();
    using admin = clientsOf(world);
    const stage = await Stage.set(admin);
    const [one, two] = [await stage.import(8443), await stage.import(8444)];
    await stage.listen(admin, 8443, one.arn);
    await stage.listen(admin, 8444, two.arn);
    const resumable: [(typeof versions)[number], Buffer][] = [];
    for (const version of versions) {
      await becomes(one.client, version, true);
      await becomes(two.client, version, true);
      const session = await sessionOf(one.client, version);
      assert.ok(await isResumed(one.client, version, session));
      resumable.push([version, session]);
    }

    const cli = new AwsCli(world);
    const path = '/aws-service-role/gateway.holdfast/';
    const { Roles } = await cli.run<{ Roles: { RoleName: string }[] }>(
      `iam list-roles --path-prefix ${path}`,
    );
    assert.equal(Roles.length, 1);
    const policy = `--role-name ${Roles[0]?.RoleName} --policy-name stop`;
    const deny = { Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' };
    const ofOne = { StringEquals: { 'kms:EncryptionContext:aws:acm:arn': one.arn } };
    for (const [statement, isOtherServed] of [
      [{ ...deny, Condition: ofOne }, true],
      [deny, false],
    ] as const) {
      await cli.run(`iam put-role-policy ${policy} --policy-document ${policyOf(statement)}`);
      const deniedAt = performance.now();
      await becomes(one.client, 'TLSv1.3', false);
      await becomes(two.client, 'TLSv1.3', isOtherServed);
      const milliseconds = performance.now() - deniedAt;
      t.diagnostic(
        `from the answer of PutRolePolicy to the refusal: ${milliseconds.toFixed(0)} ms`,
      );
      for (const [version, session] of resumable) {
        assert.ok(!(await isServed(one.client, version)));
        assert.ok(!(await isServed(one.client, version, session)));
        assert.equal(await isServed(two.client, version), isOtherServed);
      }
      await cli.run(`iam delete-role-policy ${policy}`);
      for (const [version, session] of resumable) {
        await becomes(one.client, version, true);
        await becomes(two.client, version, true);
        assert.ok(!(await isResumed(one.client, version, session)), 'it begins anew');
      }
    }
    await assert.rejects(
      cli.run(
        `iam put-role-policy ${policy} --policy-document ${policyOf({ ...deny, Effect: 'Allow' })}`,
      ),
      /UnmodifiableEntity/,
    );
    assert.doesNotMatch(world.log(), /"level":"error"/);
  },
);

async function becomes(
  client: TlsClient,
  version: (typeof versions)[number],
  served: boolean,
): Promise<void> {
  await until(served ? 'it is served' : 'it is refused', 30, async () =>
    (await isServed(client, version)) === served ? true : undefined,
  );
}

async function isResumed(...asked: Parameters<typeof handshake>): Promise<boolean> {
  const socket = await handshake(...asked);
  try {
    return socket.isSessionReused();
  } finally {
    socket.destroy();
  }
}
