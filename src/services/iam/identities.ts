import type { PolicyDocument } from '../../aws/policy/types.ts';
import { soon, soonAll, type Soon } from '../../lib/soon.ts';
import { awsManagedPolicy } from './aws-managed-policies.ts';
import type { GroupSet } from './sets/groups.ts';
import type { RoleSet } from './sets/roles.ts';
import type { UserSet } from './sets/users.ts';
import type { IamStores } from './store/index.ts';

/** All policies that have a say in what a user or role may do. */
export interface IdentityPolicies {
  readonly identity: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
}

/** What somebody's policies were put together from, and to what. */
interface Composed {
  readonly parts: readonly unknown[];
  readonly policies: IdentityPolicies;
}

/**
 * Brings together what users and roles have of their own, by their groups, and by managed policies. Sets that have not
 * changed are the same objects: as long as all parts are, so is what was put together.
 */
export class Identities {
  readonly #stores: Pick<IamStores, 'groups' | 'policies'>;
  readonly #composed = new WeakMap<UserSet | RoleSet, Composed>();

  constructor(stores: Pick<IamStores, 'groups' | 'policies'>) {
    this.#stores = stores;
  }

  ofUser(set: UserSet): Soon<IdentityPolicies> {
    const { user, groups, attached, boundary } = set;
    return soon(
      soonAll(groups.map((key) => this.#stores.groups.find(user.account, key))),
      (found) => {
        const joined = found.filter((each) => each !== undefined);
        return this.#ofParts(set, joined, allAttached(attached, joined), boundary);
      },
    );
  }

  ofRole(set: RoleSet): Soon<IdentityPolicies> {
    return this.#ofParts(set, [], set.attached, set.role.boundary);
  }

  /** The document of a managed policy, of AWS's or the customer's, as it is evaluated. */
  managed(arn: string): Soon<PolicyDocument | undefined> {
    const ofAws = awsManagedPolicy(arn)?.document;
    return ofAws ?? soon(this.#stores.policies.find(arn), (found) => found?.document);
  }

  #ofParts(
    set: UserSet | RoleSet,
    groups: readonly GroupSet[],
    attached: readonly string[],
    boundary: string | undefined,
  ): Soon<IdentityPolicies> {
    const arns = boundary === undefined ? attached : [...attached, boundary];
    return soon(soonAll(arns.map((arn) => this.managed(arn))), (documents) => {
      const parts = [...groups, ...documents];
      const known = this.#composed.get(set);
      if (known !== undefined && isSame(known.parts, parts)) return known.policies;
      const given = documents.slice(0, attached.length).filter((each) => each !== undefined);
      const identity = [
        ...set.identityPolicies,
        ...groups.flatMap(({ identityPolicies }) => identityPolicies),
        ...(isOfService(set) ? given.map(denialsOf) : given),
      ];
      const policies =
        boundary === undefined ? { identity } : { identity, boundary: documents.at(-1) ?? nothing };
      this.#composed.set(set, { parts, policies });
      return policies;
    });
  }
}

/** A boundary that is not there any more allows nothing. */
const nothing: PolicyDocument = { version: '2012-10-17', statements: [] };

function isOfService(set: UserSet | RoleSet): boolean {
  return 'role' in set && set.role.service !== undefined;
}

/** Customers may take away from what a service's role may do. A managed policy may have got more since it was attached. */
function denialsOf(document: PolicyDocument): PolicyDocument {
  return {
    ...document,
    statements: document.statements.filter(({ effect }) => effect === 'Deny'),
  };
}

function allAttached(own: readonly string[], groups: readonly GroupSet[]): readonly string[] {
  if (groups.length === 0) return own;
  return [...new Set([...own, ...groups.flatMap(({ attached }) => attached)])];
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, n) => each === other[n]);
}
