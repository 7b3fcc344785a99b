import { reveal } from '../../lib/secret.ts';
import type { Credentials } from './model.ts';
import type { TemporaryCredentials } from './ports.ts';

/** As they are shown, this once; overwrites the secrets. */
export function showCredentials(made: TemporaryCredentials): Credentials {
  using secret = made.secretAccessKey;
  using token = made.sessionToken;
  return {
    AccessKeyId: made.accessKeyId,
    SecretAccessKey: Buffer.from(reveal(secret)).toString('latin1'),
    SessionToken: Buffer.from(reveal(token)).toString('latin1'),
    Expiration: made.expiresAt,
  };
}
