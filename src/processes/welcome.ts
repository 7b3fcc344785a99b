import { createRequire } from 'node:module';
import type { Installation } from './installation.ts';
import type { ApiReady } from './messages.ts';
import { hostInUrl, type Settings } from './settings.ts';

const sealAdvice = {
  file: '(keep a copy apart from the data: neither is of use without the other)',
  passphrase: '(whoever copies the data folder can guess at the passphrase; nobody can replace it)',
} as const;

/** What the operator reads when everything runs. */
export function welcome(settings: Settings, installation: Installation, ready: ApiReady): string {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
  const { listen, dns, plain, dataDirectory } = settings;
  const lines = [
    `holdfast ${version} is ready.`,
    '',
    `  API        https://${hostInUrl(listen.host)}:${listen.port}`,
    `  DNS        ${dns.host}:${dns.port}`,
    `  CRLs       http://${plain.host}:${plain.port}/crl/`,
    `  data       ${dataDirectory}`,
    `  seal       ${installation.sealFile}  ${sealAdvice[installation.place.kind]}`,
    '',
  ];
  if (ready.firstAccount !== undefined) {
    lines.push(
      `Made account ${ready.firstAccount} with the user admin. It may prove control of names under .test, .example,`,
      '.internal and .localhost; `holdfast domain allow` adds others.',
      '',
    );
  }
  if (ready.firstAccount !== undefined && ready.clientEnvWorks === undefined) {
    lines.push(
      `Nobody has its key. To begin: holdfast account admin ${ready.firstAccount} --user-name NAME --client-env FILE`,
      '',
    );
  }
  if (ready.clientEnvWorks === false) {
    lines.push(
      `The access key in ${dataDirectory}/client.env is no longer active: the file can go.`,
      '',
    );
  }
  if (ready.clientEnvWorks === true) {
    lines.push(
      `  set -a; . ${dataDirectory}/client.env; set +a`,
      '  aws --endpoint-url $AWS_ENDPOINT_URL acm list-certificates',
      '',
    );
  }
  return `${lines.join('\n')}\n`;
}
