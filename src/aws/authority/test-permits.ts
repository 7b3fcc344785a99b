import { createHmac } from 'node:crypto';
import { MemoryStore } from '../../../test/fakes/memory-store.ts';
import { Change } from '../../store/change.ts';
import type { Migrations } from '../../store/store.ts';
import type { RowSet } from '../../vault-client/vault.ts';
import { Authority, type AuthorityPorts, type BrokenSet } from './authority.ts';
import type { AuthoritySet } from './authority-set.ts';
import { authorityMigrations, watch } from './schema.ts';

interface PermitTable {
  account: string;
  region: string;
  door: string;
  person: string;
  level: number;
  badge: Uint8Array | null;
  remark: string;
}

/** A sort of set for tests: who may go through a door, in a Region of an account. */
export const permits: AuthoritySet<readonly string[]> = {
  kind: 'permits',
  tables: [
    {
      name: 'permit',
      key: ['account', 'region', 'door', 'person'],
      columns: ['level', 'badge'],
      place: ['account', 'region'],
      owner: 'door',
    },
  ],
  read: (rows) => rows<PermitTable>('permit').map(({ person, level }) => `${person} ${level}`),
};

const migrations: Migrations = {
  'permit-0001': {
    async up(db) {
      const table = db.schema.createTable('permit');
      const texts = ['account', 'region', 'door', 'person', 'remark'];
      await texts
        .reduce((all, column) => all.addColumn(column, 'text'), table)
        .addColumn('level', 'integer')
        .addColumn('badge', 'blob')
        .addPrimaryKeyConstraint('permit_pk', ['account', 'region', 'door', 'person'] as never)
        .execute();
      await watch(db, permits);
    },
  },
};

export const place = { account: '111122223333', region: 'eu-west-1' };
export const gate = { ...place, owner: 'gate' };
export const cellar = { ...place, owner: 'cellar' };

/** A vault's part, in this process. */
export const realMac = async (set: RowSet): Promise<Uint8Array> =>
  new Uint8Array(createHmac('sha256', 'key').update(JSON.stringify(set)).digest());

/** Doors and who may go through them, behind an Authority. */
export async function permitOffice(authenticateRows = realMac) {
  const store = await MemoryStore.open<any>({ ...authorityMigrations, ...migrations });
  const broken: BrokenSet[] = [];
  let macs = 0;
  const open = (ports: Partial<AuthorityPorts> = {}) =>
    new Authority(store.db, {
      vault: {
        authenticateRows: (set) => {
          macs += 1;
          return authenticateRows(set);
        },
      },
      alarm: (each) => broken.push(each),
      ...ports,
    });
  const authority = open();
  const permit = (door: string, person: string, level: number, change = new Change()): Change => {
    const row: PermitTable = {
      ...place,
      door,
      person,
      level,
      badge: Uint8Array.of(level),
      remark: '',
    };
    change.write(store.db.insertInto('permit').values(row));
    authority.edit(change, permits, { ...place, owner: door }).put('permit', row);
    return change;
  };
  return {
    store,
    authority,
    broken,
    /** As another process sees it. */
    open,
    permit,
    macs: () => macs,
    fill: async () => {
      await store.commit(permit('gate', 'alice', 1));
      await store.commit(permit('gate', 'bob', 2));
      await store.commit(permit('cellar', 'carol', 3));
    },
    /** What foreign hands do. */
    tamper: (statement: string) => store.database.exec(statement),
  };
}
