import { hash } from 'node:crypto';
import type { PrincipalPolicies } from '../../aws/directory.ts';

/** What an answer of the feed holds: who has it needs what changed since, or everything when his rights did. */
export interface Cursor {
  /** The number of the last change of a load balancer that is in it. */
  readonly sequence: number;
  /** Another one whenever a policy of the holder is: then he may hold other certificates. */
  readonly rights: string;
}

export function cursorText({ sequence, rights }: Cursor): string {
  return `${sequence}-${rights}`;
}

/** Undefined when the text is none of ours. */
export function readCursor(text: string | undefined): Cursor | undefined {
  const [, sequence, rights] = /^(0|[1-9][0-9]{0,14})-([0-9a-f]{32})$/.exec(text ?? '') ?? [];
  return sequence === undefined || rights === undefined
    ? undefined
    : { sequence: Number(sequence), rights };
}

export function rightsOf({ identity, boundary, session }: PrincipalPolicies): string {
  return hash('sha256', JSON.stringify([identity, boundary, session])).slice(0, 32);
}
