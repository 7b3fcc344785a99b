import type { World } from '../world.ts';
import { AwsCli } from './aws-cli.ts';

/** Of a user, or of a session, as IAM and STS answer them. */
export interface Keys {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken?: string;
}

/** A policy document without blanks: command lines are split at them. */
export function policyOf(...Statement: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** The AWS CLI with somebody's credentials. */
export function cliAs(world: World, keys: Keys): AwsCli {
  return new AwsCli(world, {
    AWS_ACCESS_KEY_ID: keys.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.SecretAccessKey,
    ...(keys.SessionToken === undefined ? {} : { AWS_SESSION_TOKEN: keys.SessionToken }),
  });
}
