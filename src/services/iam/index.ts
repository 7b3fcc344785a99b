import type { Kysely } from 'kysely';
import type { Authority } from '../../aws/authority/authority.ts';
import type { Directory } from '../../aws/directory.ts';
import { bindOperations, type Service } from '../../aws/operation.ts';
import { accountsDoor, type Accounts } from './accounts.ts';
import { StoredDirectory } from './directory.ts';
import { model } from './model.ts';
import { operations } from './operations/index.ts';
import type { IamPorts, IamVault } from './ports.ts';
import type { IamTables } from './schema.ts';
import { SealedCredentials } from './sealed-credentials.ts';
import { sessionsDoor, type Sessions } from './sessions.ts';
import { IamReader } from './store.ts';
import { IamWriter } from './writer.ts';

export type { NewAccount } from './accounts.ts';
export { gatewayPolicy, gatewayRoleName } from './domain/service-linked-roles.ts';
export { iamAuthoritySets } from './authority-sets.ts';
export { iamMigrations, type IamTables } from './schema.ts';
export type { SessionOrder } from './sessions.ts';

/** The room with its four doors: the API, the pipeline that asks who calls, the operator, and the supervisor's gateways. */
export interface Iam {
  readonly service: Service;
  readonly directory: Directory;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
}

export function createIam(
  db: Kysely<IamTables>,
  { vault, authority }: { readonly vault: IamVault; readonly authority: Authority },
): Iam {
  const reader = new IamReader(db, authority);
  const writer = new IamWriter(db, authority);
  const credentials = new SealedCredentials({ reader, writer, vault });
  const ports: IamPorts = { reader, writer, credentials };
  return {
    service: {
      model,
      signingName: 'iam',
      eventSource: 'iam.amazonaws.com',
      readOnly: new Set(['GetUser']),
      isGlobal: true,
      operations: bindOperations(operations, ports),
    },
    directory: new StoredDirectory(reader, credentials),
    accounts: accountsDoor(ports),
    sessions: sessionsDoor(ports),
  };
}
