import { IssuerRefusal } from '../issuer.ts';
import { IssuerProblem } from './issuer-problem.ts';
import type { Problem } from './messages.ts';

const urn = 'urn:ietf:params:acme:error:';

/** The CA's own words why it did not do what it was asked. @see RFC 8555 §6.7 */
export class AcmeProblem extends IssuerProblem {
  /** The last part of a type that RFC 8555 §6.7 or a later RFC defines, for example `rateLimited`; else the whole of it. */
  readonly type: string;
  readonly status: number;
  /** When to try again, if the CA says so. */
  readonly retryAt: Temporal.Instant | undefined;

  constructor(problem: Problem, status: number, retryAt?: Temporal.Instant) {
    super(told(problem));
    this.name = 'AcmeProblem';
    this.type = typeOf(problem);
    this.status = status;
    this.retryAt = retryAt;
  }
}

/** What of the CA's reasons is a reason of ACM. */
const reasons: Readonly<Record<string, IssuerRefusal['reason']>> = {
  caa: 'CAA_ERROR',
  rejectedIdentifier: 'DOMAIN_NOT_ALLOWED',
  unsupportedIdentifier: 'DOMAIN_NOT_ALLOWED',
  unauthorized: 'DOMAIN_VALIDATION_DENIED',
  dns: 'DOMAIN_VALIDATION_DENIED',
  incorrectResponse: 'DOMAIN_VALIDATION_DENIED',
  connection: 'DOMAIN_VALIDATION_DENIED',
};

/** An order or an authorization has failed for good. */
export function refusalOf(problem: Problem): IssuerRefusal {
  return new IssuerRefusal(reasons[typeOf(problem)] ?? 'OTHER', told(problem));
}

/**
 * A request was answered with a problem that no other try will make go away. What is wrong with the account (`unauthorized`
 * among it), the CA or the network is the operator's to mend: the order waits.
 */
export function refusalOfRequest(problem: AcmeProblem): IssuerRefusal | undefined {
  switch (problem.type) {
    case 'caa':
    case 'rejectedIdentifier':
    case 'unsupportedIdentifier':
    case 'badCSR':
      return new IssuerRefusal(reasons[problem.type] ?? 'OTHER', problem.message, {
        cause: problem,
      });
    default:
      return undefined;
  }
}

/** Of several reasons under one roof the first. @see RFC 8555 §6.7.1 */
function typeOf({ type = 'about:blank', subproblems }: Problem): string {
  const own = type.startsWith(urn) ? type.slice(urn.length) : type;
  const [first] = subproblems ?? [];
  return (own === 'compound' || own === 'malformed') && first !== undefined ? typeOf(first) : own;
}

const longestDetail = 300;

/** One line, for the log. */
function told(problem: Problem): string {
  const detail = [problem.detail, ...(problem.subproblems ?? []).map((each) => each.detail)]
    .filter((each) => each !== undefined)
    .join('; ');
  const printable = detail.replaceAll(/[^ -~]+/g, ' ').slice(0, longestDetail);
  return `the CA says ${typeOf(problem).slice(0, 80)}: ${printable}`;
}
