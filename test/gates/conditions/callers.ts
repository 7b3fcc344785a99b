import type { Client, Input } from '../permissions/client.ts';
import { trusting, type Scene } from '../permissions/scene.ts';
import { everything, type Home, type World } from '../permissions/world.ts';
import { asUser, type Caller } from './case.ts';

const mfaSessions = new WeakMap<Home, Promise<Client>>();

/** The user, with temporary credentials for which a code of the MFA device was given. */
export const asUserWithMfa: Caller = async (scene, statements) => {
  const known = mfaSessions.get(scene.home) ?? openMfaSession(scene);
  mfaSessions.set(scene.home, known);
  const session = await known;
  await asUser(scene, statements);
  return session;
};

async function openMfaSession(scene: Scene): Promise<Client> {
  const { home, world } = scene;
  const user = await asUser(scene, [everything]);
  const SerialNumber = await scene.device();
  const UserName = home.probeArn.replace(/.*\//, '');
  const codes = await scene.codes(-1);
  await home.do('iam', 'EnableMFADevice', { UserName, SerialNumber, ...codes });
  world.clock.pass(30);
  const { AuthenticationCode1: TokenCode } = await scene.codes(0);
  return opened(world, user, 'GetSessionToken', { SerialNumber, TokenCode });
}

/** A session of a role that may do what the statements say, made on behalf of somebody. */
export const asRole: Caller = async (scene, statements) => {
  const { account } = scene.home;
  const RoleName = `${scene.name}-caller`;
  const made = await scene.home.admin.call('iam', 'CreateRole', {
    RoleName,
    AssumeRolePolicyDocument: trusting(scene.arn('root')),
  });
  if (made.code !== undefined && made.code !== 'EntityAlreadyExistsException')
    throw new Error(made.body);
  await scene.iam('PutRolePolicy', {
    RoleName,
    PolicyName: 'own',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  });
  const user = await asUser(scene, [everything]);
  return opened(scene.world, user, 'AssumeRole', {
    RoleArn: `arn:aws:iam::${account}:role/${RoleName}`,
    RoleSessionName: 'session',
    SourceIdentity: 'alice',
    Tags: [{ Key: 'project', Value: 'x' }],
  });
};

async function opened(
  world: World,
  user: Client,
  operation: string,
  input: Input,
): Promise<Client> {
  const { output, code, body } = await user.call('sts', operation, input);
  if (code !== undefined) throw new Error(body);
  const { AccessKeyId, SecretAccessKey, SessionToken } = output['Credentials'];
  return world.client({
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  });
}

/** The user, whose client sends other headers or signs for another Region. */
export function asClientWith(settings: Parameters<Client['with']>[0]): Caller {
  return async (scene, statements) => (await asUser(scene, statements)).with(settings);
}
