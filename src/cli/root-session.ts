import { resolve } from 'node:path';
import { CodeInput } from './code-input.ts';
import { askServer, OperatorError } from './operator-client.ts';

export interface RootSessionOptions {
  readonly data: string;
  readonly account: string;
  /** Seconds. */
  readonly duration: string;
  readonly format: string;
  /** Shown on a terminal, too. */
  readonly show: boolean;
  /** Which device the code is of, when root has several. */
  readonly mfaSerial: string | undefined;
  readonly mfaCodeDescriptor: number | undefined;
}

interface RootCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** RFC 3339. */
  readonly expiration: string;
}

/** How credentials are printed, under the names that `aws configure export-credentials` has for it. */
const formats: Readonly<Record<string, (credentials: RootCredentials) => string>> = {
  process: ({ accessKeyId, secretAccessKey, sessionToken, expiration }) =>
    JSON.stringify({
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiration,
    }),
  env: ({ accessKeyId, secretAccessKey, sessionToken, expiration }) =>
    [
      `export AWS_ACCESS_KEY_ID=${accessKeyId}`,
      `export AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
      `export AWS_SESSION_TOKEN=${sessionToken}`,
      `export AWS_CREDENTIAL_EXPIRATION=${expiration}`,
    ].join('\n'),
};

/** Prints credentials of the account's root user. @throws OperatorError */
export async function printRootSession(options: RootSessionOptions): Promise<void> {
  const print = Object.hasOwn(formats, options.format) ? formats[options.format] : undefined;
  if (print === undefined) throw new OperatorError(`there is no format ${options.format}`);
  if (process.stdout.isTTY && !options.show) throw new OperatorError(adviceForTerminal(options));
  process.stdout.write(`${print(await signIn(options))}\n`);
}

/** Asks for a code only when root has a device. */
async function signIn(options: RootSessionOptions): Promise<RootCredentials> {
  const { data, account, duration: durationSeconds } = options;
  const order = { account, durationSeconds };
  const answer = (await askServer(data, 'account/root', order)) as
    | RootCredentials
    | { readonly mfaSerials: readonly string[] };
  if (!('mfaSerials' in answer)) return answer;
  const mfaSerial = chosenDevice(answer.mfaSerials, options.mfaSerial);
  using input = new CodeInput(options.mfaCodeDescriptor);
  const mfaCode = input.ask(`Enter MFA code for ${mfaSerial}: `);
  return (await askServer(data, 'account/root', {
    ...order,
    mfaSerial,
    mfaCode,
  })) as RootCredentials;
}

function chosenDevice(serials: readonly string[], wanted: string | undefined): string {
  const [first = '', ...others] = serials;
  if (wanted !== undefined) return wanted;
  if (others.length === 0) return first;
  throw new OperatorError(
    `root has several MFA devices: name one with --mfa-serial\n  ${serials.join('\n  ')}`,
  );
}

function adviceForTerminal({ account, data }: RootSessionOptions): string {
  const command = `holdfast account root ${account} --data ${word(resolve(data))}`;
  return `credentials are not shown on a terminal without --show. To use them in this shell:
  eval "$(${command} --format env)"
or as a profile, in ~/.aws/config:
  [profile root-${account}]
  credential_process = ${command}`;
}

/** As shells and the AWS tools read it. */
function word(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `"${path}"`;
}
