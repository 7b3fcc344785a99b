import type { Call } from '../../aws/call.ts';
import { reveal, Secret } from '../../lib/secret.ts';
import { newAccessKeyId, newSecretCharacters } from './domain/identifiers.ts';
import type { IamPorts } from './ports.ts';
import type { User } from './sets/users.ts';

const secretCharacters = 40;

/** Adds a new active access key of the user to the call's Change. The secret is shown this once: the caller disposes it. */
export async function addAccessKey(
  call: Call,
  { users, credentials }: Pick<IamPorts, 'users' | 'credentials'>,
  user: User,
): Promise<{ readonly accessKeyId: string; readonly secretAccessKey: Secret }> {
  const { account, userId } = user;
  const accessKeyId = newAccessKeyId('AKIA', account, call.random);
  using onFailure = new DisposableStack();
  const secretAccessKey = new Secret(newSecretCharacters(secretCharacters, call.random));
  onFailure.use(secretAccessKey);
  const owner = { accessKeyId, ownerId: userId };
  const ciphertext = await credentials.seal(call, owner, reveal(secretAccessKey));
  users.insertAccessKey(call.change, user, {
    access_key_id: accessKeyId,
    status: 'Active',
    created_at: call.clock.now().epochMilliseconds,
    ciphertext,
  });
  onFailure.move();
  return { accessKeyId, secretAccessKey };
}
