/**
 * What it costs to know who may do what: KMS Decrypt by a user with 10 managed policies of 6 KB each against one with a
 * single small policy, and among 100,000 users and 1,000 roles against ten. In CPU time of all processes for a call,
 * asked in turns.
 *
 *   node bench/identities.ts [seconds [clients]]
 */
import type { ChildProcess } from 'node:child_process';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { iamAuthoritySets } from '../src/services/iam/index.ts';
import { clientsOf, type Clients } from '../test/sdk-clients.ts';
import { startWorld, type World } from '../test/world.ts';
import { cores, pin } from './cores.ts';
import { constellationUnder, cpuMilliseconds } from './cpu-time.ts';
import { run, startGenerator } from './load.ts';
import { row, rowText, type Row, type RowOptions } from './row.ts';
import { copyRows } from './rows-in-bulk.ts';
import { signedRequest, type Signing } from './signed-request.ts';

const rounds = 15;
/** V8 compiles what is hot only after thousands of calls. */
const warmUps = 4;
const crowd = { users: 100_000, roles: 1_000 };
const few = { users: 10, roles: 10 };
const goal = { of: 'ratio', atMost: 1.05 } as const;

interface Caller {
  readonly world: World;
  readonly credentials: Signing['credentials'];
  readonly blob: Uint8Array;
}

/** Microseconds of CPU time for a call of each. */
interface Sample {
  readonly plain: number;
  readonly laden: number;
  readonly crowded: number;
}

export async function identities({ seconds, clients }: RowOptions): Promise<Row[]> {
  await using stack = new AsyncDisposableStack();
  const generator = startGenerator();
  stack.defer(() => void generator.kill());
  const [small, large] = [stack.use(await startWorld()), stack.use(await startWorld())];
  const plain = await callerIn(small, { name: 'plain', policies: [] });
  const laden = await callerIn(small, { name: 'laden', policies: ladenPolicies() });
  const crowded = await callerIn(large, { name: 'plain', policies: [] });
  await fill(small, few);
  await fill(large, crowd);
  pin(
    [small, large].flatMap(({ pid }) => [...constellationUnder(pid)]),
    cores()?.measured,
  );
  pin([generator.pid ?? 0], cores()?.clients);

  const samples: Sample[] = [];
  for (let round = 0; round < warmUps + rounds; round++) {
    const sample = {
      plain: await microseconds(generator, plain, { seconds, clients }),
      laden: await microseconds(generator, laden, { seconds, clients }),
      crowded: await microseconds(generator, crowded, { seconds, clients }),
    };
    if (round >= warmUps) samples.push(sample);
  }
  // A few per cent are looked for: what else runs on the machine only ever adds to a sample, so the least says most.
  const least = (figure: (each: Sample) => number): number => Math.min(...samples.map(figure));
  const baselineFigure = least((each) => each.plain);
  const common = { unit: 'µs of CPU/call', baselineFigure, goal, raw: { samples } };
  return [
    row({
      ...common,
      name: 'Decrypt, 10 managed policies of 6 KB',
      figure: least((each) => each.laden),
      baselineName: 'a single small policy',
    }),
    row({
      ...common,
      name: 'Decrypt, 100,000 users and 1,000 roles',
      figure: least((each) => each.crowded),
      baselineName: 'ten of each',
    }),
  ];
}

/** A user who may decrypt with a key of their world. */
async function callerIn(
  world: World,
  { name: UserName, policies }: { readonly name: string; readonly policies: readonly string[] },
): Promise<Caller> {
  using clients = clientsOf(world);
  const { iam, kms } = clients;
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(
    new PutUserPolicyCommand({
      UserName,
      PolicyName: 'decrypt',
      PolicyDocument: document({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }),
    }),
  );
  for (const [n, PolicyDocument] of policies.entries())
    await attach(clients, UserName, { PolicyName: `${UserName}-${n}`, PolicyDocument });
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const { CiphertextBlob = new Uint8Array(0) } = await kms.send(
    new EncryptCommand({ KeyId: KeyMetadata?.KeyId, Plaintext: Buffer.alloc(64, 7) }),
  );
  const credentials = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
  return { world, credentials, blob: CiphertextBlob };
}

async function attach(
  { iam }: Clients,
  UserName: string,
  policy: { readonly PolicyName: string; readonly PolicyDocument: string },
): Promise<void> {
  const { Policy } = await iam.send(new CreatePolicyCommand(policy));
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: Policy?.Arn }));
}

/** Ten of 6 KB, half of whose statements speak of the very action, with conditions and on other keys. */
function ladenPolicies(): string[] {
  return Array.from({ length: 10 }, (_none, policy) => {
    const statements: object[] = [];
    for (let n = 0; document(...statements).length < 5_900; n++)
      statements.push({
        Effect: n % 3 === 0 ? 'Deny' : 'Allow',
        Action: n % 2 === 0 ? ['kms:Decrypt', 'kms:Describe*'] : [`s3:Get${n}*`, 'ec2:Run*'],
        Resource: `arn:aws:kms:*:*:key/${policy}-${n}-*`,
        Condition: { StringLike: { 'aws:PrincipalTag/team': [`t-${n}-*`, '${aws:username}'] } },
      });
    return document(...statements);
  });
}

function document(...Statement: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** Copies of a user with a policy, and of a role. */
async function fill(world: World, { users, roles }: typeof crowd): Promise<void> {
  using clients = clientsOf(world);
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } };
  await clients.iam.send(
    new CreateRoleCommand({ RoleName: 'plain', AssumeRolePolicyDocument: document(trust) }),
  );
  const user = { user_key: "'copy-' || n" };
  const role = { role_name: "'copy-' || n" };
  await copyRows(world, iamAuthoritySets, [
    {
      count: users,
      tables: [
        {
          name: 'iam_user',
          changed: { ...user, user_name: "'copy-' || n", user_id: "printf('AIDACOPY%013d', n)" },
          model: { user_key: 'plain' },
        },
        { name: 'iam_user_policy', changed: user, model: { user_key: 'plain' } },
      ],
    },
    {
      count: roles,
      tables: [
        {
          name: 'iam_role',
          changed: { ...role, role_id: "printf('AROACOPY%013d', n)" },
          model: { role_name: 'plain' },
        },
        { name: 'iam_role_settings', changed: role, model: { role_name: 'plain' } },
      ],
    },
  ]);
}

async function microseconds(
  generator: ChildProcess,
  { world, credentials, blob }: Caller,
  { seconds, clients }: RowOptions,
): Promise<number> {
  const CiphertextBlob = Buffer.from(blob).toString('base64');
  const { endpoint, region, caPem, pid } = world;
  const load = {
    port: Number(new URL(endpoint).port),
    caPem,
    clients,
    requests: [
      signedRequest({ endpoint, region, credentials }, 'kms', 'TrentService.Decrypt', {
        CiphertextBlob,
      }),
    ],
  };
  await run(generator, { ...load, seconds: seconds / 6 });
  const spent = (): number =>
    constellationUnder(pid).reduce((sum, each) => sum + cpuMilliseconds(each), 0);
  const before = spent();
  const { answers } = await run(generator, { ...load, seconds: seconds / 2 });
  return ((spent() - before) * 1000) / answers;
}

if (import.meta.main) {
  const [seconds = 3, clients = 32] = process.argv.slice(2).map(Number);
  for (const each of await identities({ seconds, clients }))
    process.stdout.write(`${rowText(each)}\n`);
}
