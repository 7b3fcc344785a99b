import type { Kysely } from 'kysely';
import type { AuditTrail } from '../../aws/audit/trail.ts';
import type { Authority } from '../../aws/authority/authority.ts';
import type { Directory } from '../../aws/directory.ts';
import { bindOperations, type Service } from '../../aws/operation.ts';
import type { PrincipalNames } from '../../aws/policy/principal-names.ts';
import type { PolicyDocument } from '../../aws/policy/types.ts';
import { accountsDoor, type Accounts } from './accounts.ts';
import { StoredDirectory } from './directory.ts';
import { model } from './model.ts';
import { operations } from './operations/index.ts';
import { explain, type Explanation, type Question } from './explain.ts';
import { Guesses } from './guesses.ts';
import { Identities } from './identities.ts';
import { LastUses } from './last-uses.ts';
import { MfaCodes } from './mfa.ts';
import type { IamPorts, IamVault } from './ports.ts';
import type { IamTables } from './schema.ts';
import { principalNames } from './principal-names.ts';
import { SealedCredentials } from './sealed-credentials.ts';
import { refusingWeakSessions } from './weak-sessions.ts';
import { rootUsersDoor, type RootUsers } from './root-users.ts';
import { sessionsDoor, type Sessions } from './sessions.ts';
import { identityDoor, type IdentityDoor } from './sts-door.ts';
import { openStores } from './store/index.ts';

export type { NewAccount, NewAdmin } from './accounts.ts';
export { gatewayPolicy, gatewayRoleName } from './domain/service-linked-roles.ts';
export { iamAuthoritySets } from './sets/index.ts';
export { iamMigrations } from './migrations.ts';
export type { IamTables } from './schema.ts';
export type { SessionOrder } from './sessions.ts';

/** The room with its doors: the API, the pipeline that asks who calls, the operator, temporary credentials, and STS. */
export interface Iam {
  readonly service: Service;
  readonly directory: Directory;
  readonly accounts: Accounts;
  readonly rootUsers: RootUsers;
  readonly sessions: Sessions;
  readonly identity: IdentityDoor;
  /** For those who keep policies or grants that name users and roles. */
  readonly principals: PrincipalNames;
  /** A trail with whose records it is noted when access keys and roles were used last. */
  notingUses(trail: AuditTrail): AuditTrail;
  /** @throws NoSuchEntity, InvalidInput */
  explain(question: Question, resourcePolicy: PolicyDocument | undefined): Promise<Explanation>;
}

export function createIam(
  db: Kysely<IamTables>,
  { vault, authority }: { readonly vault: IamVault; readonly authority: Authority },
): Iam {
  const stores = openStores(db, authority);
  const credentials = new SealedCredentials({ accounts: stores.accounts, vault });
  const lastUses = new LastUses(stores);
  const guesses = new Guesses();
  const ports: IamPorts = {
    ...stores,
    credentials,
    identities: new Identities(stores),
    mfa: new MfaCodes(stores.devices, credentials, guesses),
    guesses,
  };
  const sessions = sessionsDoor(ports);
  return {
    service: {
      model,
      signingName: 'iam',
      eventSource: 'iam.amazonaws.com',
      readOnly: new Set(
        Object.keys(operations).filter((name) => /^(Get|List|Simulate)/.test(name)),
      ),
      isGlobal: true,
      operations: refusingWeakSessions(bindOperations(operations, ports)),
    },
    directory: new StoredDirectory(ports),
    accounts: accountsDoor(ports),
    rootUsers: rootUsersDoor(ports, sessions),
    sessions,
    identity: identityDoor(ports),
    principals: principalNames(stores),
    notingUses: (trail) => lastUses.noting(trail),
    explain: (question, resourcePolicy) => explain(question, resourcePolicy, ports),
  };
}
