import { parseArgs } from 'node:util';
import { shownCertificate, shownDomain, type Certificate, type Domain } from './doctor-report.ts';
import { askServer } from './operator-client.ts';
import { carryOut, usage } from './operator-command.ts';

const help = `Usage: holdfast doctor [CERTIFICATE | DOMAIN] [--json] [--data DIR]

Of a certificate (its ARN): why it is pending or failed, which record is expected, what each name server of the zone and
each resolver answers, what CAA records and DNSSEC say, when it is tried next, and exactly what to change. Of a domain:
the same of its DNS, and of the certificates that have this name. Without either: whether the installation is sound.

Exit status: 0 when nothing is to be done, 1 otherwise.
`;

interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly detail: string;
  readonly advice?: string;
}

interface Answer {
  readonly text: string;
  readonly isHealthy: boolean;
}

/** The command `holdfast doctor`. Resolves with the exit status. */
export async function doctor(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true || positionals.length > 1) {
    return usage(help, values.help);
  }
  const { data = 'holdfast-data', json = false } = values;
  return carryOut(async () => {
    const { command, input, read } = questionFor(positionals[0]);
    const report = await askServer(data, command, input);
    const { text, isHealthy } = read(report);
    process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : text);
    return isHealthy ? 0 : 1;
  });
}

function questionFor(subject: string | undefined): {
  readonly command: string;
  readonly input: Readonly<Record<string, string>>;
  readonly read: (report: unknown) => Answer;
} {
  if (subject === undefined)
    return {
      command: 'doctor/installation',
      input: {},
      read: (report) => installation(report as { checks: Check[]; isHealthy: boolean }),
    };
  if (subject.startsWith('arn:'))
    return {
      command: 'doctor/certificate',
      input: { arn: subject },
      read(report) {
        const certificate = report as Certificate;
        return { text: shownCertificate(certificate), isHealthy: certificate.isHealthy };
      },
    };
  return {
    command: 'doctor/domain',
    input: { domain: subject },
    read: (report) => domain(report as DomainReport),
  };
}

interface DomainReport {
  readonly domain: Domain;
  readonly certificates: readonly Certificate[];
  readonly advice: readonly string[];
}

function domain({ domain: report, certificates, advice }: DomainReport): Answer {
  const text = [
    shownDomain(report),
    ...advice.map((each) => `To do: ${each}\n`),
    ...certificates.map((each) => `\n${shownCertificate(each)}`),
  ].join('');
  return {
    text,
    isHealthy: advice.length === 0 && certificates.every(({ isHealthy }) => isHealthy),
  };
}

const marks = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' } as const;

function installation({
  checks,
  isHealthy,
}: {
  checks: readonly Check[];
  isHealthy: boolean;
}): Answer {
  const lines = checks.flatMap(({ name, status, detail, advice }) => [
    `${marks[status]}  ${name.padEnd(9)}  ${detail}`,
    ...(advice === undefined ? [] : [`                    To do: ${advice}`]),
  ]);
  return { text: `${lines.join('\n')}\n`, isHealthy };
}
