import { parseArgs } from 'node:util';
import { askServer } from './operator-client.ts';
import { carryOut, usage } from './operator-command.ts';
import { servedSerial } from './served-serial.ts';

const help = `Usage: holdfast certificates [--ending DAYS] [--after ARN] [--all] [--json] [--data DIR]

Lists the certificates of all accounts, 50 at a time (--after goes on, --all until the end): days left, renewal, what
happens next, and of each listener whether a handshake shows the certificate that it is to serve. --ending lists only
those that end within so many days, the first ones first.

Exit status: 0 when every listener of those listed serves what it is to serve, 1 otherwise.
`;

interface Listener {
  readonly listenerArn: string;
  readonly host: string;
  readonly port: number;
  readonly serverName: string;
}

interface Certificate {
  readonly arn: string;
  readonly domainName: string;
  readonly status: string;
  readonly serial?: string;
  readonly notAfter?: string;
  readonly daysLeft?: number;
  readonly renewal: string;
  readonly nextStep: string;
  readonly listeners: readonly Listener[];
}

interface Probed extends Listener {
  /** What it showed; absent when there was no handshake. */
  readonly served?: string;
  /** Why there was none. */
  readonly problem?: string;
  readonly isExpected: boolean;
}

interface Page {
  readonly certificates: readonly Certificate[];
  readonly after?: string;
}

const handshakeMilliseconds = 3_000;

/** The command `holdfast certificates`. Resolves with the exit status. */
export async function certificates(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      ending: { type: 'string' },
      after: { type: 'string' },
      all: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true || positionals.length > 0) {
    return usage(help, values.help);
  }
  const { data = 'holdfast-data', ending, all = false, json = false } = values;
  return carryOut(async () => {
    let areServed = true;
    for (let after = values.after ?? ''; ;) {
      const input = { after, ...(ending === undefined ? {} : { ending }) };
      const page = (await askServer(data, 'certificates', input)) as Page;
      const probed = await Promise.all(page.certificates.map(probe));
      process.stdout.write(json ? lines(probed) : probed.map(shown).join(''));
      areServed &&= probed.every(({ listeners }) =>
        listeners.every(({ isExpected }) => isExpected),
      );
      if (page.after === undefined) return areServed ? 0 : 1;
      if (!all) {
        process.stderr.write(`There are more: --after ${page.after}\n`);
        return areServed ? 0 : 1;
      }
      after = page.after;
    }
  });
}

type ProbedCertificate = Omit<Certificate, 'listeners'> & { readonly listeners: readonly Probed[] };

async function probe(certificate: Certificate): Promise<ProbedCertificate> {
  const listeners = await Promise.all(
    certificate.listeners.map(async (listener): Promise<Probed> => {
      try {
        const served = await servedSerial(listener, handshakeMilliseconds);
        return { ...listener, served, isExpected: served === certificate.serial };
      } catch (error) {
        const problem = error instanceof Error ? error.message : 'unknown';
        return { ...listener, problem, isExpected: false };
      }
    }),
  );
  return { ...certificate, listeners };
}

/** A JSON object a line. */
function lines(all: readonly ProbedCertificate[]): string {
  return all.map((each) => `${JSON.stringify(each)}\n`).join('');
}

function shown(certificate: ProbedCertificate): string {
  const { arn, domainName, status, daysLeft, renewal, nextStep, serial } = certificate;
  const left = daysLeft === undefined ? '' : `, ${daysLeft} days left`;
  return [
    `${domainName}  ${arn}\n`,
    `  ${status}${left}, renewal ${renewal}; next: ${nextStep}\n`,
    serial === undefined ? '' : `  serial ${serial}\n`,
    ...certificate.listeners.map(({ host, port, served, problem, isExpected }) => {
      const what = isExpected ? 'serves it' : `serves ${served ?? `nothing: ${problem}`}`;
      return `  ${isExpected ? '' : 'WRONG  '}${host} port ${port} ${what}\n`;
    }),
  ].join('');
}
