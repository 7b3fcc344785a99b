import type { AuthoritySet } from '../../../aws/authority/authority-set.ts';
import { parsePolicy } from '../../../aws/policy/parse.ts';
import type { PolicyDocument } from '../../../aws/policy/types.ts';
import type { SessionTable } from '../schema.ts';

export interface SessionSet {
  readonly row: SessionTable | undefined;
  /** Null for a session without. */
  readonly policies: readonly PolicyDocument[] | null;
}

/** One session: for whom it is, what narrows it, and until when it lasts. */
export const sessionSet: AuthoritySet<SessionSet> = {
  kind: 'iam-session',
  tables: [
    {
      name: 'iam_session',
      key: ['account', 'access_key_id'],
      columns: ['role_name', 'session_name', 'policies', 'issued_at', 'expires_at', 'ciphertext'],
      place: ['account'],
      owner: 'access_key_id',
    },
  ],
  read: (rows) => {
    const [row] = rows<SessionTable>('iam_session');
    const documents = JSON.parse(row?.policies ?? 'null') as readonly string[] | null;
    return { row, policies: documents && documents.map((each) => parsePolicy(each, 'session')) };
  },
};
