import { AwsError } from '../../aws/errors.ts';
import { systemClock } from '../../lib/clock.ts';
import { plainName } from '../../lib/domain-name.ts';
import { systemRandom } from '../../lib/random.ts';
import type { OperatorRun } from '../account-commands.ts';
import { told } from '../issuer-commands.ts';
import { OperatorRefusal, type OperatorCommand } from '../operator-server.ts';
import type { Rooms } from '../rooms.ts';
import type { Settings } from '../settings.ts';
import { domainAdvice } from './advice.ts';
import { certificatePage, endingCertificates } from './certificate-list.ts';
import { certificateReport } from './certificate-report.ts';
import { domainReport } from './domain-report.ts';
import { installationReport } from './installation-report.ts';

/** Certificates of one domain that are looked into. */
const maxCertificates = 5;
/** Issuers that are asked whether they are there. */
const maxIssuers = 10;

/** What the operator can ask about the state of things, by path. */
export function doctorCommands(
  rooms: Rooms,
  settings: Settings,
  { run }: Pick<OperatorRun, 'run'>,
  failing: () => readonly string[],
): ReadonlyMap<string, OperatorCommand> {
  const { acm, acme, iam, firstAccount } = rooms;
  const listing = { ...rooms, settings };

  const reportOf = async (arn: string) => {
    const facts = await acm.inspection.facts(arn);
    if (facts === undefined)
      throw new AwsError('ResourceNotFoundException', `there is no certificate ${arn}`);
    return certificateReport(facts, rooms);
  };
  const testIssuers = async () => {
    const issuers = (await acme.issuers.list()).slice(0, maxIssuers);
    return Promise.all(
      issuers.map(async ({ name }) => ({
        name,
        problem: await run('TestIssuer', { name }, firstAccount, (call) =>
          told(acme.test(call, name)),
        ).then(
          () => undefined,
          (error: unknown) => (error instanceof Error ? error.message : 'unknown'),
        ),
      })),
    );
  };
  return new Map<string, OperatorCommand>([
    [
      'doctor/certificate',
      ({ arn = '' }) => run('ExamineCertificate', { arn }, firstAccount, () => reportOf(arn)),
    ],
    [
      'doctor/domain',
      async ({ domain: text = '' }) => {
        const domain = readDomain(text);
        return run('ExamineDomain', { domain }, firstAccount, async () => {
          const accounts = await iam.accounts.list();
          const base = domain.replace(/^\*\./, '');
          const arns = await acm.inspection.withDomain(base, accounts, maxCertificates);
          const report = await domainReport(domain, undefined, rooms);
          return {
            domain: report,
            certificates: await Promise.all(arns.map(reportOf)),
            advice: domainAdvice(report, firstAccount),
          };
        });
      },
    ],
    [
      'doctor/installation',
      () =>
        installationReport({
          rooms,
          settings,
          clock: systemClock,
          random: systemRandom,
          failing,
          record: () => run('ExamineInstallation', null, firstAccount, async () => ({})),
          testIssuers,
        }),
    ],
    [
      'certificates',
      async ({ after = '', ending }) => {
        const days = ending === undefined ? undefined : readDays(ending);
        return run('ListAllCertificates', null, firstAccount, async (call) => {
          const now = call.clock.now();
          if (days === undefined) return certificatePage(after, now, listing);
          return endingCertificates(now.add({ hours: 24 * days }), now, listing);
        });
      },
    ],
  ]);
}

function readDomain(text: string): string {
  const domain = plainName(text);
  if (
    /^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(domain)
  )
    return domain;
  throw new OperatorRefusal(`'${text.slice(0, 100)}' is neither a certificate's ARN nor a domain`);
}

function readDays(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new OperatorRefusal('days are a number from 0 to 9999');
}
