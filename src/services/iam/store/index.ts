import type { Kysely } from 'kysely';
import type { Authority } from '../../../aws/authority/authority.ts';
import type { IamTables } from '../schema.ts';
import { SetWriter } from '../set-writer.ts';
import { AccountStore } from './account.ts';
import { DeviceStore } from './devices.ts';
import { GroupStore } from './groups.ts';
import { PolicyStore } from './policies.ts';
import { RoleStore } from './roles.ts';
import { UserStore } from './users.ts';

/** The room's rows, by what they are about. What confers rights comes from authenticated sets only. */
export interface IamStores {
  readonly accounts: AccountStore;
  readonly users: UserStore;
  readonly groups: GroupStore;
  readonly policies: PolicyStore;
  readonly roles: RoleStore;
  readonly devices: DeviceStore;
}

export function openStores(db: Kysely<IamTables>, authority: Authority): IamStores {
  const ports = { db, authority, rows: new SetWriter(db, authority) };
  return {
    accounts: new AccountStore(ports),
    users: new UserStore(ports),
    groups: new GroupStore(ports),
    policies: new PolicyStore(ports),
    roles: new RoleStore(ports),
    devices: new DeviceStore(ports),
  };
}
