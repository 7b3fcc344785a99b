import type { DomainControl } from '../domain/certificate.ts';
import type { AcmPorts } from '../ports.ts';

/** What a look at the names of a certificate has shown. */
interface NamesSeen {
  readonly proved: ReadonlySet<string>;
  /** What is in the way of the others, a line each. */
  readonly obstacles: string[];
}

/** Looks for the CNAMEs of those of `controls` not proved before. A base name and its wildcard share one look-up. */
export async function lookAtNames(
  account: string,
  controls: readonly DomainControl[],
  { domainControl }: Pick<AcmPorts, 'domainControl'>,
): Promise<NamesSeen> {
  const open = controls.filter((each) => each.status !== 'SUCCESS');
  const records = new Map(open.map((each) => [each.recordName, each]));
  const checks = await Promise.all(
    [...records.values()].map(async ({ domainName, recordName, recordValue }) => {
      const domain = domainName.replace(/^\*\./, '');
      const query = { account, domain, recordName, recordValue };
      return { recordName, check: await domainControl.checkControl(query) };
    }),
  );
  const found = new Set(
    checks.filter(({ check }) => check.isProved).map(({ recordName }) => recordName),
  );
  return {
    proved: new Set(
      open.filter((each) => found.has(each.recordName)).map((each) => each.domainName),
    ),
    obstacles: checks.flatMap(({ check }) => (check.isProved ? [] : [check.reason])),
  };
}
