import type { Change } from '../../store/change.ts';
import type { BackingKey } from '../../vault-client/vault.ts';
import type { Alias } from './domain/alias.ts';
import type { Grant } from './domain/grant.ts';
import type { KmsKey } from './domain/key.ts';

/** What a Change is going to make: the call that makes a key uses it before it is committed. */
export interface Made {
  readonly keys: KmsKey[];
  readonly backingKeys: BackingKey[];
  readonly aliases: Alias[];
  readonly grants: Grant[];
}

const nothing: Made = { keys: [], backingKeys: [], aliases: [], grants: [] };
const madeIn = new WeakMap<Change, Made>();

export function madeInChange(change: Change): Made {
  return madeIn.get(change) ?? nothing;
}

/** For the writer only. */
export function noteMade(change: Change): Made {
  const made = madeIn.get(change) ?? { keys: [], backingKeys: [], aliases: [], grants: [] };
  madeIn.set(change, made);
  return made;
}
