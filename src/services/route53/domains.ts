import { AwsError } from '../../aws/errors.ts';
import { plainName } from '../../lib/domain-name.ts';
import type { Change } from '../../store/change.ts';
import { parseName, Unreadable } from './domain/names.ts';
import type { Route53Reader } from './store.ts';
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
  readonly #reader: Route53Reader;
  readonly #writer: Route53Writer;

  constructor(reader: Route53Reader, writer: Route53Writer) {
    this.#reader = reader;
    this.#writer = writer;
  }

  /**
   * Nothing happens when the account has the suffix already.
   * @param suffix with or without a dot before or after it
   * @throws DomainAssignmentRefused
   */
  async allow(change: Change, account: string, suffix: string): Promise<void> {
    const name = parseSuffix(suffix);
    const assigned = await this.#reader.assignmentOf(name);
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
    const assigned = await this.#reader.assignmentOf(name);
    if (assigned?.suffix !== name || assigned.account !== account) {
      throw new DomainAssignmentRefused(`${name} is not assigned to account ${account}`);
    }
    this.#writer.unassign(change, name, account);
  }

  /** At most 100 assignments, in the order of suffixes, after `after`. */
  list(after = ''): Promise<readonly DomainAssignment[]> {
    return this.#reader.assignments(after, 100);
  }

  /** The account whose suffix decides about a name; undefined where nobody has one. */
  async ownerOf(name: string): Promise<string | undefined> {
    return (await this.#reader.assignmentOf(plainName(name)))?.account;
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
