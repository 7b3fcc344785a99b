import type { Authority } from '../../aws/authority/authority.ts';
import { AwsError } from '../../aws/errors.ts';
import { plainName, selfAndAbove } from '../../lib/domain-name.ts';
import type { Change } from '../../store/change.ts';
import { assignmentOwner, assignmentSet } from './authority-sets.ts';
import { parseName, Unreadable } from './domain/names.ts';
import type { Route53Writer } from './writer.ts';

/** Suffixes that nobody can own in the world's DNS; a first start allows them to the first account. @see RFC 6761, ICANN (.internal) */
export const reservedSuffixes = ['test', 'example', 'internal', 'localhost'] as const;

/** An assignment that cannot be made or removed; the message is one line for the operator, the code stands on record. */
export class DomainAssignmentRefused extends AwsError {
  constructor(message: string) {
    super('DomainAssignmentRefused', message);
  }
}

export interface DomainAssignment {
  /** Plain name. */
  readonly suffix: string;
  readonly account: string;
}

/**
 * Which account may prove control of which names by hosted zones here. A suffix is one account's only; a
 * longer one carves out of a shorter one.
 */
export class DomainAssignments {
  readonly #authority: Authority;
  readonly #writer: Route53Writer;

  constructor(authority: Authority, writer: Route53Writer) {
    this.#authority = authority;
    this.#writer = writer;
  }

  /**
   * Nothing happens when the account has the suffix already.
   * @param suffix with or without a dot before or after it
   * @throws DomainAssignmentRefused
   */
  async allow(change: Change, account: string, suffix: string): Promise<void> {
    const name = parseSuffix(suffix);
    const assigned = await this.#over(name);
    if (assigned?.suffix !== name) return this.#writer.assign(change, name, account);
    if (assigned.account !== account) {
      throw new DomainAssignmentRefused(
        `${name} is assigned to account ${assigned.account}: remove that first`,
      );
    }
  }

  /** @throws DomainAssignmentRefused */
  async remove(change: Change, account: string, suffix: string): Promise<void> {
    const name = parseSuffix(suffix);
    const assigned = await this.#over(name);
    if (assigned?.suffix !== name || assigned.account !== account) {
      throw new DomainAssignmentRefused(`${name} is not assigned to account ${account}`);
    }
    this.#writer.unassign(change, name, account);
  }

  /** At most 100 assignments, in the order of suffixes, after `after`. */
  async list(after = ''): Promise<readonly DomainAssignment[]> {
    return [...(await this.#all())]
      .map(([suffix, account]) => ({ suffix, account }))
      .filter(({ suffix }) => suffix > after)
      .sort((a, b) => (a.suffix < b.suffix ? -1 : 1))
      .slice(0, 100);
  }

  /** The account whose suffix decides about a name; undefined where nobody has one. */
  async ownerOf(name: string): Promise<string | undefined> {
    return (await this.#over(plainName(name)))?.account;
  }

  /** The assignment of a plain name, or of the closest name above it. */
  async #over(name: string): Promise<DomainAssignment | undefined> {
    const all = await this.#all();
    const [suffix = ''] = selfAndAbove(name)
      .filter((each) => all.has(each))
      .sort((a, b) => b.length - a.length);
    const account = all.get(suffix);
    return account === undefined ? undefined : { suffix, account };
  }

  async #all(): Promise<ReadonlyMap<string, string>> {
    return (await this.#authority.load(assignmentSet, assignmentOwner)) ?? new Map();
  }
}

function parseSuffix(suffix: string): string {
  try {
    const name = parseName(suffix.replace(/^\*?\./, ''));
    if (/^[a-z0-9._-]+$/.test(name)) return name;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  throw new DomainAssignmentRefused(`'${suffix.slice(0, 100)}' is not a domain name`);
}
