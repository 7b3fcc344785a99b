import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { World } from '../world.ts';

/** Whether what the CLI asks STS by itself, for a profile or a token, goes where `AWS_ENDPOINT_URL` says. */
export function hasEndpointVariable(): boolean {
  const version = String(spawnSync('aws', ['--version']).stdout);
  const [, major, minor] = /^aws-cli\/(\d+)\.(\d+)\./.exec(version) ?? [];
  return Number(minor) >= (major === '1' ? 29 : 13);
}

/** An AWS CLI as it is installed, told the endpoint the way that every version understands. */
export class AwsCli {
  readonly #world: World;
  readonly environment: NodeJS.ProcessEnv;

  constructor(world: World, environment: NodeJS.ProcessEnv = {}) {
    this.#world = world;
    this.environment = {
      ...process.env,
      ...world.environment,
      ...environment,
      AWS_PAGER: '',
      AWS_EC2_METADATA_DISABLED: 'true',
    };
  }

  /**
   * Runs a command line as one would type it after `aws`, without quotes; the answer is its JSON.
   * @throws AwsCliError with what it printed
   */
  async run<T = Record<string, never>>(commandLine: string): Promise<T> {
    const args = commandLine.split(/\s+/).filter((word) => word !== '');
    const child = spawn(
      'aws',
      [...args, '--endpoint-url', this.#world.endpoint, '--output', 'json'],
      {
        env: this.environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const ended = once(child, 'close');
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [status] = (await ended) as [number | null];
    if (status !== 0) throw new AwsCliError(errors.trim(), status);
    return (output.trim() === '' ? {} : JSON.parse(output)) as T;
  }
}

export class AwsCliError extends Error {
  readonly status: number | null;

  constructor(message: string, status: number | null) {
    super(message);
    this.name = 'AwsCliError';
    this.status = status;
  }
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  let all = '';
  for await (const chunk of stream) all += String(chunk);
  return all;
}
