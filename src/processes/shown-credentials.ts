import { reveal, type Secret } from '../lib/secret.ts';

/** Temporary credentials as they leave the process: on the operator's socket, or to the gateway. */
export interface ShownCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** As text, this once; overwrites the secrets. */
export function showCredentials(made: {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken: Secret;
}): ShownCredentials {
  using secret = made.secretAccessKey;
  using token = made.sessionToken;
  return {
    accessKeyId: made.accessKeyId,
    secretAccessKey: Buffer.from(reveal(secret)).toString(),
    sessionToken: Buffer.from(reveal(token)).toString(),
  };
}
