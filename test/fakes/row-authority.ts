import { createHmac } from 'node:crypto';
import type { Kysely } from 'kysely';
import { Authority, type BrokenSet } from '../../src/aws/authority/authority.ts';

/** An Authority whose vault is a function, for the tests of a room. Its sets are put into `broken` when they are. */
export function rowAuthority(db: Kysely<any>, broken: BrokenSet[] = []): Authority {
  return new Authority(db, {
    vault: {
      authenticateRows: async (set) =>
        new Uint8Array(createHmac('sha256', 'key').update(JSON.stringify(set)).digest()),
    },
    alarm: (each) => broken.push(each),
  });
}
